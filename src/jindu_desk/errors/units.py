"""What can be wrong with units and the people in office."""

from __future__ import annotations

from jindu_desk.errors import DeskError


class UnknownUnit(DeskError):
    sentence = "找不到单位“{unit}”。请从单位名录中选择，或检查代码。"


class UnitNameTaken(DeskError):
    sentence = "“{name}”已经在名录中。请换一个名称，或直接使用已有的单位。"


class UnitHasFigures(DeskError):
    sentence = "“{name}”在 {month} 之后还有已填写的数据，不能从 {month} 起停用。请先核对这些数据。"


class UnitStartsLater(DeskError):
    sentence = "“{name}”从 {since} 起才有记录，{month} 早于这个月。请选择之后的月份。"


class AlreadySetUp(DeskError):
    sentence = "这个数据文件夹已经属于“{unit}”。请在“单位人员”里修改，或换一个数据文件夹。"


class NoUnitsBelow(DeskError):
    sentence = "还没有选择下级单位。请至少勾选或添加一个再继续。"


class OfficialUnknown(DeskError):
    sentence = "找不到这条人员记录，可能已在别处改动。请刷新后再试。"


class TermBackwards(DeskError):
    sentence = "“{name}”的离任日期早于任职日期。请核对两个日期。"


class MonthLocked(DeskError):
    """The month was reported; see article 13(1): what was assessed must not change silently."""

    sentence = "{month} 已经上报（第 {number} 号包），现在锁定。要修改，请在“上报”页重新打开这个月并写明理由。"
