"""Titles in balanced lines: a trapezoid or a diamond, no word or date cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.reports.typesetting.title_lines import balanced


def lines(title: str, room: int) -> list[str]:
    return [title[start:end] for start, end in balanced(title, [1.0] * len(title), room)]


def test_a_title_that_fits_is_one_line() -> None:
    assert lines("测试镇禁毒工作例会纪要", 19) == ["测试镇禁毒工作例会纪要"]


def test_a_date_and_a_word_stay_whole() -> None:
    assert lines("测试镇2026年10月禁毒工作月协调例会纪要", 19) == ["测试镇2026年10月", "禁毒工作月协调例会纪要"]


def test_lines_differ_in_width() -> None:
    two = lines("关于进一步加强全镇社区戒毒社区康复人员就业帮扶的会议纪要", 19)
    assert len(two) == 2
    assert len(two[0]) != len(two[1])
    three = lines("关于进一步加强全镇社区戒毒社区康复人员就业帮扶和家庭走访以及冬季禁毒宣传的会议纪要", 19)
    assert len(three) == 3
    assert len(three[1]) >= max(len(three[0]), len(three[2]))


@given(st.text(alphabet="禁毒工作纪要的，。（2026年x ", max_size=300), st.integers(8, 30))
def test_nothing_is_lost_and_nothing_sticks_out(title: str, room: int) -> None:
    shown = lines(title, room)
    assert "".join(shown) == title
    assert all(len(line) <= room for line in shown)
