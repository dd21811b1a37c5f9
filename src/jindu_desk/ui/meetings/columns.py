"""Columns of the list of meetings and of the board of decisions."""

from __future__ import annotations

from datetime import date

from jindu_desk.domain.months import Month
from jindu_desk.queries.decisions import DecisionRow
from jindu_desk.queries.meetings import MeetingRow
from jindu_desk.ui.meetings.words import DECISION, MEETING, deadline_words
from jindu_desk.ui.tables import Column
from jindu_desk.ui.theme.tokens import Kind


def _open_text(row: MeetingRow) -> str:
    return str(row.open_decisions) if row.decisions else "—"


def _open_kind(row: MeetingRow) -> Kind | None:
    return "wrong" if row.overdue_decisions else None


def _open_tip(row: MeetingRow) -> str:
    overdue = f"，其中逾期 {row.overdue_decisions} 项" if row.overdue_decisions else ""
    return f"议定 {row.decisions} 项，未办结 {row.open_decisions} 项{overdue}"


def _state_text(row: MeetingRow) -> str:
    word = MEETING[row.state][0]
    return f"{word} · 第{row.version}版" if row.version > 1 else word


def _state_kind(row: MeetingRow) -> Kind:
    return "wrong" if row.late else MEETING[row.state][1]


def _state_tip(row: MeetingRow) -> str:
    if row.late:
        return "会议已开，纪要应在两个工作日内签发"
    return f"{row.signed_on} 签发" if row.signed_on else "还没有签发"


MEETING_COLUMNS: tuple[Column[MeetingRow], ...] = (
    Column("月份", lambda row: str(row.month)),
    Column("编号", lambda row: row.number or "—"),
    Column("状态", _state_text, kind=_state_kind, tooltip=_state_tip, width=-1),
    Column("未结", _open_text, align="right", kind=_open_kind, tooltip=_open_tip, key=lambda row: row.open_decisions),
)
NARROW_HIDES = (1, 3)
NARROW_BOARD_HIDES = (1, 2, 3)


def decision_columns(today: date) -> tuple[Column[DecisionRow], ...]:
    """The board's columns; what is overdue depends on the day."""

    def left(row: DecisionRow) -> tuple[str, Kind]:
        return deadline_words(row.state, row.deadline, today)

    return (
        Column("议定事项", lambda row: row.matter.replace("\n", " "), tooltip=lambda row: row.matter, width=-1),
        Column("出处", _origin, key=lambda row: (row.month, row.number)),
        Column("牵头单位", lambda row: row.lead_unit or "—", width=8),
        Column("责任人", lambda row: row.person or "—", width=5),
        Column("时限", lambda row: str(row.deadline or "—"), key=lambda row: row.deadline or date.max),
        Column(
            "剩余", lambda row: left(row)[0], kind=lambda row: left(row)[1], key=lambda row: row.deadline or date.max
        ),
        Column("状态", lambda row: DECISION[row.state][0], kind=lambda row: DECISION[row.state][1]),
    )


def _origin(row: DecisionRow) -> str:
    month = Month.parse(row.month)
    return f"{month.year}年{month.number}月 第{row.number}项"
