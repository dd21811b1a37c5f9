"""A form that opens inside a page, below what it changes: fields, the sentence of what is wrong, 保存 and 取消."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from jindu_desk.errors import DeskError
from jindu_desk.ui.cards import Card
from jindu_desk.ui.fields import Form
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.measures import GROUP


class EntryPanel(Card):
    """Fields go into ``form``, what 保存 does into `on_save`. Esc closes; ``closed()`` when it went away."""

    closed = Signal()

    def __init__(self, title: str, *, verb: str = "保存", columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._save: Callable[[], object] | None = None
        self.form = Form(columns)
        self._wrong = QLabel()
        self._wrong.setProperty("role", "wrong")
        self._wrong.setWordWrap(True)
        self._wrong.setVisible(False)
        self.save_button = button_for(Action(verb, self.save, role="primary"))
        self._cancel = button_for(Action("取消", self.close_panel))
        buttons = QHBoxLayout()
        buttons.setSpacing(GROUP)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.save_button)
        self.body.addWidget(self.form)
        self.body.addWidget(self._wrong)
        self.body.addLayout(buttons)

    def on_save(self, save: Callable[[], object]) -> None:
        """``save`` is called for 保存; the sentence of a `DeskError` it raises is shown in the panel."""
        self._save = save

    @property
    def error(self) -> str:
        return self._wrong.text()

    def save(self) -> None:
        self.show_error("")
        if self._save is None:
            return
        try:
            self._save()
        except DeskError as error:
            self.show_error(str(error))

    def show_error(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        self.save_button.setEnabled(True)

    def failed(self, error: Exception) -> None:
        """For ``carry_out(failed=…)``: the sentence beside the fields, which stay as typed."""
        if isinstance(error, DeskError):
            self.show_error(str(error))
        else:
            self.save_button.setEnabled(True)

    def close_panel(self) -> None:
        self.setVisible(False)
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_height()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # a sentence came, or the fields stand in other columns now
            self._ask_for_height()
        return done

    def _ask_for_height(self) -> None:
        """Sentences below the fields wrap: ask for the height they really need at this width."""
        layout = self.layout()
        if layout is not None:  # it answers nothing of use where nothing wraps
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)
