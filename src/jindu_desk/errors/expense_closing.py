"""What stands against closing a month or a year of the expense book, or opening it again."""

from __future__ import annotations

from jindu_desk.errors import DeskError


class BookMonthClosed(DeskError):
    sentence = (
        "{month} 的经费账已经结账，不能再增加或修改。要更正，请在之后的月份冲销；"
        "刚结错的账可在“经费”页的“更多操作”中撤销月结。"
    )


class BookYearClosed(DeskError):
    sentence = "{year} 年的经费已经年终结转，不能再改。要更正，请先在“经费”页的“更多操作”中撤销年终结转。"


class MonthNotBegun(DeskError):
    sentence = "{month} 还没有到，不能结账。请选择本月或以前的月份。"


class MonthClosedAlready(DeskError):
    sentence = "{month} 的经费账已经结账，不用再结。"


class MonthNotClosed(DeskError):
    sentence = "{month} 的经费账没有结账，没有可撤销的。"


class LaterMonthClosed(DeskError):
    sentence = "{later} 的经费账也已结账。请先撤销 {later} 的月结，再撤销 {month} 的。"


class VouchersMissing(DeskError):
    """Asked, not refused: the same operation with ``confirmed=True`` goes through."""

    sentence = "还有 {count} 笔支出没有登记凭证号（第 {first} 号等）。结账后不能再补登记。确认后再结账。"


class YearNotOver(DeskError):
    sentence = "{year} 年还没有结束，不能年终结转。请在 12 月 31 日当天或以后办理。"


class EntriesOpen(DeskError):
    sentence = "{year} 年还有 {count} 笔支出所在的月份（{months}）没有结账。请先月结，再年终结转。"


class NothingToClose(DeskError):
    sentence = "{year} 年没有预算科目，没有可结转的。"


class NotALineToCarry(DeskError):
    sentence = "“{line}”没有可结转的余额。请去掉这一科目后再结转。"


class YearClosedAlready(DeskError):
    sentence = "{year} 年的经费已经年终结转，不用再办。"


class YearNotClosed(DeskError):
    sentence = "{year} 年的经费没有年终结转，没有可撤销的。"


class NoOpenMonth(DeskError):
    sentence = "{year} 年的月份都已上报或结账，结转的余额没有月份可记。请先重新打开其中一个月。"


class CarriedMoneyUsed(DeskError):
    sentence = (
        "结转到 {year} 年“{line}”的余额已经有支出、调整或上报，不能撤销年终结转。要更正，请在 {year} 年登记预算调整。"
    )
