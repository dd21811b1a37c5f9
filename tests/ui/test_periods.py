"""Periods are shown as people say them."""

from __future__ import annotations

import pytest

from jindu_desk.ui.periods import period_words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026-10", "2026年10月"),
        ("2026-01", "2026年1月"),
        ("2026-H1", "2026年上半年"),
        ("2026-H2", "2026年下半年"),
        ("2026", "2026年"),
        ("2026-10-28", "2026-10-28"),
        ("", ""),
    ],
)
def test_period_in_words(period: str, words: str) -> None:
    assert period_words(period) == words
