"""What will be written, where to, and the one button that does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from jindu_desk.ui.direct.words import NO_KEY
from jindu_desk.ui.fields import word_for
from jindu_desk.ui.page_action import Action, apply_condition, button_for
from jindu_desk.ui.place_choice import PlaceChoice
from jindu_desk.ui.theme.measures import BETWEEN, GROUP


class WriteBar(QFrame):
    """``write(folder)`` is called with the chosen folder. Without a signing key the button makes one instead."""

    def __init__(
        self,
        verb: str,
        write: Callable[[Path], object],
        make_key: Callable[[], object],
        condition: Callable[[], bool | str],
        last: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._write = write
        self.place = PlaceChoice(last)
        self.place.setMaximumWidth(self.fontMetrics().horizontalAdvance("汉") * 22)
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._where = word_for(self.place, "写到(&T)")
        self._action = Action(verb, self._pressed, "usb", "Ctrl+Return", condition, role="primary")
        self.button = button_for(self._action)
        self._making = Action("生成签名密钥", make_key, "key-round", role="primary")
        self.key_button = button_for(self._making)
        controls = QHBoxLayout()
        controls.setSpacing(GROUP)
        controls.addStretch(1)
        controls.addWidget(self._where)
        controls.addWidget(self.place, 4)
        controls.addWidget(self.button)
        controls.addWidget(self.key_button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(BETWEEN, GROUP, BETWEEN, GROUP)
        self._row.setSpacing(GROUP)
        self._row.addWidget(self._said, 3)
        self._row.addLayout(controls, 4)
        self.show_state("", can_sign=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the sentence stands above what is chosen."""
        super().resizeEvent(event)
        narrow = self.width() < self.fontMetrics().horizontalAdvance("汉") * 40
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def show_state(self, sentence: str, *, can_sign: bool) -> None:
        """``sentence``: what the button would write."""
        self._said.setText(sentence if can_sign else NO_KEY)
        for widget in (self._where, self.place, self.button):
            widget.setVisible(can_sign)
        self.key_button.setVisible(not can_sign)
        self.ask_again()

    def ask_again(self) -> None:
        """Whether the button can be pressed now."""
        apply_condition(self.button, self._action)

    @property
    def sentence(self) -> str:
        return self._said.text()

    def _pressed(self) -> None:
        if folder := self.place.folder_or_ask():
            self._write(folder)
