"""How the comparison says what a district's correction changes inside."""

from __future__ import annotations

import pytest

from jindu_desk.queries.exchange.compare import CellDifference, RecordsDifference
from jindu_desk.queries.exchange.compare_inside import InsideChange, TownshipDifference
from jindu_desk.ui.receive.comparing import difference_columns
from jindu_desk.ui.receive.inside_words import inside_heading, township_words

REPLACED = TownshipDifference(
    "薛家镇", InsideChange.REPLACED, (1, 1), (3, 2), "漏填", 2, (RecordsDifference("expenses", 1, 0, 0),)
)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (REPLACED, ("薛家镇：换成了另一份", "理由：漏填", "台账 2 格不同", "经费增加 1 笔")),
        (TownshipDifference("罗溪镇", InsideChange.NEW, None, (1, 1), "", 310), ("罗溪镇：原来没有", "台账 310 格")),
        (TownshipDifference("罗溪镇", InsideChange.GONE, (4, 1), None, "", 310), ("更正后没有了", "310 格不再计入")),
        (TownshipDifference("罗溪镇", InsideChange.REPLACED, (4, 1), (5, 2), "", 0), ("台账没有不同",)),
    ],
)
def test_each_change_has_its_words(row: TownshipDifference, said: tuple[str, ...]) -> None:
    sentence = township_words(row)
    assert all(each in sentence for each in said), sentence
    assert sentence.endswith("。")


def test_the_heading_counts() -> None:
    assert inside_heading((REPLACED,)) == "里面有 1 个镇（街道）的报表不同"
    assert "没有不同" in inside_heading(())


def test_the_township_stands_before_the_village_only_inside() -> None:
    row = CellDifference("测试1村", "A01", "现有", "1", "2", "薛家镇")
    own = CellDifference("新北区", "A01", "现有", "1", "2")
    assert [column.text(row) for column in difference_columns("原来", "更正为", inside=True)][:2] == [
        "薛家镇",
        "测试1村",
    ]
    assert difference_columns("原来", "更正为", inside=True)[0].text(own) == "（本级）"
    assert difference_columns("原来", "更正为")[0].text(row) == "测试1村"
