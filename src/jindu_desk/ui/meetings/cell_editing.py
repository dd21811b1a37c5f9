"""Typing and pasting in the attendance table: what Enter does, and a column of cells pasted into the rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of pasted cells: rows and cells taken, refused (row, sentence), and rows there was no room for."""

    rows: int = 0
    cells: int = 0
    refused: tuple[tuple[int, str], ...] = ()
    left_over: int = 0

    @property
    def sentence(self) -> str:
        if not self.cells and not self.refused and not self.left_over:
            return "剪贴板里没有可以粘贴的文字。"
        parts = [f"已粘贴 {self.rows} 行" + (f"、{self.cells} 格" if self.cells != self.rows else "")]
        if self.left_over:
            parts.append(f"名单的行不够，还有 {self.left_over} 行没有粘贴，请先添加参会人员")
        if self.refused:
            row, why = self.refused[0]
            parts.append(f"{len(self.refused)} 格没有粘贴，如第 {row} 行：{why}")
        return "；".join(part.rstrip("。") for part in parts) + "。"

    @property
    def complete(self) -> bool:
        return bool(self.cells) and not self.refused and not self.left_over


def clipboard_cells() -> list[list[str]]:
    """Rows of cells on the clipboard. An empty row between others stays, so that the rows below keep their places."""
    lines = re.split(r"\r\n|\r|\n", QGuiApplication.clipboard().text())
    while lines and not lines[-1].strip():
        lines.pop()
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


class CellDelegate(QStyledItemDelegate):
    """Several cells pasted while one is being typed go into the table: ``block_pasted(editor)``."""

    block_pasted = Signal(QLineEdit)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(editor, QLineEdit)
            and event.matches(QKeySequence.StandardKey.Paste)
        ):
            cells = clipboard_cells()
            if len(cells) > 1 or any(len(row) > 1 for row in cells):
                self.block_pasted.emit(editor)
                return True
        return super().eventFilter(editor, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """The editor covers the whole cell; inside the cell's padding it would be a frame within a frame."""
        editor.setGeometry(option.rect)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # The selection's ground shows the current cell; the style's own focus line would be a second frame.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)
