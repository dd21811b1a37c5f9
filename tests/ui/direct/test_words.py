"""What the screen says, in sentences."""

from __future__ import annotations

import pytest

from jindu_desk.queries.exchange.direct_changes import ListChange, ListChangeKind
from jindu_desk.ui.direct.words import (
    day_text,
    later_text,
    list_change_in_words,
    list_changes_in_words,
    months_text,
    percent_text,
    sentence_pattern,
)

Kind = ListChangeKind
KEY = "SHA256:AAAABBBBCC"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ListChange(Kind.UNIT_ADDED, "测试镇", after="新北区", since="2026-11"),
            "新增测试镇，报送给新北区，从 2026-11 起。",
        ),
        (ListChange(Kind.UNIT_ADDED, "测试镇"), "新增测试镇。"),
        (ListChange(Kind.UNIT_GONE, "测试镇"), "测试镇不再列入。"),
        (ListChange(Kind.UNIT_RENAMED, "乙镇", "甲镇", "乙镇", "2026-11"), "甲镇从 2026-11 起改名为乙镇。"),
        (ListChange(Kind.UNIT_MOVED, "甲村", "乙镇", "丙镇", "2026-11"), "甲村从 2026-11 起改为报送给丙镇。"),
        (ListChange(Kind.UNIT_BEGINS, "甲镇", "", "2026-11"), "甲镇的起始月份改为 2026-11。"),
        (ListChange(Kind.UNIT_ENDS, "甲镇", "", "2026-12"), "甲镇撤销，管到 2026-12 为止。"),
        (ListChange(Kind.UNIT_ENDS, "甲镇", "2026-12", ""), "甲镇恢复，不再有终止月份。"),
        (ListChange(Kind.UNIT_CODE, "甲镇", "", "320411999000"), "甲镇的区划代码由 — 改为 320411999000。"),
        (ListChange(Kind.KEY_ADDED, "甲镇", after=KEY), "甲镇登记了新的签名密钥，指纹 AAAA BBBB CC。"),
        (ListChange(Kind.KEY_GONE, "甲镇", KEY), "甲镇的一把密钥不再列入，指纹 AAAA BBBB CC。"),
        (ListChange(Kind.KEY_REVOKED, "甲镇", KEY, "电脑遗失"), "甲镇的密钥作废，指纹 AAAA BBBB CC，理由：电脑遗失。"),
        (ListChange(Kind.KEY_REVOKED, "甲镇", KEY), "甲镇的密钥作废，指纹 AAAA BBBB CC。"),
        (ListChange(Kind.KEY_ENDS, "甲镇", KEY, "2026-12-01"), "甲镇的密钥只用到 2026-12-01，指纹 AAAA BBBB CC。"),
        (ListChange(Kind.KEY_ENDS, "甲镇", KEY), "甲镇的密钥不再限期，指纹 AAAA BBBB CC。"),
        (ListChange(Kind.RECIPIENT_ADDED, "新北区"), "新北区有新的加密公钥，下级以后的上报加密给它。"),
        (ListChange(Kind.RECIPIENT_GONE, "新北区"), "新北区的一把加密公钥停用。"),
    ],
    ids=lambda value: value.kind.value if isinstance(value, ListChange) else "",
)
def test_changes_of_lists(change: ListChange, said: str) -> None:
    assert list_change_in_words(change) == said


def test_every_kind_of_change_has_words() -> None:
    for kind in Kind:
        assert list_change_in_words(ListChange(kind, "甲镇", KEY, KEY, "2026-11")).endswith("。")


def test_units_that_came_together_are_named_together() -> None:
    added = [ListChange(Kind.UNIT_ADDED, f"测试{n}村", after="甲镇") for n in range(5)]
    alone = ListChange(Kind.UNIT_ADDED, "测试村", after="乙镇")
    gone = ListChange(Kind.UNIT_GONE, "丙村")
    assert list_changes_in_words([gone, *added, alone]) == (
        "丙村不再列入。",
        "新增测试0村、测试1村、测试2村等 5 个单位，报送给甲镇。",
        "新增测试村，报送给乙镇。",
    )


def test_short_texts() -> None:
    assert (day_text("5"), day_text("0"), day_text("06-20 12-20")) == ("月后 5 天", "当月内", "6月20日、12月20日")
    assert (percent_text(None), percent_text(9750)) == ("不作要求", "97.50%")
    assert later_text([]) == "—"
    assert later_text([("2026-11", "停用"), ("2026-12", "启用")]) == "2026-11 起停用；2026-12 起启用"
    assert months_text(["2026-08", "2026-09"]) == "2026-08、2026-09"
    assert months_text(["2026-07", "2026-08", "2026-09"]) == "2026-07 等 3 个月"
    assert sentence_pattern("{kind}已签协议 {left}，请核对。") == "社区戒毒（康复）已签协议 …，请核对。"
