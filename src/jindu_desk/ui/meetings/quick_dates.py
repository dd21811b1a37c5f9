"""Deadlines as people say them while a meeting runs: +7, 7天, 明天, 周五, 下周三, 月底, 下月底, 年底, 15日, 10-28."""

from __future__ import annotations

import re
from datetime import date, timedelta

from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import NotADate
from jindu_desk.ui.date_field import read_date

_DAYS = re.compile(r"\+\s*(\d{1,3})|(\d{1,3})\s*[天日]\s*(?:后|内|之?内|以内)|(\d{1,3})\s*天")
_WEEKDAY = re.compile(r"(本|这|下)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_DAY = re.compile(r"(下月|下个月)?(\d{1,2})\s*[日号]")
_WORDS = {"今天": 0, "当天": 0, "明天": 1, "后天": 2}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９＋", "0123456789+")


def read_deadline(text: str, held_on: date) -> date | None:
    """Read ``text`` from the meeting's day on. Empty is None; raises `NotADate` for what is no date.

    A day without its year or month is the next one: in December 1-15 is next year's.
    """
    plain = text.strip().translate(_HALF_WIDTH).rstrip("前").removesuffix("之")
    if not plain:
        return None
    try:
        return _said(plain, held_on) or _written(plain, held_on)
    except (ValueError, OverflowError):
        raise NotADate(text=text[:30]) from None


def _said(plain: str, held_on: date) -> date | None:
    month = Month.of(held_on)
    ends = {
        "月底": month,
        "本月底": month,
        "下月底": month.next,
        "下个月底": month.next,
        "季末": Month(month.year, (month.number + 2) // 3 * 3),
        "年底": Month(month.year, 12),
    }
    if plain in ends:
        return ends[plain].last_day
    if plain in _WORDS:
        return held_on + timedelta(days=_WORDS[plain])
    if match := _DAYS.fullmatch(plain):
        return held_on + timedelta(days=int(match[1] or match[2] or match[3]))
    if match := _WEEKDAY.fullmatch(plain):
        return _weekday(held_on, match[1] or "", min("一二三四五六日天".index(match[2]), 6))
    if match := _DAY.fullmatch(plain):
        day = month.first_day.replace(day=int(match[2])) if not match[1] else None
        if day is None or day < held_on:
            day = month.next.first_day.replace(day=int(match[2]))
        return day
    return None


def _weekday(held_on: date, which: str, day: int) -> date:
    """本周 and 下周 are weeks from Monday on; without a word it is the next such day."""
    monday = held_on - timedelta(days=held_on.weekday())
    if which == "下":
        return monday + timedelta(days=7 + day)
    found = monday + timedelta(days=day)
    return found if which or found >= held_on else found + timedelta(days=7)


def _written(plain: str, held_on: date) -> date | None:
    found = read_date(plain, held_on.year)
    has_year = re.match(r"\d{4}", plain) is not None
    if found is not None and found < held_on and not has_year:
        return read_date(plain, held_on.year + 1)
    return found
