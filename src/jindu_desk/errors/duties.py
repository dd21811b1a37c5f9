"""What can be wrong when a duty is marked as done."""

from __future__ import annotations

from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import FieldError


class UnknownDuty(DeskError):
    sentence = "没有“{duty}”这项职责。请从列表中选择。"


class DutyOfAnotherTier(DeskError):
    sentence = "“{duty}”不是本级的职责。请从列表中选择。"


class NotAPeriodOfTheDuty(DeskError):
    sentence = "“{duty}”没有“{period}”这一期。请在列表中选中对应的一期再登记。"


class DoneInTheFuture(FieldError):
    sentence = "完成日期 {date} 晚于今天（{today}）。请填写实际完成的日期。"


class DoneBeforeThePeriod(FieldError):
    sentence = "完成日期 {date} 早于“{period}”开始的日期（{first}）。请改正日期，或选中对应的一期。"


class DutyAlreadyRecorded(DeskError):
    sentence = "“{duty}”在 {date} 已有一条记录。请修改原来的记录，或改用其他日期。"


class DutyNotRecorded(DeskError):
    sentence = "这一期没有登记过完成，不用撤回。"
