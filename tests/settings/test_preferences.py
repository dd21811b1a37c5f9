import json
from pathlib import Path

import pytest

from jindu_desk.settings.preferences import Preferences, read_preferences, write_preferences


def test_they_read_back(tmp_path: Path) -> None:
    wanted = Preferences(theme="dark", large_text=True, month="2026-10").with_layout("tallies.panel", "open")
    write_preferences(tmp_path / "p.json", wanted)
    assert read_preferences(tmp_path / "p.json") == wanted


@pytest.mark.parametrize("content", ["", "[]", "7", "{", "[" * 100_000, '{"theme": 7, "large_text": "yes"}', "\ud800"])
def test_whatever_stands_there_the_window_opens(tmp_path: Path, content: str) -> None:
    (tmp_path / "p.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    assert read_preferences(tmp_path / "p.json") == Preferences()
    assert read_preferences(tmp_path / "none.json") == Preferences()


def test_what_is_no_text_or_unknown_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(json.dumps({"theme": "pink", "layout": {"a": 1, "b": "x"}, "other": 1}))
    assert read_preferences(tmp_path / "p.json") == Preferences(layout={"b": "x"})
