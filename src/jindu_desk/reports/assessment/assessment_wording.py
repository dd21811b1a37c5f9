"""The facts of a monthly check in words, for its sheet, its table and the bulletin."""

from __future__ import annotations

from typing import Final

from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.domain.rounding import percent_text
from jindu_desk.queries.assessment import AssessedUnit, RateResult, ReportFact
from jindu_desk.queries.totals import Arrival
from jindu_desk.reports.arrival_wording import left_out_text, returned_text
from jindu_desk.reports.wording import UNKNOWN, date_text, month_text, yuan

MET: Final = {True: "达到要求", False: "未达到要求"}
NO_DATA: Final = "无数据"
NOT_DEMANDED: Final = "未定要求"


def verdict_text(result: RateResult, arrival: Arrival) -> str:
    if arrival is not Arrival.COUNTED or result.ratio.hundredths is None:
        return left_out_text(arrival).partition("，")[0] or NO_DATA  # a narrow column; the facts say the rest
    return NOT_DEMANDED if result.met is None else MET[result.met]


def wanted_text(result: RateResult) -> str:
    """``≥95.00%（2026年1月起）``."""
    if result.target is None:
        return UNKNOWN
    sign = "≤" if result.rate.lower_is_better else "≥"
    return f"{sign}{percent_text(result.target, 10_000)}（{month_text(Month.parse(result.since))}起）"


def report_text(report: ReportFact) -> str:
    """When the month was due, when it came, how late."""
    due = f"应于{date_text(report.due)}前上报" if report.due else "上报期限未定"
    if report.received_at is None:
        late = f"，已逾期 {report.days_late} 天" if report.days_late else ""
        return f"{due}，尚未收到{late}。"
    late = f"逾期 {report.days_late} 天" if report.days_late else "按时"
    return f"{due}，{date_text(report.received_at.date())}收到，{late}。"


def corrections_text(unit: AssessedUnit) -> str:
    report = unit.report
    if report.received_at is None:
        return UNKNOWN
    if unit.returned_on is not None:
        standing = returned_text(unit.returned_on)
    else:
        standing = f"现为第 {report.revision} 版" if unit.arrival is Arrival.COUNTED else "收到的尚未计入汇总"
    returned = f"退回 {report.returned} 次" if report.returned else "没有退回"
    corrected = f"更正 {report.corrected} 次" if report.corrected else "没有更正"
    return f"{returned}，{corrected}；{standing}。"


def checks_text(unit: AssessedUnit) -> str:
    checks = unit.checks
    if checks is None:
        return _left_out(unit) or UNKNOWN
    hard = f"强制审核有 {checks.hard} 处不成立" if checks.hard else "强制审核全部通过"
    return f"{hard}；需核实的 {checks.explained + checks.unexplained} 处，其中已说明 {checks.explained} 处。"


def meeting_text(unit: AssessedUnit) -> str:
    """What a month that was sent back brought is not on record, which is not that there was nothing."""
    meeting = unit.meeting
    if meeting.state is None:
        return _left_out(unit) or "没有本月例会的记录。"
    held = f"{date_text(meeting.held_on)}召开" if meeting.held_on else "召开日期未记"
    came = f"，应到 {meeting.expected} 人、出席 {meeting.present} 人" if meeting.expected else ""
    minutes = f"纪要{date_text(meeting.signed_on)}签发" if meeting.state is MeetingState.SIGNED_OFF else "纪要尚未签发"
    return f"{held}{came}；{minutes}。"


def decisions_text(unit: AssessedUnit) -> str:
    made, still = unit.decisions.made, unit.decisions.open
    left_out = "" if made else left_out_text(unit.arrival)
    told = f"本月议定的{left_out}" if left_out else f"本月议定 {made} 项"
    return f"{told}；未办结 {still} 项，其中逾期 {unit.decisions.overdue} 项。"


def money_text(unit: AssessedUnit, elapsed: str) -> str:
    money = unit.money
    if not money.adjusted_fen and (left_out := _left_out(unit)):
        return left_out if not money.spent_fen else f"{left_out[:-1]}；此前累计支出 {yuan(money.spent_fen)}。"
    if not money.adjusted_fen:
        return (
            "没有本年预算的记录。" if not money.spent_fen else f"没有本年预算的记录；累计支出 {yuan(money.spent_fen)}。"
        )
    return (
        f"预算 {yuan(money.adjusted_fen)}，累计支出 {yuan(money.spent_fen)}，"
        f"执行率 {money.rate}（时间进度 {elapsed}）。"
    )


def _left_out(unit: AssessedUnit) -> str:
    said = left_out_text(unit.arrival)
    return f"{said}。" if said else ""
