"""Budget lines and the expense book (Art. 9, 11, 15(4), 21(4)). All money in fen."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import NaiveDatetime

from jindu_desk.domain.fields import CategoryCode, Fen, Fields, Id, LongText, MonthText, ShortText


class FundSource(StrEnum):
    OWN = "own"  # 本级财政
    DISTRICT = "district"  # 区级
    CITY = "city"  # 市级
    PROVINCE = "province"  # 省级专项
    OTHER = "other"  # 其他


class PaymentMethod(StrEnum):
    TRANSFER = "transfer"  # 转账
    OFFICIAL_CARD = "official_card"  # 公务卡
    CASH = "cash"  # 现金
    TREASURY = "treasury"  # 国库集中支付


class PayeeKind(StrEnum):
    """A payee is a unit, or a coded receipt for rewards; never a beneficiary's or an informant's name."""

    UNIT = "unit"
    CODED_RECEIPT = "coded_receipt"


class BudgetLineFields(Fields):
    unit_id: Id
    year: int
    category: CategoryCode  # a code of resources/expenses.toml
    fund_source: FundSource
    initial_fen: Fen  # 年初预算
    restricted: bool = False  # money that may be spent on this category only
    note: ShortText = ""
    position: int = 0


class AdjustmentFields(Fields):
    line_id: Id
    on: date
    amount_fen: Fen
    reason: LongText
    approval: ShortText


class ExpenseFields(Fields):
    """One entry of the book. A correction is an entry whose ``reverses`` names the first (红字冲销)."""

    unit_id: Id
    line_id: Id
    number: int  # counted within unit and year
    on: date
    category: CategoryCode
    summary: ShortText
    payee_kind: PayeeKind = PayeeKind.UNIT
    payee: ShortText = ""
    class_department: ShortText = ""  # 部门预算支出经济分类
    class_government: ShortText = ""  # 政府预算支出经济分类
    amount_fen: Fen
    voucher_number: ShortText = ""
    voucher_on: date | None = None
    papers: int = 0
    payment_method: PaymentMethod = PaymentMethod.TRANSFER
    handler: ShortText = ""
    witness: ShortText = ""
    approver: ShortText = ""
    reverses: Id | None = None
    note: ShortText = ""


class ExpenseImportFields(Fields):
    """A list of the finance office that was booked, for the budget of ``year``. ``file``: its name, "" where that may
    not be kept."""

    unit_id: Id
    year: int
    file: ShortText = ""
    imported_at: NaiveDatetime
    imported_by: ShortText = ""


class BookClosingFields(Fields):
    """A month of the book that was closed: its entries stand, and are corrected by reversals in later months."""

    unit_id: Id
    month: MonthText
    closed_at: NaiveDatetime
    closed_by: ShortText = ""


class YearClosingFields(Fields):
    """A year of the book that was closed, and on whose word its balances went into the next year."""

    unit_id: Id
    year: int
    closed_at: NaiveDatetime
    closed_by: ShortText = ""
    reason: LongText
    approval: ShortText


class CarryFields(Fields):
    """What a line had left when its year was closed, and the adjustment by which the next year's line got it.
    ``line_made``: that line was made for it."""

    from_line_id: Id
    to_line_id: Id
    adjustment_id: Id
    amount_fen: Fen
    line_made: bool = False
