"""The form for a new entry, filled from top to bottom by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from jindu_desk.domain.expense_categories import Catalogue, PayeeRule
from jindu_desk.domain.expenses import PayeeKind, PaymentMethod
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.money import parse_fen, yuan_text
from jindu_desk.errors.entry import IdNumberInText, NotACount, NotADate, NotMoney, PhoneNumberInText, TextMissing
from jindu_desk.operations.expenses import ExpenseDraft
from jindu_desk.queries.expenses import BudgetLineRow
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.expenses.evidence import EvidenceToBe
from jindu_desk.ui.expenses.row_drop import files_of
from jindu_desk.ui.fields import Field, choice, line_edit
from jindu_desk.ui.side_panel import PanelForm

_PAYEE_KINDS = (("单位", PayeeKind.UNIT), ("凭证编号", PayeeKind.CODED_RECEIPT))


class EntryForm(PanelForm):
    """``edited()`` at every change by hand, for keeping the draft."""

    edited = Signal()

    def __init__(self, lines: Sequence[BudgetLineRow], on: date, catalogue: Catalogue, *, line_id: str = "") -> None:
        super().__init__("登记支出")
        self._catalogue = catalogue
        self._lines = {line.id: line for line in lines}
        options = [(f"{line.name}　余 {yuan_text(line.balance.left_fen)}", line.id) for line in lines]
        self.line = self.add("line_id", "预算科目", choice(options, chosen=line_id or None), required=True, span=2)
        self.on = self.add("on", "日期", DateField(on, year=on.year), required=True)
        self.amount = self.add("amount_fen", "金额（元）", line_edit(limit=20, placeholder="1280.50"), required=True)
        self.summary = self.add("summary", "摘要", line_edit(), required=True, span=2)
        categories = [(category.name, category.code) for category in self._catalogue.categories]
        self.category = self.add("category", "类别", choice(categories), required=True)
        self.payee_kind = self.add("payee_kind", "收款方写明", choice(_PAYEE_KINDS))
        self.payee = self.add("payee", "收款单位", line_edit(), required=True, span=2)
        self.voucher = self.add("voucher_number", "凭证号", line_edit(limit=40, placeholder="记-0012"))
        self.voucher_on = self.add("voucher_on", "凭证日期", DateField(year=on.year))
        self.papers = self.add("papers", "附件张数", line_edit(limit=4, placeholder="0"))
        methods = [(name, method) for method, name in self._catalogue.methods]
        self.method = self.add("payment_method", "支付方式", choice(methods))
        department, government = self._catalogue.department, self._catalogue.government
        self.department = self.add("class_department", "部门经济分类", _codes(department))
        self.government = self.add("class_government", "政府经济分类", _codes(government))
        self.handler = self.add("handler", "经办人", line_edit(limit=60))
        self.witness = self.add("witness", "证明人", line_edit(limit=60))
        self.approver = self.add("approver", "审批人", line_edit(limit=60))
        self.note = self.add("note", "备注", line_edit())
        self.evidence = EvidenceToBe()
        self.evidence.changed.connect(self._note_edit)
        self.form.add_widget(self.evidence, span=2)
        self.setAcceptDrops(True)
        self._connect()
        self._line_changed()
        self.is_dirty = False

    def draft(self) -> ExpenseDraft:
        """What is typed. Raises `TextMissing`, `NotMoney`, `NotADate`, `NotACount` after marking the field."""
        on = self.on.editor.value()
        if on is None:
            raise TextMissing(field="on")
        amount = self.amount.text()
        if not amount.strip():
            raise TextMissing(field="amount_fen")
        return ExpenseDraft(
            line_id=str(self.line.editor.currentData() or ""),
            on=on,
            category=str(self.category.editor.currentData()),
            summary=self.summary.text(),
            amount_fen=parse_fen(amount),
            payee=self.payee.text(),
            payee_kind=self._kind(),
            class_department=_code(self.department.text()),
            class_government=_code(self.government.text()),
            voucher_number=self.voucher.text(),
            voucher_on=self.voucher_on.editor.value(),
            papers=_count(self.papers.text()),
            payment_method=PaymentMethod(self.method.editor.currentData()),
            handler=self.handler.text(),
            witness=self.witness.text(),
            approver=self.approver.text(),
            note=self.note.text(),
        )

    def show_failure(self, error: Exception) -> None:
        """Errors of reading a value name no field: they belong to the field they were read from."""
        match error:
            case NotMoney():
                self.amount.show_error(str(error))
                self.amount.editor.setFocus()
            case NotACount():
                self.papers.show_error(str(error))
                self.papers.editor.setFocus()
            case NotADate():
                field = self.on if _is_no_date(self.on.editor) else self.voucher_on
                field.show_error(str(error))
                field.editor.setFocus()
            case _:
                super().show_failure(error)

    def next_entry(self) -> None:
        """Ready for the next one: date, line, people and method stay, because they mostly repeat."""
        for field in (self.amount, self.summary, self.payee, self.voucher, self.papers, self.note):
            field.editor.clear()
        self.voucher_on.editor.set_value(None)
        self.evidence.take([])
        self.clear_failures()
        self.is_dirty = False
        self.amount.editor.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files dropped anywhere on the form are its evidence."""
        event.acceptProposedAction()
        self.evidence.add(files_of(event))

    def texts(self) -> dict[str, Field[QLineEdit]]:
        """The fields of one line of text, by the names under which an unfinished entry keeps them."""
        return {
            "summary": self.summary,
            "amount": self.amount,
            "payee": self.payee,
            "voucher_number": self.voucher,
            "papers": self.papers,
            "handler": self.handler,
            "witness": self.witness,
            "approver": self.approver,
            "note": self.note,
        }

    def show_lines(self, lines: Sequence[BudgetLineRow]) -> None:
        """The balances changed: show them, keep what is chosen."""
        self._lines = {line.id: line for line in lines}
        box, chosen = self.line.editor, self.line.editor.currentData()
        box.blockSignals(True)
        box.clear()
        for line in lines:
            box.addItem(f"{line.name}　余 {yuan_text(line.balance.left_fen)}", line.id)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        box.blockSignals(False)
        self._show_left()

    def _connect(self) -> None:
        self.line.editor.currentIndexChanged.connect(lambda _index: self._line_changed())
        self.category.editor.currentIndexChanged.connect(lambda _index: self._category_changed())
        self.payee_kind.editor.currentIndexChanged.connect(lambda _index: self._kind_changed())
        self.amount.editor.textChanged.connect(lambda _text: self._show_left())
        self.amount.editor.editingFinished.connect(self._tidy_amount)
        for name, field in self.texts().items():
            field.editor.textEdited.connect(partial(_judge, field, name))
            field.editor.textEdited.connect(lambda _text: self._note_edit())

    def _note_edit(self) -> None:
        self.is_dirty = True
        self.edited.emit()

    def _line_changed(self) -> None:
        line = self._line()
        if line is not None:
            self.category.editor.setCurrentIndex(self.category.editor.findData(line.category))
        self.category.editor.setEnabled(line is None or not line.restricted)
        self.category.show_hint("专款，只能用于这一类别" if line is not None and line.restricted else "")
        self._category_changed()
        self._show_left()

    def _category_changed(self) -> None:
        """A category brings its classification and says who may be named."""
        category = self._catalogue.category(str(self.category.editor.currentData()))
        for field, code in ((self.department, category.department), (self.government, category.government)):
            field.editor.setCurrentIndex(max(field.editor.findData(code), 0))
        box = self.payee_kind.editor
        if category.payee is not PayeeRule.EITHER:
            wanted = PayeeKind.UNIT if category.payee is PayeeRule.UNIT else PayeeKind.CODED_RECEIPT
            box.setCurrentIndex(box.findData(wanted))
        box.setEnabled(category.payee is PayeeRule.EITHER)
        self._kind_changed()

    def _kind_changed(self) -> None:
        coded = self._kind() is PayeeKind.CODED_RECEIPT
        word = "领款凭证编号" if coded else "收款单位"
        self.payee.label.setText(f"{word} *")
        self.payee.editor.setAccessibleName(word)
        self.payee.editor.setPlaceholderText("JL-2026-003" if coded else "单位全称")
        self.payee.show_hint("只写编号，不写领款人姓名" if coded else "")

    def _show_left(self) -> None:
        line = self._line()
        if line is None:
            return
        left = line.balance.left_fen
        try:
            after = left - parse_fen(self.amount.text())
        except NotMoney:
            self.amount.show_hint(f"本科目余额 {yuan_text(left)}")
            return
        self.amount.show_hint(f"登记后余 {yuan_text(after)}" if after >= 0 else f"超出余额 {yuan_text(-after)}")

    def _tidy_amount(self) -> None:
        try:
            self.amount.editor.setText(yuan_text(parse_fen(self.amount.text())))
        except NotMoney:
            return  # stays as typed; saving tells

    def _line(self) -> BudgetLineRow | None:
        return self._lines.get(str(self.line.editor.currentData() or ""))

    def _kind(self) -> PayeeKind:
        return PayeeKind(self.payee_kind.editor.currentData())


def _judge(field: Field[QLineEdit], name: str, text: str) -> None:
    """Tell of a number that may not be kept as long as it stands there."""
    try:
        clean_text(text, name)
    except (IdNumberInText, PhoneNumberInText) as error:
        field.show_error(str(error))


def _codes(names: Mapping[str, str]) -> QComboBox:
    """Choose a classification by code or name, or type another code."""
    box = choice([(f"{code} {name}", code) for code, name in names.items()])
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    return box


def _code(text: str) -> str:
    return text.strip().partition(" ")[0]


def _count(text: str) -> int:
    if text.strip() and not (text.strip().isascii() and text.strip().isdigit()):
        raise NotACount(text=text)
    return int(text.strip() or 0)


def _is_no_date(editor: DateField) -> bool:
    try:
        editor.value()
    except NotADate:
        return True
    return False
