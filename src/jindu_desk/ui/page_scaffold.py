"""What every page looks like: title, its actions in a row, content below.

class MeetingsPage(PageScaffold):
    subjects = frozenset({"meetings", "units"})

    def __init__(self, shell: Shell) -> None:
        super().__init__("会议", actions=(Action("新建例会", self._new, icon="plus", role="primary"), …))
        self.body.addWidget(…)
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jindu_desk.ui.action_row import ActionRow
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.theme.measures import BETWEEN, EDGE, GROUP, HEADING, scaled_font

_SHORT = 38  # characters: a window less high than so many letters are wide has no height to give away


class PageScaffold(QWidget):
    """Base of pages. ``body`` is the vertical layout below the header; ``beside_title`` takes chips and pickers."""

    def __init__(self, title: str, actions: Sequence[Action] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(title)
        self._title.setFont(scaled_font(HEADING, bold=True))
        self._actions = ActionRow()
        self.beside_title = QHBoxLayout()
        self.beside_title.setSpacing(GROUP)
        header = self._header = QHBoxLayout()
        header.setSpacing(BETWEEN)
        header.addWidget(self._title)
        header.addLayout(self.beside_title)
        header.addStretch(1)
        header.addWidget(self._actions)
        self.body = QVBoxLayout()
        self.body.setSpacing(BETWEEN)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, BETWEEN, EDGE, BETWEEN)
        column.setSpacing(BETWEEN)
        column.addLayout(header)
        column.addLayout(self.body, 1)
        self._column = column
        self.set_actions(actions)

    @property
    def is_short(self) -> bool:
        """Whether the window is low for its text: the content needs each line, as at 150 % on a small screen."""
        return self.window().height() < self.fontMetrics().horizontalAdvance("汉") * _SHORT

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side, above = (BETWEEN, GROUP) if self.is_short else (EDGE, BETWEEN)
        self._column.setContentsMargins(side, above, side, above)
        self._column.setSpacing(above)
        self._header.setSpacing(above)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_actions(self, actions: Sequence[Action]) -> None:
        """Show these actions: primary first, then the others in their order, ``more`` behind …"""
        self._actions.set_actions(actions)

    def update_actions(self) -> None:
        """Ask every condition again; call it when the selection or the rows changed."""
        self._actions.update_actions()

    @property
    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """(keys, label) of the actions that have keys."""
        actions = self._actions.actions_shown
        return tuple((action.shortcut, action.label.rstrip("…")) for action in actions if action.shortcut)

    def button(self, label: str) -> QPushButton:
        """The button of the action with this label."""
        return self._actions.button(label)
