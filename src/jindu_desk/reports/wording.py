"""The Chinese wording that screens and papers share: months, dates, money and the words of the states."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from jindu_desk.domain.money import yuan_text
from jindu_desk.domain.months import Month

UNKNOWN: Final = "—"
CONTINUED: Final = "（续）"  # behind a heading that is said again

_DIGITS: Final = "零一二三四五六七八九"
_TIERS: Final = {"township": "镇（街道）", "district": "辖市（区）", "city": "市", "village": "村（社区）"}
_ROLES: Final = {
    "convenor": "召集人",
    "chair": "主持人",
    "recorder": "记录人",
    "first_responsible": "第一责任人",
    "main_responsible": "主要责任人",
    "direct_responsible": "直接责任人",
    "full_time": "专职禁毒工作人员",
}
_ATTENDANCE: Final = {"present": "出席", "excused": "请假", "absent": "缺席", "observer": "列席"}
_DECISION_STATES: Final = {
    "not_started": "未启动",
    "in_progress": "进行中",
    "completion_requested": "申请办结",
    "done": "已办结",
    "postponed": "延期",
    "cancelled": "取消",
}


def month_text(month: Month) -> str:
    """``2026年10月``."""
    return f"{month.year}年{month.number}月"


def date_text(day: date | None) -> str:
    """``2026年11月3日``, without leading zeros (GB/T 9704-2012, 7.3.5.4); nothing for no date."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def short_date_text(day: date | None) -> str:
    """``11月3日``, where the year is plain; nothing for no date."""
    return f"{day.month}月{day.day}日" if day else ""


def clock_text(moment: datetime | None) -> str:
    """``9:05``; nothing for no moment."""
    return f"{moment.hour}:{moment.minute:02}" if moment else ""


def date_time_text(moment: datetime | None) -> str:
    """``2026年11月3日 9:05``; nothing for no moment."""
    return f"{date_text(moment.date())} {clock_text(moment)}" if moment else ""


def span_text(start: datetime | None, end: datetime | None) -> str:
    """``2026年11月3日 9:05—11:30``; the day is said again only where the end lies on another one."""
    if start is None or end is None:
        return date_time_text(start or end)
    last = clock_text(end) if end.date() == start.date() else date_time_text(end)
    return f"{date_time_text(start)}—{last}"


def yuan(fen: int | None) -> str:
    """``1,280.50元``; an amount that is not known is a dash, never 0."""
    return UNKNOWN if fen is None else f"{yuan_text(fen)}元"


def tier_label(tier: str) -> str:
    return _TIERS.get(tier, tier)


def role_label(role: str) -> str:
    return _ROLES.get(role, role)


def attendance_label(attendance: str) -> str:
    return _ATTENDANCE.get(attendance, attendance)


def decision_state_label(state: str) -> str:
    return _DECISION_STATES.get(state, state)


def chinese_number(number: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一, 105 → 一百零五; figures from ten thousand on."""
    if not 0 < number < 10_000:
        return str(number)
    text = ""
    gap = False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text
