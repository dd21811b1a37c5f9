"""The columns of the duties and the words for their states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jindu_desk.domain.duty_rules import DutyRow, DutyState, Rhythm
from jindu_desk.ui.tables import Column
from jindu_desk.ui.theme.tokens import Kind

RHYTHM_WORD = {
    Rhythm.MONTHLY: "每月",
    Rhythm.HALF_YEARLY: "每半年",
    Rhythm.YEARLY: "每年",
    Rhythm.STANDING: "长期",
    Rhythm.CASE: "按情形",
}


@dataclass(frozen=True, slots=True)
class ShownDuty:
    """A duty's period with the number of files kept for it."""

    duty: DutyRow
    files: int

    @property
    def key(self) -> tuple[str, str]:
        return self.duty.rule.code, self.duty.period


def period_text(row: DutyRow) -> str:
    """2026-10 → 10 月; 2026-H1 → 上半年; a case is named by its day."""
    period = row.period
    match row.rule.rhythm:
        case Rhythm.MONTHLY:
            return f"{int(period[5:])} 月"
        case Rhythm.HALF_YEARLY:
            return "上半年" if period.endswith("1") else "下半年"
        case Rhythm.YEARLY:
            return f"{period} 年"
        case Rhythm.STANDING:
            return "长期"
        case Rhythm.CASE:
            return period or "按情形"


def due_text(row: DutyRow) -> str:
    return row.due.isoformat() if row.due else "—"


def state_text(row: DutyRow) -> str:
    """What became of it, or how many days are left."""
    left = row.days_left or 0
    match row.state:
        case DutyState.DONE:
            return f"{_day(row.done.on)}完成" if row.done and row.done.on else "已完成"
        case DutyState.OVERDUE:
            return f"逾期 {-left} 天"
        case DutyState.SOON:
            return "今天到期" if left == 0 else f"还有 {left} 天"
        case DutyState.LATER:
            return f"还有 {left} 天"
        case DutyState.BEFORE_USE:
            return "启用前，未登记"
        case DutyState.STANDING:
            return "有情形时登记" if row.rule.rhythm is Rhythm.CASE else "未登记"


def state_kind(row: DutyRow) -> Kind:
    match row.state:
        case DutyState.DONE:
            return "done"
        case DutyState.OVERDUE:
            return "wrong"
        case DutyState.SOON:
            return "due"
        case _:
            return "plain"


def evidence_text(row: ShownDuty) -> str:
    """The record's note, or that the data showed it, or what would count as evidence."""
    done = row.duty.done
    files = f"（附件 {row.files} 个）" if row.files else ""
    if done is None:
        return row.duty.rule.evidence + files
    if done.by_data:
        return f"由数据认定：{row.duty.rule.evidence}{files}"
    return (done.note or row.duty.rule.evidence) + files


def _day(on: date) -> str:
    return f"{on.month}-{on.day:02} "


_STATE_ORDER = list(DutyState)

COLUMNS: tuple[Column[ShownDuty], ...] = (
    Column("到期", lambda row: due_text(row.duty), key=lambda row: (row.duty.due is None, row.duty.due or date.min)),
    Column("期间", lambda row: period_text(row.duty), key=lambda row: row.duty.period),
    Column(
        "职责",
        lambda row: row.duty.rule.title,
        tooltip=lambda row: f"{row.duty.rule.title}\n{row.duty.rule.who}",
        width=-1,
    ),
    Column("条款", lambda row: row.duty.article, tooltip=lambda row: row.duty.article, width=11),
    Column(
        "状态",
        lambda row: state_text(row.duty),
        kind=lambda row: state_kind(row.duty),
        key=lambda row: (_STATE_ORDER.index(row.duty.state), row.duty.days_left or 0),
        width=9,
    ),
    Column("依据或记录", evidence_text, tooltip=evidence_text, width=16),
)
