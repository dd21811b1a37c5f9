"""One entry with its papers, and the two forms that may follow it: its voucher, its reversal."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel

from jindu_desk.domain.money import yuan_text
from jindu_desk.errors.entry import NotACount, NotADate
from jindu_desk.queries.expenses import ExpenseRow
from jindu_desk.ui.attachment_list import AttachmentList
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.expenses.columns import entry_state, payee_text
from jindu_desk.ui.expenses.reversing_form import ReversingForm
from jindu_desk.ui.fields import line_edit
from jindu_desk.ui.side_panel import PanelContent, PanelForm, facts_table

LOCKED = "这个月已上报或结账，附件不能再改。"


class EntryPanel(PanelContent):
    """What was booked, as it stands in the book. ``attachments`` is the list beside it."""

    def __init__(self, row: ExpenseRow, *, folder: str = "", why_read_only: str = "") -> None:
        super().__init__(f"第 {row.number} 号支出")
        self.row = row
        self.column.addLayout(facts_table(_facts(row)))
        self.attachments = AttachmentList(why_closed=LOCKED if row.locked else why_read_only, folder=folder)
        self.column.addWidget(self.attachments)
        self.column.addStretch(1)


def _facts(row: ExpenseRow) -> list[tuple[str, str]]:
    """Label and text; what is empty is left out."""
    voucher = "　".join(
        part for part in (row.voucher_number, row.voucher_on.isoformat() if row.voucher_on else "") if part
    )
    facts = [
        ("状态", entry_state(row)),
        ("日期", row.on.isoformat()),
        ("金额", f"{yuan_text(row.amount_fen)} 元"),
        ("摘要", row.summary),
        ("预算科目", row.line_name),
        ("类别", row.category_name),
        ("收款方", payee_text(row)),
        ("部门分类", f"{row.class_department} {row.department_name}".strip()),
        ("政府分类", f"{row.class_government} {row.government_name}".strip()),
        ("凭证", voucher or "还没有登记凭证号"),
        ("附件张数", str(row.papers)),
        ("支付方式", row.method_name),
        ("经办人", row.handler),
        ("证明人", row.witness),
        ("审批人", row.approver),
        ("备注", row.note),
    ]
    return [(label, text) for label, text in facts if text]


class VoucherForm(PanelForm):
    """The finance office's voucher of an entry."""

    def __init__(self, row: ExpenseRow) -> None:
        super().__init__(f"第 {row.number} 号的凭证")
        self.row = row
        self.number = self.add(
            "voucher_number", "凭证号", line_edit(limit=40, placeholder="记-0012", text=row.voucher_number)
        )
        self.on = self.add("voucher_on", "凭证日期", DateField(row.voucher_on, year=row.on.year))
        self.papers = self.add("papers", "附件张数", line_edit(limit=4, text=str(row.papers)))

    def values(self) -> tuple[str, date | None, int]:
        """Number, date and count of papers. Raises `NotADate`, `NotACount`."""
        papers = self.papers.text().strip()
        if papers and not (papers.isascii() and papers.isdigit()):
            raise NotACount(text=papers)
        return self.number.text(), self.on.editor.value(), int(papers or 0)

    def show_failure(self, error: Exception) -> None:
        match error:
            case NotACount():
                self.papers.show_error(str(error))
            case NotADate():
                self.on.show_error(str(error))
            case _:
                super().show_failure(error)


class ReversalForm(ReversingForm):
    """Says plainly what a reversal does before it is booked."""

    def __init__(self, row: ExpenseRow, on: date) -> None:
        super().__init__(f"冲销第 {row.number} 号")
        self.row = row
        told = QLabel(
            f"将在“{row.line_name}”登记一笔 {yuan_text(-row.amount_fen)} 元，"
            f"冲销 {row.on.isoformat()} 的“{row.summary}”（{yuan_text(row.amount_fen)} 元）。"
            "原记录保留，两笔互相注明；冲销不能撤回，需要时另登记一笔。"
        )
        told.setWordWrap(True)
        self.form.add_widget(told, span=2)
        self.ask_day_and_reason(on, year=row.on.year, example="例如：金额写错", span=2)
