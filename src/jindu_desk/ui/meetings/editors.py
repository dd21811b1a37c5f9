"""Editors of the meeting form: text that is never taken with an ID or phone number, times, growing texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from math import ceil

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from jindu_desk.domain.free_text import SHORT_TEXT, clean_text, keepable
from jindu_desk.errors import DeskError
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.theme.measures import row_height

_TIME = re.compile(r"(\d{1,2})[:：.点时](\d{1,2})?分?|(\d{1,2})(\d{2})")
_FRAME = 11  # around a text: border, padding, and a pixel so that its last line is never scrolled


class CleanField(Field[QWidget]):
    """A labelled text. `value` is what may be kept of it; ``edited()`` after every keystroke.

    What may not be kept (an ID or phone number, too long) is told below the editor as long as it stands there; in
    `value` the number is masked, so that not a word around it is lost.
    """

    edited = Signal()

    def __init__(
        self,
        label: str,
        editor: QLineEdit | QPlainTextEdit | QComboBox,
        name: str,
        *,
        limit: int = SHORT_TEXT,
        hint: str = "",
        required: bool = False,
    ) -> None:
        super().__init__(label, editor, hint=hint, required=required)
        self._name, self._limit, self._kept = name, limit, ""
        if isinstance(editor, QLineEdit):
            editor.textChanged.connect(self._take)
        elif isinstance(editor, QComboBox):
            editor.editTextChanged.connect(self._take)
        else:
            editor.textChanged.connect(self._take)

    def value(self) -> str:
        return self._kept

    def set_value(self, text: str) -> None:
        """Show ``text`` without telling that it was edited."""
        with QSignalBlocker(self.editor):
            if isinstance(self.editor, QLineEdit):
                self.editor.setText(text)
                self.editor.setCursorPosition(0)
            elif isinstance(self.editor, QComboBox):
                self.editor.setEditText(text)
            elif isinstance(self.editor, QPlainTextEdit):
                self.editor.setPlainText(text)
        if isinstance(self.editor, GrowingText):
            self.editor.fit()
        self._kept = text
        self.clear_error()

    def set_read_only(self, read_only: bool) -> None:
        if isinstance(self.editor, QComboBox):
            self.editor.setEnabled(not read_only)
        elif isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self.editor.setReadOnly(read_only)

    def _take(self) -> None:
        text = self.text()
        try:
            self._kept = clean_text(text, self._name, limit=self._limit)
        except DeskError as error:
            self._kept = keepable(text, limit=self._limit)
            self.show_error(str(error))
        else:
            if self.error:
                self.clear_error()
        self.edited.emit()


class GrowingText(QPlainTextEdit):
    """A text as high as its lines, at least ``lines``; the form scrolls, not the text. Tab goes on."""

    def __init__(self, lines: int = 2, placeholder: str = "") -> None:
        super().__init__(placeholderText=placeholder, tabChangesFocus=True)
        self._least = lines
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)  # the text stands where it stands in a line edit beside it
        self.setViewportMargins(2, 0, 2, 0)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        least = row_height(self) + self.fontMetrics().lineSpacing() * (self._least - 1)
        layout, block, lines = self.document().documentLayout(), self.document().begin(), 0.0
        while block.isValid():  # Chinese lines may be higher than the font says
            lines += layout.blockBoundingRect(block).height()
            block = block.next()
        height = max(least, ceil(lines) + _FRAME)
        if self.maximumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # it belongs to the form


class StillCombo(QComboBox):
    """A drop-down that the wheel passes over: scrolling the form must not change the record."""

    def __init__(self, options: Sequence[tuple[str, object]] = (), *, editable: bool = False) -> None:
        super().__init__()
        self.setMinimumHeight(row_height(self))
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for word, value in options:
            self.addItem(word, value)
        if editable:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            self.setLineEdit(QLineEdit(maxLength=SHORT_TEXT))
            # Completing in the line would turn a shorter name into a longer one that happens to be listed.
            self.setCompleter(None)  # type: ignore[arg-type]

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def proposing_edit(words: Sequence[str], *, placeholder: str = "") -> QLineEdit:
    """A line that proposes words while typing; anything else can be typed too."""
    editor = line_edit(placeholder=placeholder)
    completer = QCompleter(list(words), editor)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    editor.setCompleter(completer)
    return editor


def read_time(text: str) -> time | None:
    """Read 9:00, 9：30, 0930, 9点半 is not read. Empty is None; raises ValueError for what is no time."""
    plain = text.strip().translate(_HALF_WIDTH)
    if not plain:
        return None
    match = _TIME.fullmatch(plain)
    if match is None:
        raise ValueError(plain)
    return time(int(match[1] or match[3]), int(match[2] or match[4] or 0))


_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
