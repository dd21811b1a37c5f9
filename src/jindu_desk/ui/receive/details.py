"""One file or package in the side panel: what is said of it, and what a person can do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QListWidget, QPlainTextEdit, QSizePolicy

from jindu_desk.domain.exchange import Verdict
from jindu_desk.errors import DeskError
from jindu_desk.queries.exchange import PackageDifferences, ReceivedRow
from jindu_desk.queries.exchange_compare import CellDifference
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.fields import Field, text_edit
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.receive.words import verdict_words
from jindu_desk.ui.side_panel import PanelContent
from jindu_desk.ui.tables import Column, RowsModel, rows_view
from jindu_desk.ui.theme.measures import BETWEEN, scaled_font

_STATES = {"": "（无）", "not_applicable": "无此情况", "unknown": "未掌握"}

DIFFERENCE_COLUMNS: tuple[Column[CellDifference], ...] = (
    Column("村（社区）", lambda row: row.unit_name, tooltip=lambda row: row.unit_name, width=6),
    Column("指标", lambda row: row.name, tooltip=lambda row: row.item, width=-1),
    Column("原来", lambda row: _STATES.get(row.before, row.before), align="right", width=4),
    Column("更正为", lambda row: _STATES.get(row.after, row.after), align="right", width=5),
)


class Details(PanelContent):
    """The facts of a row. ``show_differences`` and ``show_rivals`` add what a decision rests on."""

    def __init__(self, row: FileRow, actions: Sequence[Action]) -> None:
        super().__init__(row.from_unit or row.file_name)
        self.row = row
        self.actions_shown = (*actions, Action("关闭", self.closing.emit))
        word, kind = verdict_words(row)
        self.column.addWidget(StateChip(word, kind))
        self._explanation = _wrapped(row.explanation)
        self._explanation.setAccessibleName("说明")
        self.column.addWidget(self._explanation)
        self._reason_field: Field[QPlainTextEdit] | None = None
        if row.verdict is Verdict.FORK:
            hint = "例如：已与对方电话核对，以这一份为准。"
            self._reason_field = Field("认定理由", text_edit(lines=2), hint=hint, required=True)
            self.column.addWidget(self._reason_field)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(BETWEEN)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        for name, value in (
            ("文件", row.file_name),
            ("月份", row.period),
            ("编号", f"第 {row.number} 号" if row.number else ""),
            ("版次", f"更正第 {row.revision} 版" if (row.revision or 1) > 1 else ""),
            ("收到", row.received_at),
            ("认定理由", row.decided_reason),
            ("密钥指纹", _grouped(row.fingerprint)),
        ):
            if value:
                self._add_fact(name, value)
        self.column.addLayout(self._facts)
        if row.faults:
            self._add_faults(row.faults)
        self.column.addStretch(1)

    @property
    def reason_text(self) -> str:
        return self._reason_field.text() if self._reason_field is not None else ""

    def show_failure(self, error: Exception) -> None:
        if self._reason_field is not None and isinstance(error, DeskError):
            self._reason_field.show_error(str(error))

    def show_differences(self, found: PackageDifferences) -> None:
        """The cells that the revision changes."""
        title = QLabel(f"台账改动 {len(found.cells)} 格" if found.cells else "台账没有改动")
        title.setFont(scaled_font(1.0, bold=True))
        model = RowsModel(DIFFERENCE_COLUMNS, self)
        model.show_rows(found.cells)
        view = rows_view(model, name="更正前后的差异", sortable=False, compact=True)
        view.setFixedHeight((min(8, len(found.cells)) + 1) * view.verticalHeader().defaultSectionSize() + 8)
        view.setVisible(bool(found.cells))
        self.column.insertWidget(2, title)
        self.column.insertWidget(3, view)

    def show_rivals(self, found: Sequence[ReceivedRow]) -> None:
        """The packages under the same number."""
        lines = [
            f"{'● 现在采用' if row.counted else '○ 未采用'}　{row.period}　{row.received_at:%m-%d %H:%M}"
            for row in found
        ]
        box = QListWidget()
        box.setAccessibleName("同一编号的数据包")
        box.addItems(lines)
        box.setFixedHeight(min(5, len(lines)) * (box.fontMetrics().height() + 8) + 8)
        self.column.insertWidget(2, _wrapped("同一编号收到的数据包："))
        self.column.insertWidget(3, box)

    def _add_fact(self, name: str, value: str) -> None:
        title = QLabel(name)
        title.setProperty("role", "muted")
        row = self._facts.rowCount()
        self._facts.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        text = _wrapped(value)
        text.setAccessibleName(name)
        self._facts.addWidget(text, row, 1)

    def _add_faults(self, faults: Sequence[str]) -> None:
        judged = "不符合审核规则" if self.row.counted else "不合规定"
        title = QLabel(f"内容有 {len(faults)} 处{judged}")
        title.setFont(scaled_font(1.0, bold=True))
        box = QListWidget()
        box.setAccessibleName("内容问题清单")
        box.setWordWrap(True)
        box.addItems(list(faults))
        box.setMinimumHeight(200)
        self.column.addWidget(title)
        self.column.addWidget(box, 1)


def _grouped(fingerprint: str) -> str:
    plain = fingerprint.removeprefix("SHA256:")
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def _wrapped(text: str) -> QLabel:
    """Text that can be copied."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
    return label
