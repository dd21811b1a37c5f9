"""Files beside a record: listed, opened, added by button or by dropping them, taken off."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.queries.attachments import AttachmentRow
from jindu_desk.ui.theme.icons import put_icon
from jindu_desk.ui.theme.measures import GROUP, row_height

_ROW = Qt.ItemDataRole.UserRole


class AttachmentList(QWidget):
    """``added(list[Path])``, ``opened(AttachmentRow)`` and ``removed(AttachmentRow)`` are what the user wants done."""

    added = Signal(list)
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, *, why_closed: str = "", folder: str = "", parent: QWidget | None = None) -> None:
        """``why_closed``: the sentence why nothing can be added or taken off, shown instead of the hint."""
        super().__init__(parent)
        self._why_closed, self._folder = why_closed, folder
        self.setAcceptDrops(not why_closed)
        label = QLabel("附件")
        label.setProperty("role", "muted")
        self._list = QListWidget()
        self._list.setAccessibleName("附件")
        self._list.itemActivated.connect(lambda item: self.opened.emit(item.data(_ROW)))
        self._list.currentRowChanged.connect(lambda _row: self._update_buttons())
        label.setBuddy(self._list)
        self._hint = QLabel()
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self._add = self._button("添加附件", "paperclip", self._choose)
        self._open = self._button("打开", "external-link", self._open_current)
        self._remove = self._button("移除", "trash-2", self._remove_current)
        buttons = QHBoxLayout()
        buttons.setSpacing(GROUP)
        for button in (self._add, self._open, self._remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP // 2)
        column.addWidget(label)
        column.addWidget(self._list)
        column.addWidget(self._hint)
        column.addLayout(buttons)
        self.show_rows(())

    def show_rows(self, rows: Sequence[AttachmentRow]) -> None:
        self._list.clear()
        for row in rows:
            item = QListWidgetItem(f"{row.name}（{size_text(row.size)}）", self._list)
            item.setData(_ROW, row)
            item.setToolTip(f"添加于 {row.added_at:%Y-%m-%d %H:%M}")
        shown = min(max(len(rows), 1), 4)
        self._list.setFixedHeight(row_height(self._list, compact=True) * shown + 8)
        self._list.setVisible(bool(rows))
        self._hint.setText(self._why_closed or "把文件拖到这里，或点“添加附件”。")
        if rows:
            self._list.setCurrentRow(0)
        self._update_buttons()

    def say(self, sentence: str) -> None:
        """A sentence instead of the hint, until rows are shown again; "" changes nothing."""
        if sentence:
            self._hint.setText(sentence)

    @property
    def names(self) -> tuple[str, ...]:
        """The files on view."""
        return tuple(self._list.item(number).data(_ROW).name for number in range(self._list.count()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := _files(event):
            event.acceptProposedAction()
            self.added.emit(files)

    def _button(self, label: str, icon: str, wanted: Callable[[], None]) -> QPushButton:
        button = QPushButton(label)
        button.setAutoDefault(False)
        button.setAccessibleName(f"{label}" if "附件" in label else f"{label}附件")
        put_icon(button, icon)
        button.clicked.connect(wanted)
        return button

    def _update_buttons(self) -> None:
        chosen = self._list.currentItem() is not None
        self._add.setEnabled(not self._why_closed)
        self._open.setEnabled(chosen)
        self._remove.setEnabled(chosen and not self._why_closed)

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "添加附件", self._folder)
        if names:
            self.added.emit([Path(name) for name in names])

    def _open_current(self) -> None:
        if (item := self._list.currentItem()) is not None:
            self.opened.emit(item.data(_ROW))

    def _remove_current(self) -> None:
        if (item := self._list.currentItem()) is not None:
            self.removed.emit(item.data(_ROW))


def size_text(size: int) -> str:
    """1,536 bytes → 2 KB; 5,400,000 → 5.1 MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def fresh_folder() -> Path:
    """A private folder for copies that other programs open; the kept bytes themselves are never handed out."""
    return Path(tempfile.mkdtemp(prefix="jindu-desk-"))


def open_outside(path: Path) -> bool:
    """Open a file with the program this PC uses for it; False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
