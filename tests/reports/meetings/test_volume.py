"""The year's volume: where each of the minutes begins, what the contents say, and that all of it is there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.operations.meeting_forms import OCTOBER, SEPTEMBER, held, prepared, signed
from tests.reports.form_reading import characters_of, document_of

from jindu_desk.domain.months import Month
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.operations.meetings import correct_meeting
from jindu_desk.queries.meetings import meeting_of
from jindu_desk.reports.meetings.minutes import minutes_printed
from jindu_desk.reports.meetings.volume import VolumePaper, volume_printed
from jindu_desk.reports.meetings.volume_of import printed, volume_paper
from jindu_desk.reports.papers import occasion_of

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.reports.meetings.minutes_paper import MinutesPaper
    from jindu_desk.reports.typesetting.fonts import FontSet


def texts_of(content: bytes) -> list[str]:
    return ["".join(each.character for each in page) for page in characters_of(content)]


@pytest.fixture
def volume(minutes: MinutesPaper) -> VolumePaper:
    short = replace(minutes, agenda=(), decisions=(), follow_ups=())
    papers = tuple(
        replace(each, title=f"测试镇2026年{month}月会议纪要", number=f"第{month}期")
        for month, each in enumerate((minutes, short, minutes), start=1)
    )
    return VolumePaper("测试镇2026年会议纪要汇编", "测试镇人民政府", papers, ("（4月没有例会记录。）",))


def test_each_of_the_minutes_begins_on_the_right_hand_page_that_the_contents_name(
    volume: VolumePaper, fonts: FontSet
) -> None:
    pages = texts_of(volume_printed(volume, fonts).content)
    assert pages[0].startswith("测试镇2026年会议纪要汇编")
    assert pages[2].startswith("目　录")
    front = 4  # cover and contents, each with its blank back
    named = [int(page) for page in re.findall(r"会议纪要…+(\d+)", pages[2])]
    assert len(named) == 3
    for month, page in enumerate(named, start=1):
        assert page % 2 == 1
        assert f"测试镇2026年{month}月会议纪要" in re.sub(r"\s", "", pages[front + page - 1])
        assert pages[front + page - 1].endswith(f"— {page} —")
    assert "（4月没有例会记录。）" in pages[2]


def test_nothing_of_the_minutes_is_lost_but_their_own_page_numbers(volume: VolumePaper, fonts: FontSet) -> None:
    def words(text: str) -> str:
        return re.sub(r"— \d+ —", "", text)

    bound = words("".join(texts_of(volume_printed(volume, fonts).content)))
    for minutes in volume.minutes:
        assert words("".join(texts_of(minutes_printed(minutes, fonts).content))) in bound


def test_the_outline_leads_to_each_of_the_minutes_and_into_them(volume: VolumePaper, fonts: FontSet) -> None:
    document = document_of(volume_printed(volume, fonts).content)
    entries = [(entry.level, entry.get_title()) for entry in document.get_toc()]
    outer = [title for level, title in entries if level == 0]
    assert outer == ["封面", "目录", *(f"第{n}期　测试镇2026年{n}月会议纪要" for n in (1, 2, 3))]
    assert (1, "一、上次会议议定事项落实情况") in entries


def test_the_same_year_gives_the_same_bytes(volume: VolumePaper, fonts: FontSet) -> None:
    assert volume_printed(volume, fonts).content == volume_printed(volume, fonts).content


def test_a_volume_of_nothing_and_one_of_naughty_titles_are_printed(minutes: MinutesPaper, fonts: FontSet) -> None:
    assert volume_printed(VolumePaper("", "", ()), fonts).pages == 4
    title = "长" * 3000
    naughty = VolumePaper(title, title, (replace(minutes, title=title, number="\x00\n" * 9),), (title,))
    assert volume_printed(naughty, fonts).pages > 20


def test_the_year_holds_what_is_signed_and_names_the_other_months(desk: Desk, fonts: FontSet) -> None:
    occasion = occasion_of(desk.store, desk.unit, OCTOBER, fonts)
    with pytest.raises(NothingToPrint):
        printed(occasion)
    signed(desk, SEPTEMBER)
    held(prepared(desk, OCTOBER))
    paper = volume_paper(occasion)
    assert len(paper.minutes) == 1
    assert paper.missing[0] == "（10月例会的纪要还没有签发，未收入。）"
    assert paper.missing[1].endswith("8月没有例会记录。）")


def test_minutes_that_are_being_corrected_stand_as_they_were_signed(desk: Desk, fonts: FontSet) -> None:
    signed(desk, SEPTEMBER)
    row = meeting_of(desk.store, desk.unit.unit.id, SEPTEMBER)
    assert row is not None
    correct_meeting(desk.store, row.id, "测试更正")
    (paper,) = volume_paper(occasion_of(desk.store, desk.unit, Month(2026, 12), fonts)).minutes
    assert paper.version == 1
    assert not paper.draft
