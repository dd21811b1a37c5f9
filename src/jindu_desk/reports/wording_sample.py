"""A made-up meeting and a made-up table in the unit's wording: what its settings show while they are typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from jindu_desk.domain.months import Month
from jindu_desk.queries.units import UnitRow
from jindu_desk.reports.meetings.minutes import minutes_printed
from jindu_desk.reports.meetings.minutes_of import head_lines, listed
from jindu_desk.reports.meetings.minutes_paper import AgendaLine, Attendee, DecisionLine, FollowUpLine, MinutesPaper
from jindu_desk.reports.meetings.texts import filled_in, number_text, origin_text
from jindu_desk.reports.paper_wording import PaperWording
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.forms import Column, Form, signature_fields
from jindu_desk.reports.wording import date_text, decision_state_label, span_text

_MEMBERS: Final = (
    ("镇政府", "测试甲"),
    ("派出所", "测试乙"),
    ("综治中心", "测试丙"),
    ("测试一村", "测试丁"),
    ("测试社区", "测试戊"),
)
_SAID: Final = (
    "会议听取了本月工作情况，逐一答复了各村（社区）提出的问题。",
    "会议就下一步工作作了安排，请各单位按分工落实。",
)


@dataclass(frozen=True, slots=True)
class WordingSample:
    minutes: PrintedPaper
    table: PrintedPaper


def wording_sample(unit: UnitRow, month: Month, wording: PaperWording, fonts: FontSet) -> WordingSample:
    """Both papers of ``unit`` as they would be printed in ``month``."""
    return WordingSample(
        minutes_printed(sample_minutes(unit, month, wording), fonts), _sample_table(unit, month, wording, fonts)
    )


def sample_minutes(unit: UnitRow, month: Month, wording: PaperWording) -> MinutesPaper:
    """The minutes of a meeting that nobody held."""
    held = date(month.year, month.number, 20)
    number, issuer, issued_on = head_lines(
        wording.head, number_text(wording.number_style, month.year, month.number), wording.body, held
    )
    return MinutesPaper(
        mark=wording.mark,
        number=number,
        issuer=issuer,
        issued_on=issued_on,
        title=filled_in(wording.title, unit.name, month),
        held=span_text(datetime.combine(held, time(9)), datetime.combine(held, time(10, 30))),
        place="三楼会议室",
        chair="测试甲",
        opening=filled_in(wording.opening, unit.name, month),
        follow_ups=(
            FollowUpLine(
                "各村（社区）核对上月工作数据",
                decision_state_label("done"),
                origin_text(month.previous, 1),
                "办公室",
                date(month.year, month.number, 5),
            ),
        ),
        agenda=tuple(
            AgendaLine(filled_in(line, unit.name, month), _SAID[number % len(_SAID)])
            for number, line in enumerate(wording.agenda)
        ),
        decisions=(DecisionLine("开展一次集中宣传", "综治中心", ("派出所",), "测试丙", month.last_day),),
        present=tuple(Attendee(name, place) for place, name in _MEMBERS),
        excused=(Attendee("测试己", "测试二村"),),
        signed_by="测试甲",
        signed_on=held,
        main_to=listed(wording.main_to),
        copies_to=listed(wording.copies_to),
        printed_by=wording.body,
        printed_on=held,
    )


def _sample_table(unit: UnitRow, month: Month, wording: PaperWording, fonts: FontSet) -> PrintedPaper:
    """A table as the office issues it, with the fields that are signed."""
    form = Form(fonts, "测试情况表", f"{wording.office}　{date_text(month.last_day)}")
    form.table(
        (Column("序号", 14, "centre"), Column("单位", 50), Column("宣传场次", 30, "right"), Column("备注", 71)),
        [
            (str(number), name, str(number + 1), "")
            for number, name in enumerate(("测试一村", "测试二村", "测试社区"), start=1)
        ],
    )
    form.gap(3)
    form.grid(signature_fields(wording.signatures), whole=True)
    return form.printed(author=wording.office, subject=unit.name)
