"""What the context bar says about the month, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.queries.overview import MeetingGlance, Overview, ReportGlance, overview
from jindu_desk.ui.frame.context_bar import MonthState
from jindu_desk.ui.theme.tokens import Kind

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

_SOON_DAYS = 5


def month_state(desk: Desk, month: Month) -> MonthState:
    """For the worker thread."""
    backups = desk.backups()
    last = f"上次备份 {backups[0].made_at:%m-%d %H:%M}" if backups else "还没有备份"
    return state_in_words(overview(desk.store, desk.unit, month), demo=desk.unit.demo, last_backup=last)


def state_in_words(glance: Overview, *, demo: bool = False, last_backup: str = "") -> MonthState:
    chips: list[tuple[str, Kind]] = [("示例数据", "info")] if demo else []
    if glance.tier is Tier.TOWNSHIP:
        chips += [
            tally_chip(glance),
            meeting_chip(glance.meeting),
            report_chip(glance.report, returned=glance.came_back),
        ]
        settled = glance.report.locked
    else:
        chips.append(tally_chip(glance))
        if glance.unsettled:
            chips.append((f"待处理 {glance.unsettled}", "due"))
        settled = glance.tally.filled == glance.tally.units
    deadline, kind = deadline_text(glance.deadline, glance.today, settled=settled)
    return MonthState(tuple(chips), deadline, kind, last_backup)


def tally_chip(glance: Overview) -> tuple[str, Kind]:
    word = "已填" if glance.tier is Tier.TOWNSHIP else "已计入" if glance.tally.returned else "已收"
    done = glance.tally.complete
    return f"{word} {glance.tally.filled}/{glance.tally.units}", "done" if done else "due"


def meeting_chip(meeting: MeetingGlance) -> tuple[str, Kind]:
    match meeting.state:
        case None:
            return "例会未开", "due"
        case MeetingState.PREPARING:
            return "例会筹备中", "due"
        case MeetingState.DRAFTED:
            return "纪要待签发", "due"
        case MeetingState.SIGNED_OFF:
            return "纪要已签发", "done"


def report_chip(report: ReportGlance, *, returned: bool = False) -> tuple[str, Kind]:
    """``returned``: the superior sent it back, and no correction went out yet."""
    if returned:
        return "被退回", "wrong"
    if report.reopened:
        return "已重新打开", "due"
    if report.locked:
        return f"已上报 第{report.number}号", "done"
    return "未上报", "plain"


def deadline_text(deadline: date | None, today: date, *, settled: bool) -> tuple[str, Kind]:
    """``截止 11-05``, and how near it is; nothing once the month is settled."""
    if deadline is None or settled:
        return "", "plain"
    left = (deadline - today).days
    if left < 0:
        return f"截止 {deadline:%m-%d}，已过 {-left} 天", "wrong"
    return f"截止 {deadline:%m-%d}", "due" if left <= _SOON_DAYS else "plain"
