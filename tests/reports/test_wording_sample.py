"""What the settings show while wording is typed."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.operations.meeting_forms import OCTOBER
from tests.reports.naughty import NAUGHTY

from jindu_desk.domain.units import Tier
from jindu_desk.queries.units import UnitRow
from jindu_desk.reports.paper_wording import FIELDS, PaperWording, usual_wording, wording_of
from jindu_desk.reports.typesetting.preview import page_sizes, page_text
from jindu_desk.reports.wording_sample import wording_sample

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.reports.typesetting.fonts import FontSet


def test_every_field_of_the_wording_can_be_typed() -> None:
    assert [field.name for field in FIELDS] == [field.name for field in fields(PaperWording)]


def test_the_usual_minutes_have_nothing_between_mark_and_title(desk: Desk, fonts: FontSet) -> None:
    unit, usual = desk.unit.unit, usual_wording(desk.unit)
    plain = wording_sample(unit, OCTOBER, usual, fonts)
    full = wording_sample(unit, OCTOBER, wording_of(unit, desk.unit.superior, {"head": "full"}), fonts)
    assert "第10期" not in page_text(plain.minutes.content, 0)
    assert "第10期" in page_text(full.minutes.content, 0)
    assert [len(page_sizes(sample.minutes.content)) for sample in (plain, full)] == [2, 2]
    assert wording_sample(unit, OCTOBER, usual, fonts) == plain


@given(typed=st.fixed_dictionaries({field.name: NAUGHTY for field in FIELDS}))
@settings(max_examples=6)
def test_no_wording_makes_it_fail(fonts: FontSet, typed: dict[str, str]) -> None:
    unit = UnitRow("u", Tier.TOWNSHIP, "320411103000", "薛家镇", "", None, None, None, 1, "2026-01")
    sample = wording_sample(unit, OCTOBER, wording_of(unit, None, typed), fonts)
    assert page_sizes(sample.minutes.content)
    assert page_sizes(sample.table.content)
