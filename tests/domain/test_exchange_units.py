"""Villages' names as their townships tell them, within the months that are the townships' own."""

from __future__ import annotations

import pytest

from jindu_desk.domain.exchange_units import merged_versions


def version(since: str, name: str, above: str = "a") -> dict[str, object]:
    return {"since": since, "name": name, "reports_to": above}


MOVED = [version("2026-01", "甲"), version("2026-06", "乙", "b"), version("2026-09", "丙")]


@pytest.mark.parametrize(
    ("known", "told", "found"),
    [
        ([], [version("2026-01", "新")], [version("2026-01", "新")]),
        ([version("2026-01", "甲")], [version("2025-01", "新")], [version("2025-01", "新")]),
        (
            MOVED,
            [version("2026-02", "新")],
            [version("2026-02", "新"), version("2026-06", "乙", "b"), version("2026-09", "新")],
        ),
        (
            MOVED,
            [version("2026-07", "新"), version("2026-11", "再新")],
            [
                version("2026-01", "甲"),
                version("2026-06", "乙", "b"),
                version("2026-09", "新"),
                version("2026-11", "再新"),
            ],
        ),
        (MOVED, [], MOVED),
    ],
)
def test_merged_versions(
    known: list[dict[str, object]], told: list[dict[str, object]], found: list[dict[str, object]]
) -> None:
    assert list(merged_versions(known, told, {"a"})) == found
