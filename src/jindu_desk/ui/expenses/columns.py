"""The columns of the budget lines and of the entries."""

from __future__ import annotations

from jindu_desk.domain.expense_rules import Elapsed, Pace, pace_of
from jindu_desk.domain.expenses import PayeeKind
from jindu_desk.domain.money import yuan_text
from jindu_desk.queries.expense_entries import Order
from jindu_desk.queries.expenses import BudgetLineRow, ExpenseRow
from jindu_desk.ui.tables import Column
from jindu_desk.ui.theme.tokens import Kind

PACE_WORD: dict[Pace, tuple[str, Kind]] = {
    Pace.NO_BUDGET: ("无预算", "plain"),
    Pace.USED_UP: ("已用完", "due"),
    Pace.AHEAD: ("快于时间", "due"),
    Pace.EVEN: ("与时间相当", "done"),
    Pace.BEHIND: ("慢于时间", "info"),
}
BAR_COLUMN = 6


def line_columns(elapsed: Elapsed) -> tuple[Column[BudgetLineRow], ...]:
    """``elapsed`` is what each line's rate stands beside."""

    def pace(row: BudgetLineRow) -> tuple[str, Kind]:
        return PACE_WORD[pace_of(row.balance, elapsed)]

    def share(row: BudgetLineRow) -> float:
        return row.balance.spent_fen / row.balance.adjusted_fen if row.balance.adjusted_fen else -1.0

    return (
        Column("预算科目", lambda row: row.name + ("　专款" if row.restricted else ""), tooltip=_line_tip, width=-1),
        Column(
            "年初预算", lambda row: yuan_text(row.balance.initial_fen), "right", key=lambda row: row.balance.initial_fen
        ),
        Column(
            "调整",
            lambda row: yuan_text(row.balance.adjustments_fen),
            "right",
            key=lambda row: row.balance.adjustments_fen,
        ),
        Column("已支出", lambda row: yuan_text(row.balance.spent_fen), "right", key=lambda row: row.balance.spent_fen),
        Column("余额", lambda row: yuan_text(row.balance.left_fen), "right", key=lambda row: row.balance.left_fen),
        Column("执行率", lambda row: row.balance.rate, "right", tooltip=_rate_tip, key=share),
        Column(
            "进度",
            lambda row: f"已支出 {row.balance.rate}，时间已过 {elapsed.share}",
            tooltip=lambda row: f"已支出 {row.balance.rate}，竖线是时间进度 {elapsed.share}",
            key=share,
            width=8,
        ),
        Column("与时间比", lambda row: pace(row)[0], kind=lambda row: pace(row)[1], key=share, width=7),
    )


def _line_tip(row: BudgetLineRow) -> str:
    only = f"专款：只能用于“{row.category_name}”。" if row.restricted else ""
    return f"{row.name}\n{only}".strip()


def _rate_tip(row: BudgetLineRow) -> str:
    return f"{yuan_text(row.balance.spent_fen)} ÷ {yuan_text(row.balance.adjusted_fen)}（已支出 ÷ 调整后预算）"


def entry_state(row: ExpenseRow) -> str:
    """What became of an entry, in a word."""
    if row.reverses:
        return f"冲销 {row.reverses} 号"
    if row.reversed_by:
        return f"已由 {row.reversed_by} 号冲销"
    return "已锁定" if row.locked else ""


def payee_text(row: ExpenseRow) -> str:
    return f"凭证 {row.payee}" if row.payee_kind is PayeeKind.CODED_RECEIPT else row.payee


ENTRY_COLUMNS: tuple[Column[ExpenseRow], ...] = (
    # Fixed widths: measuring contents asks for rows that nobody looks at.
    Column("编号", lambda row: str(row.number), "right", width=4),
    Column("日期", lambda row: row.on.isoformat(), width=6),
    Column("摘要", lambda row: row.summary, tooltip=lambda row: row.summary, width=-1),
    Column("金额（元）", lambda row: yuan_text(row.amount_fen), "right", width=8),
    Column("类别", lambda row: row.category_name, tooltip=lambda row: row.line_name, width=8),
    Column("收款方", payee_text, tooltip=payee_text, width=11),
    Column("凭证号", lambda row: row.voucher_number or "—", width=6),
    Column("附件", lambda row: str(row.attachments) if row.attachments else "", "right", width=3),
    Column("状态", entry_state, width=8),
)
# What the database sorts by for each of them.
ENTRY_ORDERS = (
    Order.NUMBER,
    Order.ON,
    Order.SUMMARY,
    Order.AMOUNT,
    Order.CATEGORY,
    Order.PAYEE,
    Order.VOUCHER,
    Order.ATTACHMENTS,
    Order.STATE,
)
ATTACHMENTS_COLUMN = 7
