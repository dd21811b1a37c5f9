from __future__ import annotations

import copy
from typing import Any

import pytest

from jindu_desk.domain.tallies.catalogue import Level, Nature, Source, read_catalogue
from jindu_desk.domain.tallies.formulas import Term, parse_linear
from jindu_desk.errors import DeskError
from jindu_desk.errors.tallies import (
    DuplicateItem,
    EndedItemInFormula,
    FormulaCycle,
    FormulaUnreadable,
    RulesUnreadable,
    UnknownItem,
    UnknownItemInFormula,
)
from jindu_desk.queries.rules import shipped_rules

CATALOGUE = shipped_rules().catalogue

SMALL: dict[str, Any] = {
    "version": "1",
    "valid_from": "2026-01",
    "kinds": {"J": "甲", "K": "乙"},
    "blocks": [
        {
            "code": "A",
            "name": "试",
            "kinds": True,
            "unit": "人",
            "source": "village",
            "items": [
                {"code": "A01", "name": "一", "nature": "stock", "carried": "A03"},
                {"code": "A02", "name": "二", "law": "某条"},
                {"code": "A03", "name": "三", "nature": "stock", "derived": "A01 + A02"},
            ],
        }
    ],
}


def small(**first_item: object) -> dict[str, Any]:
    data = copy.deepcopy(SMALL)
    data["blocks"][0]["items"][1] |= first_item
    return data


def test_the_shipped_catalogue_has_every_block_in_order() -> None:
    assert [block.code for block in CATALOGUE.blocks] == ["A", "B", "C", "D", "E", "F", "GH", "I", "P", "L", "M"]
    assert len(CATALOGUE.items) == 132
    assert {item.level for item in CATALOGUE.block("M").items} == {Level.TOWNSHIP}
    assert {item.source for item in CATALOGUE.block("GH").items} == {Source.POLICE}
    assert CATALOGUE.item("D01.K").unit == "人次"
    assert CATALOGUE.item("L06").unit == "亩"


def test_every_item_says_who_counts_it_and_what_it_means() -> None:
    for item in CATALOGUE.items.values():
        assert item.name
        assert item.unit
        assert item.law
        assert item.valid_from == "2020-01"


def test_carried_and_derived_items_are_not_typed() -> None:
    typed = {code for code, item in CATALOGUE.items.items() if item.typed}
    assert not typed & {"A01.J", "B01.K", "I01", "A02.J", "A03.K", "A04.J", "B03.J", "B06.K", "C01.J", "I04"}
    assert {"D01.J", "C02.K", "I05", "I06", "D08.J", "H01", "A04y1.J", "A04s4.K"} <= typed
    assert CATALOGUE.item("A04.J").nature is Nature.STOCK
    assert {item.code for item in CATALOGUE.computed if item.opens} == {
        "A01.J", "A01.K", "B01.J", "B01.K", "I01", "C01.J", "C01.K",
    }  # fmt: skip


def test_a_bare_code_means_the_same_kind_or_both_kinds() -> None:
    assert CATALOGUE.item("A04.K").derived == (Term(1, "A01.K"), Term(1, "A02.K"), Term(-1, "A03.K"))
    both = CATALOGUE.resolve(parse_linear("P01 - A04"))
    assert both == (Term(1, "P01"), Term(-1, "A04.J"), Term(-1, "A04.K"))


def test_dependents_come_in_the_order_of_computing() -> None:
    codes = [item.code for item in CATALOGUE.dependents("B03a.J")]
    assert set(codes) == {"B03.J", "A02a.J", "B06.J", "A02.J", "A04.J", "C01.J", "C03.J"}
    assert codes.index("B03.J") < codes.index("A02a.J") < codes.index("A02.J") < codes.index("A04.J")
    assert CATALOGUE.dependents("L03") == ()


def test_an_item_is_asked_for_from_its_first_month_on() -> None:
    catalogue = read_catalogue(small(valid_from="2026-05"))
    block = catalogue.block("A")
    assert [item.base for item in catalogue.asked(block, "2026-04")] == ["A01", "A01", "A03", "A03"]
    assert len(catalogue.asked(block, "2026-05")) == 6


def test_an_item_is_asked_for_until_its_last_month_and_then_computed_no_more() -> None:
    data = small(valid_until="2026-05")
    data["blocks"][0]["items"][2] |= {"valid_until": "2026-05"}
    data["blocks"][0]["items"][0] |= {"valid_until": "2026-04"}
    with pytest.raises(EndedItemInFormula, match="A01"):  # A03 needs it for one month more
        read_catalogue(data)
    data["blocks"][0]["items"][0] |= {"valid_until": "2026-05"}
    catalogue = read_catalogue(data)
    assert len(catalogue.asked(catalogue.block("A"), "2026-05")) == 6
    assert catalogue.asked(catalogue.block("A"), "2026-06") == ()
    assert len(catalogue.computed_in("2026-05")) == 4
    assert catalogue.computed_in("2026-06") == ()


def test_unknown_items_are_refused() -> None:
    with pytest.raises(UnknownItem, match="Z99"):
        CATALOGUE.item("Z99")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (small(derived="A09"), UnknownItemInFormula),
        (small(derived="A03"), FormulaCycle),
        (small(derived="A03 A01"), FormulaUnreadable),
        (small(derived=""), FormulaUnreadable),
        (small(carried="A07"), UnknownItemInFormula),
        (SMALL | {"blocks": SMALL["blocks"] * 2}, DuplicateItem),
        (small(colour="red"), RulesUnreadable),
        (small(nature="wave"), RulesUnreadable),
        (small(valid_from="soon"), DeskError),
        ({"version": "1"}, RulesUnreadable),
        (SMALL | {"version": "13800138000"}, RulesUnreadable),
        (SMALL | {"kinds": {"甲": "甲"}}, RulesUnreadable),
        (SMALL | {"blocks": []}, RulesUnreadable),
        (SMALL | {"blocks": [SMALL["blocks"][0] | {"name": "村/社区"}]}, RulesUnreadable),
        (small(code="甲"), RulesUnreadable),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused(data: dict[str, object], error: type[DeskError]) -> None:
    with pytest.raises(error):
        read_catalogue(data)


@pytest.mark.parametrize("text", ["", "   ", "A1", "A01 +", "+ + A01", "A01 * 2", "a01", "A01 B02", "prev:"])
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaUnreadable):
        parse_linear(text)


def test_formulas_read_signs_kinds_and_last_month() -> None:
    assert parse_linear("A02a + A03.K - prev:C03") == (
        Term(1, "A02a"), Term(1, "A03.K"), Term(-1, "C03", previous=True)
    )  # fmt: skip
    assert [term.name for term in parse_linear("A03.K - prev:C03")] == ["A03", "prev_C03"]
