"""A list of findings: what is wrong or needs a look, each line leading to its place. It can be folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from jindu_desk.ui.chips import SIGN, StateChip
from jindu_desk.ui.theme.icons import icon, put_icon
from jindu_desk.ui.theme.measures import GROUP, row_height, scaled_font
from jindu_desk.ui.theme.tokens import Kind, tokens_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: a sentence, how bad it is, and where it leads (whatever the page understands)."""

    sentence: str
    kind: Kind
    place: Any = None
    detail: str = ""


class FindingsList(QWidget):
    """``chosen(place)`` when a line is clicked or Enter is pressed on it."""

    chosen = Signal(object)

    def __init__(self, title: str, *, none_text: str = "没有发现问题", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._none_text = none_text
        self._fold = QToolButton()
        self._fold.setCheckable(True)
        self._fold.setChecked(True)
        self._fold.setProperty("role", "quiet")
        self._fold.setAccessibleName(f"展开或收起：{title}")
        self._fold.setToolTip("展开或收起")
        put_icon(self._fold, "chevron-down")
        self._fold.toggled.connect(self._show_folded)
        head = QLabel(title)
        head.setFont(scaled_font(1.0, bold=True))
        self._sum = StateChip(none_text, "done")
        self._list = QListWidget()
        self._list.setAccessibleName(title)
        self._list.setWordWrap(True)
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)
        top = QHBoxLayout()
        top.setSpacing(GROUP)
        top.addWidget(self._fold)
        top.addWidget(head)
        top.addWidget(self._sum)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._list)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these, keeping the line that is current if it is still there."""
        kept = self._list.currentItem().text() if self._list.currentRow() >= 0 else None
        self._list.clear()
        tokens = tokens_of(self)
        for finding in findings:
            item = QListWidgetItem(finding.sentence, self._list)
            item.setIcon(icon(SIGN[finding.kind], tokens.of(finding.kind).name(), 16))
            item.setData(Qt.ItemDataRole.UserRole, finding.place)
            item.setToolTip(finding.detail or finding.sentence)
            item.setSizeHint(QSize(0, row_height(self, compact=True)))
            if finding.sentence == kept:
                self._list.setCurrentItem(item)
        wrong = sum(finding.kind == "wrong" for finding in findings)
        if not findings:
            self._sum.show_state(self._none_text, "done")
        elif wrong:
            others = len(findings) - wrong
            self._sum.show_state(f"必须改正 {wrong}" + (f" · 需核实 {others}" if others else ""), "wrong")
        else:
            self._sum.show_state(f"需核实 {len(findings)}", "due")
        self._show_folded(self._fold.isChecked())

    @property
    def count(self) -> int:
        return self._list.count()

    def _show_folded(self, is_open: bool) -> None:
        self._list.setVisible(is_open and self._list.count() > 0)
        put_icon(self._fold, "chevron-down" if is_open else "chevron-right")

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
