from __future__ import annotations

import pytest

from jindu_desk.reports.expenses.capital_amount import capital_amount


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (128_050, "壹仟贰佰捌拾元伍角整"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_500, "叁佰贰拾伍元整"),
        (100_500_000, "壹佰万伍仟元整"),
        (100_005_000, "壹佰万零伍拾元整"),
        (1_001_000, "壹万零壹拾元整"),
        (10_000_000_001, "壹亿元零壹分"),
        (1_000_100_000, "壹仟万壹仟元整"),
        (2_000_000_300_000, "贰佰亿零叁仟元整"),
        (-1_000, "负壹拾元整"),
        (10**14, "1000000000000元整"),
    ],
)
def test_amounts_as_a_cashier_writes_them(fen: int, said: str) -> None:
    assert capital_amount(fen) == f"人民币{said}"
