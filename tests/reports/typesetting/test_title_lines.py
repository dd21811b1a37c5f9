"""Titles in balanced lines: a trapezoid or a diamond, no word or date cut. Heads of columns in even ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.reports.typesetting.linebreak import break_lines
from jindu_desk.reports.typesetting.title_lines import balanced, even_lines


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


@pytest.mark.parametrize(
    ("head", "room", "even"),
    [
        ("吕墅社区居委会", 5, "吕墅社区|居委会"),
        ("丁家村村委会", 5, "丁家村|村委会"),
        ("社戒社康执行率", 6, "社戒社康|执行率"),
        ("生物医药园社区", 5, "生物医药园|社区"),  # a word is not cut for the sake of evenness
        ("年初预算（元）", 5, "年初预算|（元）"),
        ("A02a 新报到 社戒", 5, "A02a|新报到|社戒"),
        ("合计", 5, "合计"),
    ],
)
def test_the_head_of_a_column_has_even_lines(head: str, room: int, even: str) -> None:
    set_lines = even_lines(head, [1.0] * len(head), room)
    assert "|".join(head[line.start : line.shown] for line in set_lines) == even
    assert all(line.width == line.shown - line.start == len(line.offsets) for line in set_lines)


@given(st.text(alphabet="禁毒工作人数村的，。（）2026年x ", max_size=60), st.integers(1, 12))
def test_a_head_has_no_more_lines_than_full_ones_and_loses_nothing(head: str, room: int) -> None:
    widths = [1.0] * len(head)
    found = even_lines(head, widths, room)
    assert "".join(head[line.start : line.end] for line in found) == head
    assert len(found) == len(break_lines(head, widths, first=room, rest=room, justify=False))
    assert all(line.width <= room + 0.001 for line in found)
