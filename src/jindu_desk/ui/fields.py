"""Form fields: label above, editor, and the sentence of what is wrong below it.

form = Form()
self.name = form.add("单位名称", line_edit(limit=40), required=True)
…
try:
    draft = UnitDraft(name=self.name.text())
except DeskError as error:
    self.name.show_error(str(error))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.ui.theme.measures import BETWEEN, row_height

W = TypeVar("W", bound=QWidget)
_LONG = 14  # characters from which a label may take two lines: a short one is told apart at a glance
_LEAST = 9  # characters that a column of a form must have room for: a date with its button


class Field(QWidget, Generic[W]):
    """A labelled editor. ``editor`` is the widget itself; its label is its buddy and its accessible name."""

    def __init__(
        self, label: str, editor: W, *, hint: str = "", required: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint, self._required = hint, required
        self.label = QLabel(f"{label} *" if required else label)
        self.label.setProperty("role", "muted")
        self.label.setWordWrap(len(label) > _LONG)
        self.label.setBuddy(editor.focusProxy() or editor)  # of a date: the line in it
        editor.setAccessibleName(label)
        self._describe()
        self._below = QLabel()
        self._below.setWordWrap(True)
        self._below.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(editor)
        column.addWidget(self._below)
        self.setFocusProxy(editor)
        self.clear_error()
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self.clear_error)
        elif isinstance(editor, QPlainTextEdit):
            editor.textChanged.connect(self.clear_error)
        elif isinstance(editor, QComboBox):
            editor.currentTextChanged.connect(self.clear_error)

    def text(self) -> str:
        """What is typed, of the editors made in this module."""
        if isinstance(self.editor, QLineEdit):
            return self.editor.text()
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText()
        if isinstance(self.editor, QComboBox):
            return self.editor.currentText()
        raise TypeError(type(self.editor).__name__)

    def show_error(self, sentence: str) -> None:
        """Put the sentence below the field and mark it; it goes away with the next keystroke."""
        self._say(sentence, "wrong")
        self._mark(True)
        self.editor.setAccessibleDescription(sentence)

    def clear_error(self) -> None:
        if self.error:
            self._describe()
        self._say(self._hint, "muted")
        self._mark(False)

    def show_hint(self, hint: str) -> None:
        """Another hint from now on; an error that stands there stays until the next keystroke."""
        self._hint = hint
        if not self.error:
            self._describe()
            self._say(hint, "muted")

    @property
    def error(self) -> str:
        return self._below.text() if self._below.property("role") == "wrong" else ""

    def _describe(self) -> None:
        """What a screen reader says after the name, as long as nothing is wrong."""
        self.editor.setAccessibleDescription("，".join(filter(None, ("必填" if self._required else "", self._hint))))

    def _say(self, text: str, role: str) -> None:
        self._below.setText(text)
        self._below.setVisible(bool(text))
        if self._below.property("role") != role:
            self._below.setProperty("role", role)
            self._below.style().polish(self._below)

    def _mark(self, wrong: bool) -> None:
        _mark(self.editor, wrong)


def mark_wrong(editor: QLineEdit, sentence: str) -> None:
    """For an editor that stands in no `Field`: the mark alone; an empty sentence takes it away."""
    _mark(editor, bool(sentence))
    editor.setAccessibleDescription(sentence)


def is_wrong(editor: QLineEdit) -> bool:
    return bool(editor.property("wrong") == "true")


def _mark(editor: QWidget, wrong: bool) -> None:
    word = "true" if wrong else "false"
    editor = editor.focusProxy() or editor  # a date's line has the frame, not the widget around it
    if editor.property("wrong") != word:
        editor.setProperty("wrong", word)
        editor.style().polish(editor)


class Form(QWidget):
    """Fields one below the other, or several beside each other in ``columns`` equal columns: in two or one where a
    column would become too narrow to read what stands in it."""

    def __init__(self, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most, self._columns = columns, columns
        self._row, self._column = 0, 0
        self._widgets: list[tuple[QWidget, int]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(BETWEEN)
        self._grid.setVerticalSpacing(12)
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)

    def add(self, label: str, editor: W, *, hint: str = "", required: bool = False, span: int = 1) -> Field[W]:
        """Add a labelled editor; ``span`` columns wide."""
        field = Field(label, editor, hint=hint, required=required)
        self.add_widget(field, span=span)
        return field

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        if self._widgets:
            self._widgets[0][0].setFocus()

    def add_widget(self, widget: QWidget, *, span: int = 1) -> None:
        self._widgets.append((widget, span))
        self._place(widget, span)

    def minimumSizeHint(self) -> QSize:
        """As wide as one column needs: otherwise it could never become that narrow."""
        widest = max((widget.minimumSizeHint().width() for widget, _ in self._widgets), default=0)
        return QSize(widest, self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        least = self.fontMetrics().horizontalAdvance("汉") * _LEAST
        fitting = (self.width() + BETWEEN) // (least + BETWEEN)
        columns = self._most if fitting >= self._most else 2 if fitting >= 2 else 1
        if columns != self._columns:
            self._arrange(columns)

    def _arrange(self, columns: int) -> None:
        self._columns, self._row, self._column = columns, 0, 0
        for widget, _ in self._widgets:
            self._grid.removeWidget(widget)
        for widget, span in self._widgets:
            self._place(widget, span)
        for number in range(self._most):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        self.updateGeometry()

    def _place(self, widget: QWidget, span: int) -> None:
        span = min(span, self._columns)
        if self._column + span > self._columns:
            self._row, self._column = self._row + 1, 0
        self._grid.addWidget(widget, self._row, self._column, 1, span, Qt.AlignmentFlag.AlignTop)
        self._column += span


def line_edit(*, limit: int = 200, placeholder: str = "", text: str = "") -> QLineEdit:
    """A one-line editor; ``limit`` in characters."""
    editor = QLineEdit(text, placeholderText=placeholder, maxLength=limit)
    editor.setMinimumHeight(row_height(editor))
    return editor


def text_edit(*, lines: int = 4, placeholder: str = "", text: str = "") -> QPlainTextEdit:
    """An editor of several lines, ``lines`` high; Tab goes on to the next field."""
    editor = QPlainTextEdit(text, placeholderText=placeholder, tabChangesFocus=True)
    editor.setFixedHeight(editor.fontMetrics().lineSpacing() * lines + 20)
    return editor


def choice(options: Sequence[tuple[str, object]], *, chosen: object = None) -> QComboBox:
    """A drop-down of (word, value); ``currentData()`` is the value. Give it a label: put it into a `Field`."""
    box = QComboBox()
    box.setMinimumHeight(row_height(box))
    for word, value in options:
        box.addItem(word, value)
    if chosen is not None:
        box.setCurrentIndex(max(box.findData(chosen), 0))
    return box


def word_for(box: QComboBox, word: str) -> QLabel:
    """The word before a drop-down that stands in a row and in no `Field`: screen readers take its name from there."""
    label = QLabel(word)
    label.setProperty("role", "muted")
    label.setBuddy(box)
    box.setAccessibleName(word.partition("(")[0])
    return label
