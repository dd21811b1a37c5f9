"""What a list's columns are, and what would become of each of its rows; nothing is booked before the last button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.domain.expense_lists import NEEDED, ListField, ListMapping
from jindu_desk.domain.money import yuan_text
from jindu_desk.errors.expense_lists import ListRowRefused
from jindu_desk.operations.expense_import import ImportPlan, JudgedRow, RowVerdict, line_texts
from jindu_desk.queries.expense_lists import kind_of
from jindu_desk.queries.expenses import ExpenseBook
from jindu_desk.reports.expenses.list_reading import ReadList
from jindu_desk.ui.fields import choice, line_edit
from jindu_desk.ui.screen_room import resize_within_screen
from jindu_desk.ui.tables import Column, RowsModel, rows_view
from jindu_desk.ui.theme.measures import BETWEEN, EDGE, GROUP, scaled_font
from jindu_desk.ui.theme.tokens import Kind

_FIELDS = {
    ListField.ON: "日期",
    ListField.SUMMARY: "摘要",
    ListField.AMOUNT: "金额（支出）",
    ListField.CREDIT: "退款、贷方金额",
    ListField.LINE: "预算科目",
    ListField.CATEGORY: "类别",
    ListField.PAYEE: "收款单位",
    ListField.VOUCHER: "凭证号",
    ListField.VOUCHER_ON: "凭证日期",
    ListField.PAPERS: "附件张数",
    ListField.METHOD: "支付方式",
    ListField.HANDLER: "经办人",
    ListField.WITNESS: "证明人",
    ListField.APPROVER: "审批人",
    ListField.NOTE: "备注",
}
_WORDS: dict[RowVerdict, tuple[str, Kind]] = {
    RowVerdict.BOOK: ("登记", "done"),
    RowVerdict.DUPLICATE: ("像是重复", "due"),
    RowVerdict.REFUSED: ("不能登记", "wrong"),
    RowVerdict.PASSED: ("跳过", "plain"),
}
_ORDER = (RowVerdict.REFUSED, RowVerdict.DUPLICATE, RowVerdict.BOOK, RowVerdict.PASSED)
_NONE = -1


@dataclass(frozen=True, slots=True)
class Tried:
    """A dry run, with what it was made of."""

    mapping: ListMapping
    with_duplicates: bool
    plan: ImportPlan

    @property
    def booked(self) -> tuple[JudgedRow, ...]:
        return self.plan.of(RowVerdict.BOOK)


_ROWS: tuple[Column[JudgedRow], ...] = (
    Column("行", lambda judged: str(judged.row.number), "right", key=lambda judged: judged.row.number),
    Column(
        "结果",
        lambda judged: _WORDS[judged.verdict][0],
        kind=lambda judged: _WORDS[judged.verdict][1],
        key=lambda judged: _ORDER.index(judged.verdict),
        width=6,
    ),
    Column("日期", lambda judged: judged.entry.on.isoformat() if judged.entry else "—", width=6),
    Column("摘要", lambda judged: judged.entry.summary if judged.entry else _cells(judged), width=10),
    Column(
        "金额（元）",
        lambda judged: yuan_text(judged.entry.amount_fen) if judged.entry else "—",
        "right",
        key=lambda judged: judged.entry.amount_fen if judged.entry else 0,
        width=6,
    ),
    Column(
        "说明",
        lambda judged: str(judged.why) if judged.why else "",
        tooltip=lambda judged: str(judged.why) if judged.why else "",
        width=-1,
    ),
)


def _cells(judged: JudgedRow) -> str:
    """The row as it stands in the list, shortened."""
    return "　".join(str(cell) for cell in judged.row.cells if cell not in (None, ""))[:40]


class ImportDialog(QDialog):
    """``try_wanted()``: the mapping changed; ``save_wanted()``: keep what would be left out. Accepted to book."""

    try_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, read: ReadList, mapping: ListMapping, book: ExpenseBook, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入财务清单")
        resize_within_screen(self, 1180, 640)
        self.read, self.year, self.unit_id, self._lines = read, book.year, book.unit_id, book.lines
        self.tried: Tried | None = None
        self._known = dict(mapping.lines)
        self.columns: dict[ListField, QComboBox] = {}
        self.lines: dict[str, QComboBox] = {}
        self.payee = line_edit(text=mapping.payee, placeholder="清单没有收款单位时填写")
        self.payee.setAccessibleName("没有写明的收款单位")
        self.payee.editingFinished.connect(self.try_wanted)
        self.duplicates = QCheckBox("像是重复的也登记")
        self.duplicates.toggled.connect(lambda _on: self.try_wanted.emit())
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self.model: RowsModel[JudgedRow] = RowsModel(_ROWS, self)
        self.table = rows_view(self.model, name="每一行会怎样", compact=True)
        self._whole = QLabel()
        self._whole.setWordWrap(True)
        self._save = QPushButton("另存未导入的行", autoDefault=False)
        self._go = QPushButton("", autoDefault=False)
        self._build(mapping)

    @property
    def with_duplicates(self) -> bool:
        return self.duplicates.isChecked()

    def mapping(self) -> ListMapping:
        """What is chosen."""
        columns = {field: box.currentData() for field, box in self.columns.items() if box.currentData() != _NONE}
        lines = dict(self._known)
        for text, box in self.lines.items():
            lines.pop(text, None)
            if box.currentData() is not None:
                lines[text] = box.currentData()
        return ListMapping(columns, lines, self.payee.text().strip())

    def show_tried(self, tried: Tried) -> None:
        """Show what would become of each row."""
        self.tried = tried
        plan = tried.plan
        self.model.show_rows(sorted(plan.rows, key=lambda judged: _ORDER.index(judged.verdict)))
        count = {verdict: len(plan.of(verdict)) for verdict in RowVerdict}
        self._say(
            f"将登记 {count[RowVerdict.BOOK]} 笔，共 {yuan_text(plan.total_fen)} 元；"
            f"像是重复 {count[RowVerdict.DUPLICATE]} 行，不能登记 {count[RowVerdict.REFUSED]} 行，"
            f"合计行 {count[RowVerdict.PASSED]} 行。登记后只能用冲销更正。",
            "muted",
        )
        self._go.setText(f"登记 {count[RowVerdict.BOOK]} 笔")
        self._go.setEnabled(count[RowVerdict.BOOK] > 0)
        self._save.setEnabled(bool(plan.left_out))

    def show_refusal(self, sentence: str) -> None:
        """The list cannot be tried like this."""
        self.tried = None
        self.model.show_rows(())
        self._say(sentence, "wrong")
        self._go.setText("登记")
        self._go.setEnabled(False)
        self._save.setEnabled(False)

    def say(self, sentence: str) -> None:
        self._say(sentence, "muted")

    @property
    def said(self) -> str:
        return self._summary.text()

    @property
    def go_button(self) -> QPushButton:
        return self._go

    def _say(self, sentence: str, role: str) -> None:
        self._summary.setText(sentence)
        self._summary.setProperty("role", role)
        self._summary.style().polish(self._summary)

    def _show_whole(self) -> None:
        """All that there is to say of the current row: in the table it is often cut."""
        index = self.table.selectionModel().currentIndex()
        judged = self.model.row(index) if index.isValid() else None
        self._whole.setVisible(judged is not None)
        if judged is not None:
            why = judged.why or f"登记为“{judged.entry.payee if judged.entry else ''}”的支出。"
            self._whole.setText(str(ListRowRefused(row=judged.row.number, reason=why)))

    def _build(self, mapping: ListMapping) -> None:
        head = QLabel(f"“{self.read.file}”　{len(self.read.rows)} 行　→　{self.year} 年预算")
        head.setFont(scaled_font(1.15, bold=True))
        area = self._choices(mapping)
        right = QVBoxLayout()
        right.setSpacing(GROUP)
        right.addWidget(self._summary)
        right.addWidget(self.table, 1)
        right.addWidget(self._whole)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_whole())
        self.model.modelReset.connect(self._show_whole)
        middle = QHBoxLayout()
        middle.setSpacing(BETWEEN)
        middle.addWidget(area)
        middle.addLayout(right, 1)
        back = QPushButton("取消", autoDefault=False)
        back.clicked.connect(self.reject)
        back.setDefault(True)
        self._save.clicked.connect(self.save_wanted)
        self._go.setProperty("role", "primary")
        self._go.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(GROUP)
        buttons.addWidget(self.duplicates)
        buttons.addWidget(self._save)
        buttons.addStretch(1)
        buttons.addWidget(back)
        buttons.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, BETWEEN, EDGE, BETWEEN)
        column.setSpacing(GROUP + 4)
        column.addWidget(head)
        column.addLayout(middle, 1)
        column.addLayout(buttons)
        self._go.setEnabled(False)
        self._save.setEnabled(False)

    def _choices(self, mapping: ListMapping) -> QScrollArea:
        """Which column gives what; what stands for it where there is none."""
        left = QWidget()
        self._form = QFormLayout(left)
        self._form.setSpacing(GROUP)
        options: list[tuple[str, object]] = [("（没有）", _NONE)]
        options += [(f"{n + 1} {text or '（空）'}", n) for n, text in enumerate(self.read.headings)]
        for field, word in _FIELDS.items():
            box = choice(options, chosen=mapping.columns.get(field, _NONE))
            box.setAccessibleName(f"{word}在哪一列")
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.columns[field] = box
            self._form.addRow(f"{word} *" if field in NEEDED else word, box)
            box.currentIndexChanged.connect(lambda _index, field=field: self._column_changed(field))
        self._form.addRow("收款单位缺省", self.payee)
        self._line_title = QLabel("科目对应")
        self._line_title.setFont(scaled_font(1.0, bold=True))
        self._form.addRow(self._line_title)
        self._show_line_choices()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(left)
        area.setAccessibleName("列和科目的对应")
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * 21)
        return area

    def _column_changed(self, field: ListField) -> None:
        if field is ListField.LINE:
            self._known = dict(self.mapping().lines)
            self._show_line_choices()
        self.try_wanted.emit()

    def _show_line_choices(self) -> None:
        """One choice for each name that the list gives a budget line."""
        for box in self.lines.values():
            self._form.removeRow(box)
        self.lines = {}
        options: list[tuple[str, object]] = [("（选择）", None)]
        options += [(line.name, kind_of(line)) for line in self._lines]
        for text in line_texts(self.read, self.mapping())[:60]:
            box = choice(options)
            wanted = self._known.get(text)
            places = [n for n in range(1, box.count()) if box.itemData(n) == wanted]
            box.setCurrentIndex(places[0] if places else 0)
            box.setAccessibleName(f"“{text or '没有写科目的行'}”记入哪个预算科目")
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(lambda _index: self.try_wanted.emit())
            self.lines[text] = box
            self._form.addRow((text or "全部（没有写科目）")[:12], box)
