"""Forms of the budget: a line, and an adjustment of a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLabel

from jindu_desk.domain.expense_categories import Catalogue
from jindu_desk.domain.expenses import FundSource
from jindu_desk.domain.money import parse_fen, yuan_text
from jindu_desk.errors.entry import NotADate, NotMoney, TextMissing
from jindu_desk.operations.budget import BudgetLineDraft
from jindu_desk.queries.expenses import AdjustmentRow, BudgetLineRow
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.fields import choice, line_edit, text_edit
from jindu_desk.ui.side_panel import PanelForm, facts_table


class LineForm(PanelForm):
    """A new budget line of ``year``, or the correction of ``line`` while nothing is booked on it."""

    def __init__(self, year: int, catalogue: Catalogue, line: BudgetLineRow | None = None) -> None:
        super().__init__(f"修改预算科目（{year} 年）" if line else f"新建预算科目（{year} 年）")
        self._year = year
        self.line = line
        self._restricts = {source.code: source.restricted for source in catalogue.sources}
        categories = [(category.name, category.code) for category in catalogue.categories]
        sources = [(source.name, source.code) for source in catalogue.sources]
        self.category = self.add("category", "类别", choice(categories), required=True)
        self.source = self.add("fund_source", "资金来源", choice(sources), required=True)
        self.initial = self.add(
            "initial_fen", "年初预算（元）", line_edit(limit=20, placeholder="50000.00"), required=True, span=2
        )
        self.restricted = QCheckBox("专款专用：只能用于这一类别")
        self.form.add_widget(self.restricted, span=2)
        self.note = self.add("note", "备注", line_edit(limit=40), hint="同一类别和来源有两笔预算时，用备注区分", span=2)
        if line is not None:
            self.category.editor.setCurrentIndex(self.category.editor.findData(line.category))
            self.source.editor.setCurrentIndex(self.source.editor.findData(line.fund_source))
            self.initial.editor.setText(yuan_text(line.balance.initial_fen))
            self.restricted.setChecked(line.restricted)
            self.note.editor.setText(line.note)
        self.source.editor.currentIndexChanged.connect(lambda _index: self._source_changed())

    def draft(self) -> BudgetLineDraft:
        """What is typed. Raises `TextMissing`, `NotMoney`."""
        if not self.initial.text().strip():
            raise TextMissing(field="initial_fen")
        return BudgetLineDraft(
            year=self._year,
            category=str(self.category.editor.currentData()),
            fund_source=FundSource(self.source.editor.currentData()),
            initial_fen=parse_fen(self.initial.text()),
            restricted=self.restricted.isChecked(),
            note=self.note.text(),
        )

    def show_failure(self, error: Exception) -> None:
        if isinstance(error, NotMoney):
            self.initial.show_error(str(error))
            self.initial.editor.setFocus()
            return
        super().show_failure(error)

    def _source_changed(self) -> None:
        self.restricted.setChecked(self._restricts[FundSource(self.source.editor.currentData())])


@dataclass(frozen=True, slots=True)
class AdjustmentDraft:
    """An adjustment as typed; ``amount_fen`` is negative for a cut."""

    line_id: str
    on: date
    amount_fen: int
    reason: str
    approval: str


class AdjustmentForm(PanelForm):
    """An adjustment of ``line``; the budget after it is shown while typing, what was adjusted before stands below."""

    def __init__(self, line: BudgetLineRow, on: date, earlier: Sequence[AdjustmentRow] = ()) -> None:
        super().__init__("预算调整")
        self.line = line
        head = QLabel(
            f"{line.name}\n现预算 {yuan_text(line.balance.adjusted_fen)}，余额 {yuan_text(line.balance.left_fen)} 元"
        )
        head.setWordWrap(True)
        self.form.add_widget(head, span=2)
        self.amount = self.add(
            "amount_fen", "调整金额（元）", line_edit(limit=20, placeholder="5000 或 -5000"), required=True
        )
        self.on = self.add("on", "日期", DateField(on, year=on.year), required=True)
        self.approval = self.add("approval", "批准依据", line_edit(placeholder="文号或会议"), required=True, span=2)
        self.reason = self.add("reason", "理由", text_edit(lines=3), required=True, span=2)
        if earlier:
            told = QLabel("已登记的调整")
            told.setProperty("role", "muted")
            self.column.insertWidget(self.column.count() - 1, told)
            table = facts_table(
                [(row.on.isoformat(), f"{_signed(row.amount_fen)}　{row.approval}　{row.reason}") for row in earlier]
            )
            self.column.insertLayout(self.column.count() - 1, table)
        self.amount.editor.textChanged.connect(lambda _text: self._show_after())
        self._show_after()

    def draft(self) -> AdjustmentDraft:
        """What is typed. Raises `TextMissing`, `NotMoney`, `NotADate`."""
        on = self.on.editor.value()
        if on is None:
            raise TextMissing(field="on")
        if not self.amount.text().strip():
            raise TextMissing(field="amount_fen")
        amount = parse_fen(self.amount.text())
        return AdjustmentDraft(self.line.id, on, amount, self.reason.text(), self.approval.text())

    def show_failure(self, error: Exception) -> None:
        match error:
            case NotMoney():
                self.amount.show_error(str(error))
                self.amount.editor.setFocus()
            case NotADate():
                self.on.show_error(str(error))
                self.on.editor.setFocus()
            case _:
                super().show_failure(error)

    def _show_after(self) -> None:
        try:
            amount = parse_fen(self.amount.text())
        except NotMoney:
            self.amount.show_hint("追加填正数，调减填负数")
            return
        self.amount.show_hint(f"调整后预算 {yuan_text(self.line.balance.adjusted_fen + amount)}")


def _signed(fen: int) -> str:
    return f"+{yuan_text(fen)}" if fen > 0 else yuan_text(fen)
