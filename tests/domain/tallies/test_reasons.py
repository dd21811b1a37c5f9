"""What a reason has to say, and what it is no reason to."""

from __future__ import annotations

import pytest

from jindu_desk.domain.tallies.reasons import code_of, is_weak

STOCK = {"情况属实", "没有问题"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "　",
        "无",
        "……",
        "，。、；！？——",
        "12 345 678",
        "一样",
        "无无无无无",
        "啊哦啊哦啊",
        "已核对已核对",
        "已核对，已核对，已核对。",
        "情况属实",
        "情况，属实！",
    ],
)
def test_what_explains_nothing(text: str) -> None:
    assert is_weak(text, STOCK)


@pytest.mark.parametrize("text", ["本月集中补签协议", "村民外出务工", "6.26集中宣传3场", "派出所集中清查 case 12"])
def test_what_explains_something(text: str) -> None:
    assert not is_weak(text, STOCK)


def test_the_check_of_a_key() -> None:
    assert [code_of(key) for key in ("S6", "S4-1.J", "S9-5.L02", "S9-1.B02.J", "S0.E")] == [
        "S6",
        "S4",
        "S9",
        "S9",
        "S0",
    ]
