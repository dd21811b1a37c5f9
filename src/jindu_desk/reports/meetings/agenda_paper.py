"""会议议程: what is taken up in which order, on one page for the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jindu_desk.reports.meetings.head import MeetingHead
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.form_cells import cell
from jindu_desk.reports.typesetting.forms import Column, Form, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line

NAME: Final = "会议议程"
_SIZE: Final = 12.0  # it is read at the table


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """``time``: when it is to be taken up, or was and how long it took, in words; empty for the pen."""

    matter: str
    speaker: str = ""
    time: str = ""


def agenda_printed(head: MeetingHead, entries: Sequence[AgendaEntry], fonts: FontSet) -> PrintedPaper:
    """The agenda as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    form = Form(fonts, NAME, head.name)
    form.grid(
        (
            fields(("会议时间", head.held), ("会议地点", head.place), least=9 * MM),
            fields(("主持人", head.chair), ("记录人", head.recorder), least=9 * MM),
        )
    )
    form.gap(4)
    form.table(
        (
            Column("序号", 14, "centre"),
            Column("议题", 84),
            Column("汇报（发言）人", 33, "centre"),
            Column("时间", 34, "centre"),
        ),
        [
            (
                cell(str(number), "centre", size=_SIZE),
                cell(entry.matter, size=_SIZE),
                cell(entry.speaker, "centre", size=_SIZE),
                cell(entry.time, "centre", size=_SIZE),
            )
            for number, entry in enumerate(entries, start=1)
        ],
        least=12 * MM,
    )
    return form.printed(author=one_line(head.unit), subject=head.name)
