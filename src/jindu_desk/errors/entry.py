"""What is wrong with something typed, pasted or read in: text, months, dates, numbers, money."""

from __future__ import annotations

from jindu_desk.errors import DeskError


class NotAMonth(DeskError):
    sentence = "“{text}”不是月份。请按“2026-10”这样填写年和月。"


class NotADate(DeskError):
    sentence = "“{text}”不是日期。请按“2026-10-28”这样填写年、月、日。"


class DateOutsideMonth(DeskError):
    sentence = "日期 {date} 不在 {month} 内。请改日期，或先切换到对应的月份。"


class NotACount(DeskError):
    sentence = "“{text}”不是人数或次数。这里只能填 0 或正整数。"


class NotMoney(DeskError):
    sentence = "“{text}”不是金额。请填写元，最多两位小数，例如 1280.50。"


class IdNumberInText(DeskError):
    sentence = (
        "“{field}”里有一串像身份证号的数字（{masked}）。本程序不记录任何戒毒人员的个人信息，"
        "请删去这串数字后再保存。"
    )


class PhoneNumberInText(DeskError):
    sentence = "“{field}”里有一串像手机号的数字（{masked}）。本程序不记录电话号码，请删去这串数字后再保存。"


class TextTooLong(DeskError):
    sentence = "“{field}”有 {length} 个字，最多可写 {limit} 个字。请删短后再保存。"


class TextMissing(DeskError):
    sentence = "“{field}”还没有填写。请填写后再保存。"


class InvalidField(DeskError):
    sentence = "“{field}”填写有误：{reason}。请改正后再保存。"
