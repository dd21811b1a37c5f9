"""The month in words and figures: from the overview's rows to what the four cards show."""

from __future__ import annotations

from dataclasses import dataclass

from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.money import yuan_text
from jindu_desk.domain.units import Tier
from jindu_desk.queries.overview import MeetingGlance, MoneyGlance, Overview, TallyGlance
from jindu_desk.reports.arrival_wording import RETURNED, with_day
from jindu_desk.reports.wording import short_date_text
from jindu_desk.ui.desk.glance_card import Glance
from jindu_desk.ui.month_state import meeting_chip, report_chip

_NAMED = 3


@dataclass(frozen=True, slots=True)
class CardSpec:
    title: str
    icon: str


TOWNSHIP_CARDS = (
    CardSpec("例会", "users"),
    CardSpec("台账", "table-2"),
    CardSpec("经费", "wallet"),
    CardSpec("上报", "send"),
)
ABOVE_CARDS = (
    CardSpec("接收", "inbox"),
    CardSpec("汇总", "sigma"),
    CardSpec("缺报", "building-2"),
    CardSpec("考核期限", "calendar-check"),
)


def cards_of(tier: Tier) -> tuple[CardSpec, ...]:
    return TOWNSHIP_CARDS if tier is Tier.TOWNSHIP else ABOVE_CARDS


def glances(overview: Overview) -> tuple[Glance, ...]:
    """One for each of `cards_of`."""
    if overview.tier is Tier.TOWNSHIP:
        return (_meeting(overview.meeting), _tally(overview), _money(overview.money), _report(overview))
    return (_receive(overview), _totals(overview), _missing(overview), _deadline(overview))


def _meeting(meeting: MeetingGlance) -> Glance:
    match meeting.state:
        case None:
            said = "本月还没有协调例会（第十一条：每月一次）。"
        case MeetingState.PREPARING:
            said = "名单和议程已备好，等待召开。"
        case MeetingState.DRAFTED:
            said = "会议已记录，纪要等待签发。"
        case MeetingState.SIGNED_OFF:
            said = f"{short_date_text(meeting.held_on)}召开，纪要已签发。"
    if meeting.open_decisions:
        late = f"，其中 {meeting.overdue_decisions} 项逾期" if meeting.overdue_decisions else ""
        said += f"未办结事项 {meeting.open_decisions} 项{late}。"
    held = meeting.state not in (None, MeetingState.PREPARING)
    return Glance(
        figure=f"{meeting.present}/{meeting.expected}" if held else "—",
        unit="出席" if held else "",
        sentence=said,
        button="准备例会" if meeting.state is None else "打开例会",
        screen="meetings",
        chip=meeting_chip(meeting),
        share=meeting.present / meeting.expected if held and meeting.expected else None,
        kind="done" if meeting.state is MeetingState.SIGNED_OFF else "info",
    )


def _tally(overview: Overview) -> Glance:
    tally = overview.tally
    complete = tally.complete
    newest = tally.registered[-1] if tally.registered else None
    said = f"还差 {_names(tally.missing)}。" if tally.missing else "各村（社区）都已填齐。"
    if not tally.own_row_filled and not tally.missing:
        said = "各村（社区）都已填齐，还差本单位的队伍人数。"
    if newest is not None:
        said += f"期末在册 {newest} 人。"
    return Glance(
        figure=f"{tally.filled}/{tally.units}",
        unit="村（社区）",
        sentence=said,
        button="查看台账" if complete else "继续填写" if tally.begun else "开始填写",
        screen="tallies",
        chip=("已填齐", "done") if complete else ("填写中" if tally.begun else "未开始", "due"),
        share=_share(tally.filled, tally.units),
        kind="done" if complete else "info",
    )


def _money(money: MoneyGlance) -> Glance:
    elapsed = money.elapsed.days / money.elapsed.of
    if not money.lines:
        return Glance(
            figure="—",
            unit="",
            sentence="今年还没有预算。先把禁毒经费预算录进来（第九条）。",
            button="编制预算",
            screen="expenses",
            chip=("未编预算", "due"),
            mark=elapsed,
        )
    balance = money.balance
    return Glance(
        figure=balance.rate,
        unit="执行率",
        sentence=f"支出 {yuan_text(balance.spent_fen)} 元，预算 {yuan_text(balance.adjusted_fen)} 元；"
        f"全年时间已过 {money.elapsed.share}。",
        button="登记支出",
        screen="expenses",
        share=_share(balance.spent_fen, balance.adjusted_fen),
        mark=elapsed,
    )


