"""All papers of a month in one PDF: what its list says is where it says, and what could not be printed is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.operations.meeting_forms import OCTOBER, signed
from tests.reports.form_reading import characters_of, document_of

from jindu_desk.reports.bundle import MadePaper, bundle_printed, make_all, monthly
from jindu_desk.reports.papers import KINDS, Occasion, occasion_of

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.reports.typesetting.fonts import FontSet


@pytest.fixture
def occasion(desk: Desk, fonts: FontSet) -> Occasion:
    signed(desk, OCTOBER)
    return occasion_of(desk.store, desk.unit, OCTOBER, fonts)


def test_each_paper_begins_on_the_page_that_the_list_names(occasion: Occasion) -> None:
    made = make_all(occasion, inside=True)
    content = bundle_printed(occasion, made).content
    pages = ["".join(each.character for each in page) for page in characters_of(content)]
    outline = {entry.get_title(): entry.get_dest().get_index() for entry in document_of(content).get_toc()}
    at = 1
    for number, each in enumerate(made, start=1):
        if each.printed is None:
            continue
        begins = outline[each.kind.name] + 1
        listed = re.search(rf"{number}{each.kind.name}{each.printed.pages}{begins}(?!\d)", "".join(pages[:2]))
        assert listed, each.kind.name
        assert begins == at + 1
        at += each.printed.pages
    assert len(pages) == at


def test_what_has_nothing_to_print_is_named_with_its_reason(occasion: Occasion) -> None:
    minutes = next(kind for kind in KINDS if kind.key == "minutes")
    made = (MadePaper(minutes, None, refusal="测试原因。"),)
    content = bundle_printed(occasion, made).content
    text = "".join(each.character for page in characters_of(content) for each in page)
    assert "1会议纪要——测试原因。" in text


def test_what_stays_in_the_office_and_what_is_no_record_of_the_month_is_left_out() -> None:
    assert all(not (kind.inside or kind.blank or kind.per_year) for kind in monthly(KINDS, inside=False))
    assert any(kind.inside for kind in monthly(KINDS, inside=True))


def test_making_all_can_be_stopped_between_two_papers(occasion: Occasion) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, _total: int, _text: str) -> None:
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        make_all(occasion, inside=True, step=stop)
