"""A panel beside a page's tables: one form or one record at a time, closed by Esc or ×.

panel = SidePanel()
panel.show_content(ReversalForm(...))      # a PanelContent: title, widget, buttons
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.errors.entry import FieldError
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.fields import Field, Form
from jindu_desk.ui.lent_focus import set_enabled
from jindu_desk.ui.page_action import Action, apply_condition, button_for
from jindu_desk.ui.theme.icons import put_icon
from jindu_desk.ui.theme.measures import BETWEEN, GROUP, scaled_font

W = TypeVar("W", bound=QWidget)


class PanelContent(QWidget):
    """What stands in a side panel. ``closing`` asks the panel to close; ``actions`` are its buttons, left to right."""

    closing = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.actions_shown: Sequence[Action] = ()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(BETWEEN, GROUP, BETWEEN, BETWEEN)
        self.column.setSpacing(12)

    def take_focus(self) -> None:
        """Put the keyboard where work begins."""
        self.setFocus()


def facts_table(facts: Sequence[tuple[str, str]]) -> QFormLayout:
    """Labels and texts of a record, to be read and copied."""
    table = QFormLayout()
    table.setHorizontalSpacing(12)
    table.setVerticalSpacing(6)
    for label, text in facts:
        name = QLabel(label, alignment=Qt.AlignmentFlag.AlignTop)
        name.setProperty("role", "muted")
        value = QLabel(text)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{label}：{text}")
        table.addRow(name, value)
    return table


class PanelForm(PanelContent):
    """A form whose fields go by the record's field names, so that a refusal finds its place."""

    def __init__(self, title: str, *, columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._named: dict[str, Field[Any]] = {}
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("role", "wrong")
        self._sentence.setVisible(False)
        self._first: QWidget | None = None
        self.form = Form(columns)
        self.column.addWidget(self._sentence)
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def add(
        self, name: str, label: str, editor: W, *, hint: str = "", required: bool = False, span: int = 1
    ) -> Field[W]:
        """Add a field for the record's field ``name``."""
        field = self.form.add(label, editor, hint=hint, required=required, span=span)
        self._named[name] = field
        if isinstance(editor, DateField):
            editor.line.textEdited.connect(field.clear_error)
            editor.changed.connect(field.clear_error)
        if isinstance(editor, QComboBox):  # a long choice must not widen the panel
            editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            editor.setMinimumContentsLength(4)
        if self._first is None:
            self._first = editor
        return field

    def take_focus(self) -> None:
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_failure(self, error: Exception) -> None:
        """Put the sentence at its field, or on top where it belongs to none."""
        field = self._named.get(error.field) if isinstance(error, FieldError) else None
        if field is None:
            self._sentence.setText(str(error))
            self._sentence.setVisible(True)
        else:
            field.show_error(str(error))
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_failures(self) -> None:
        self._sentence.setVisible(False)
        for field in self._named.values():
            field.clear_error()

    @property
    def sentence(self) -> str:
        """The sentence on top, if one stands there."""
        return self._sentence.text() if self._sentence.isVisibleTo(self) else ""


class SidePanel(QFrame):
    """Shows one `PanelContent`, from ``opened`` on. ``leaving`` comes before it goes, whoever sends it away, so that
    what is typed can be kept; ``closed`` when the panel was closed by the user or by its content."""

    opened = Signal()
    leaving = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._content: PanelContent | None = None
        self._title = QLabel()
        self._title.setFont(scaled_font(1.1, bold=True))
        close = QToolButton()
        close.setProperty("role", "quiet")
        close.setAccessibleName("关闭")
        close.setToolTip("关闭（Esc）")
        put_icon(close, "x")
        close.clicked.connect(self.close_content)
        head = QHBoxLayout()
        head.setContentsMargins(BETWEEN, GROUP, GROUP, 0)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(close)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(BETWEEN, GROUP, BETWEEN, 12)
        self._buttons.setSpacing(GROUP)
        self._line = QFrame()
        self._line.setProperty("role", "line")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addWidget(self._line)
        column.addLayout(self._buttons)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setVisible(False)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def sizeHint(self) -> QSize:
        """No higher than it must be: it takes the height that is there, and what has no room scrolls in it, with its
        buttons in view. Asking for more would make the page scroll in its place."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    @property
    def usual_width(self) -> int:
        """As wide as two short fields beside each other; a page may give more where there is room for nothing else."""
        return self.fontMetrics().horizontalAdvance("汉") * 26 + 2 * BETWEEN

    @property
    def content(self) -> PanelContent | None:
        """What stands in the panel now."""
        return self._content

    def show_content(self, content: PanelContent) -> None:
        """Show ``content`` instead of what was there, and give it the keyboard."""
        self._drop()
        self._content = content
        self.setFixedWidth(self.usual_width)
        self._title.setText(content.title)
        self.setAccessibleName(content.title)
        self._area.setWidget(content)
        content.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        content.closing.connect(self.close_content)
        self.show_actions(content.actions_shown)
        self.setVisible(True)
        self.opened.emit()
        content.take_focus()

    def show_actions(self, actions: Sequence[Action]) -> None:
        """Show these buttons below the content."""
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for action in actions:
            button = button_for(action)
            button.setAutoDefault(False)
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._line.setVisible(bool(actions))

    def button(self, label: str) -> QPushButton:
        """The button with this label."""
        for number in range(self._buttons.count()):
            item = self._buttons.itemAt(number)
            widget = item.widget() if item else None
            if isinstance(widget, QPushButton) and widget.text() == label:
                return widget
        raise KeyError(label)

    def set_busy(self, busy: bool) -> None:
        """While an operation runs its buttons wait, so that nothing is booked twice."""
        actions = self._content.actions_shown if self._content else ()
        for action in actions:
            button = self.button(action.label)
            if busy:
                set_enabled(button, False)
            else:
                apply_condition(button, action)

    def close_content(self) -> None:
        if self._content is None:
            return
        self._drop()
        self.setVisible(False)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_content()
            return
        super().keyPressEvent(event)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keep the field that has the keyboard in view, also when a refusal sends it there."""
        if now is None or self._content is None or now is self._content:
            return  # of content that is read, the top is seen first
        if self._content.isAncestorOf(now):
            self._area.ensureWidgetVisible(now, 0, 4 * now.fontMetrics().height())

    def _drop(self) -> None:
        if self._content is not None:
            self.leaving.emit()
            content, self._content = self._content, None
            self._area.takeWidget()
            content.deleteLater()