def _report(overview: Overview) -> Glance:
    report, tally = overview.report, overview.tally
    signed = overview.meeting.state is MeetingState.SIGNED_OFF
    if report.locked:
        sent = f"{report.sent_at:%m-%d %H:%M}" if report.sent_at else ""
        return Glance(
            figure=f"第 {report.number} 号",
            unit="",
            sentence=f"{sent} 已写出数据包，本月已锁定。",
            button="查看上报",
            screen="report",
            chip=report_chip(report),
            share=1.0,
            kind="done",
        )
    wanting = [] if signed else ["例会纪要"]
    if tally.filled < tally.units:
        wanting.insert(0, f"{tally.units - tally.filled} 个村（社区）的台账")
    elif not tally.own_row_filled:
        wanting.insert(0, "本单位的队伍人数")
    left = _days_left(overview)
    figure, unit = ("—", "") if left is None else (str(abs(left)), "天后截止" if left >= 0 else "天前截止")
    said = f"还差 {'、'.join(wanting)}。" if wanting else "材料已齐，可以检查并上报。"
    opened = "这个月重新打开过，改完要再上报。" if report.reopened else ""
    if overview.came_back:
        opened, said = "被上级退回，照意见改正后再上报。", "" if not wanting else said
    return Glance(
        figure=figure,
        unit=unit,
        sentence=opened + said,
        button="检查并上报",
        screen="report",
        chip=report_chip(report, returned=overview.came_back),
        kind="due" if left is not None and left < 0 else "info",
    )


def _receive(overview: Overview) -> Glance:
    tally = overview.tally
    complete = tally.filled == tally.units
    said = "本月各单位都已收齐。" if complete else ""
    if tally.missing:
        said += f"还有 {len(tally.missing)} 个单位没有收到。"
    said += _sent_back(tally)
    if overview.unsettled:
        said += f"另有 {overview.unsettled} 个数据包等待处理。"
    return Glance(
        figure=f"{tally.filled}/{tally.units}",
        unit="已计入" if tally.returned else "已收",
        sentence=said,
        button="接收数据包",
        screen="receive",
        chip=("已收齐", "done") if complete else ("接收中" if tally.begun else "未开始", "due"),
        share=_share(tally.filled, tally.units),
        kind="done" if complete else "info",
    )


def _totals(overview: Overview) -> Glance:
    tally = overview.tally
    newest = tally.registered[-1] if tally.registered else None
    came = "计入" if tally.returned else "收到"  # what was sent back was received, and is in no figure
    said = f"本月还没有{came}数据。" if newest is None else "社区戒毒、社区康复期末在册，近 12 个月。"
    if newest is not None and tally.filled < tally.units:
        said += f"只含已{came}的 {tally.filled} 个单位。"
    return Glance(
        figure="—" if newest is None else f"{newest:,}",
        unit="" if newest is None else "人在册",
        sentence=said,
        button="查看汇总",
        screen="totals",
        trend=tuple(tally.registered),
    )


def _missing(overview: Overview) -> Glance:
    tally = overview.tally
    return Glance(
        figure=str(len(tally.missing)),
        unit="个单位缺报",
        sentence=(f"{_names(tally.missing)}。" if tally.missing else "没有缺报。") + _sent_back(tally),
        button="查看名单",
        screen="units",
        chip=("待催报", "due") if tally.missing else ("待更正", "due") if tally.returned else ("无缺报", "done"),
        share=_share(len(tally.missing), tally.units),
        kind="due",
    )


def _sent_back(tally: TallyGlance) -> str:
    named = _names(tuple(with_day(name, on) for name, on in tally.returned))
    return f"{RETURNED} {len(tally.returned)} 个：{named}。" if tally.returned else ""


def _deadline(overview: Overview) -> Glance:
    left = _days_left(overview)
    figure, unit = ("—", "") if left is None else (str(abs(left)), "天后到期" if left >= 0 else "天前到期")
    until = f"本月检查考核期限 {overview.deadline:%m-%d}" if overview.deadline else "本级没有按月的考核期限"
    return Glance(
        figure=figure,
        unit=unit,
        sentence=f"{until}；考核内容一周内通报（第十三条）。",
        button="查看履职",
        screen="duties",
        chip=None if left is None else ("已过期限", "wrong") if left < 0 else ("在期限内", "done"),
        share=None,
    )


def _days_left(overview: Overview) -> int | None:
    return None if overview.deadline is None else (overview.deadline - overview.today).days


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _names(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:_NAMED])
    return f"{shown} 等 {len(names)} 个" if len(names) > _NAMED else shown
