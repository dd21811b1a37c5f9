"""The register of papers: every one of them is made or says what is missing, also on a desk where nothing is done."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from tests.operations.meeting_forms import OCTOBER, signed

from jindu_desk.domain.units import Tier
from jindu_desk.errors import DeskError
from jindu_desk.operations.meetings import correct_meeting
from jindu_desk.operations.settings import change_setting
from jindu_desk.queries.settings import settings
from jindu_desk.reports.paper_wording import key_of, paper_wording, usual_wording
from jindu_desk.reports.papers import KINDS, Group, PaperKind, kinds_for, occasion_of
from jindu_desk.reports.typesetting.preview import page_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from jindu_desk.app.desk import Desk
    from jindu_desk.reports.typesetting.fonts import FontSet

OFFICES = {Tier.TOWNSHIP: "320411002000", Tier.DISTRICT: "320411000000", Tier.CITY: "320400000000"}


def kind(key: str) -> PaperKind:
    return next(kind for kind in KINDS if kind.key == key)


@pytest.mark.parametrize("tier", OFFICES)
def test_on_a_new_desk_every_paper_is_made_or_says_what_is_missing(
    tier: Tier, make_desk: Callable[[str, str], Desk], fonts: FontSet
) -> None:
    desk = make_desk(tier.value, OFFICES[tier])
    occasion = occasion_of(desk.store, desk.unit, OCTOBER, fonts)
    made: list[bytes] = []
    zipped: list[bytes] = []
    refusals: list[str] = []
    for each in kinds_for(tier):
        try:
            made.append(each.printed(occasion).content)
            zipped += [each.workbook(occasion)] if each.as_workbook else []
            zipped += [each.word(occasion)] if each.as_word else []
        except DeskError as refusal:
            refusals.append(str(refusal))
    assert made
    assert all(pdf.startswith(b"%PDF-") for pdf in made)
    assert all(file.startswith(b"PK") for file in zipped)
    assert all(said.endswith(("。", "）", "”")) for said in refusals)


def test_papers_are_listed_group_by_group_under_their_own_names() -> None:
    for tier in OFFICES:
        kinds = kinds_for(tier)
        assert len({each.key for each in kinds}) == len({each.name for each in kinds}) == len(kinds)
        order = [list(Group).index(each.group) for each in kinds]
        assert order == sorted(order)
    for each in KINDS:
        module = import_module(f"jindu_desk.reports.{each.module}")
        assert callable(module.printed)
        assert callable(getattr(module, "workbook", None)) is each.as_workbook
        assert callable(getattr(module, "word", None)) is each.as_word


def test_a_files_name_says_unit_time_and_paper() -> None:
    assert kind("minutes").file_name("测试镇", OCTOBER, "pdf") == "测试镇2026年10月-会议纪要.pdf"
    assert kind("volume").file_name("测试镇", OCTOBER, "pdf") == "测试镇2026年-会议纪要合订本.pdf"


def test_the_minutes_of_a_month_are_those_of_its_meeting(desk: Desk, fonts: FontSet) -> None:
    occasion = occasion_of(desk.store, desk.unit, OCTOBER, fonts)
    with pytest.raises(DeskError, match="2026年10月还没有例会"):
        kind("minutes").printed(occasion)
    signed(desk, OCTOBER)
    assert kind("minutes").printed(occasion).pages >= 1


def test_papers_of_one_occasion_agree_whatever_changes_meanwhile(desk: Desk, fonts: FontSet) -> None:
    occasion = occasion_of(desk.store, desk.unit, OCTOBER, fonts)
    whole = signed(desk, OCTOBER)
    first = kind("minutes").printed(occasion).content
    correct_meeting(desk.store, whole.id, "时限写错")
    assert kind("minutes").printed(occasion).content == first
    assert "草稿" in page_text(kind("minutes").printed(replace(occasion)).content, 0)


def test_what_the_unit_set_stands_before_what_is_usual(desk: Desk) -> None:
    usual = usual_wording(desk.unit)
    assert paper_wording(desk.unit, settings(desk.store)) == usual
    change_setting(desk.store, key_of("office"), "测试禁毒办")
    change_setting(desk.store, key_of("signatures"), "制表\n\n分管领导")
    wording = paper_wording(desk.unit, settings(desk.store))
    assert (wording.office, wording.signatures) == ("测试禁毒办", ("制表", "分管领导"))
    assert wording.mark == usual.mark


def test_what_the_office_issues_names_it_as_the_unit_does(district: Desk, fonts: FontSet) -> None:
    change_setting(district.store, key_of("office"), "测试禁毒办")
    occasion = occasion_of(district.store, district.unit, OCTOBER, fonts)
    assert "测试禁毒办" in page_text(kind("reminders").printed(occasion).content, 0)
