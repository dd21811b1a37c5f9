"""What every page looks like: title, its actions in a row, content below.

class MeetingsPage(PageScaffold):
    subjects = frozenset({"meetings", "units"})

    def __init__(self, shell: Shell) -> None:
        super().__init__("会议", actions=(Action("新建例会", self._new, icon="plus", role="primary"), …))
        self.body.addWidget(…)
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from jindu_desk.ui.page_action import Action, apply_condition, button_for
from jindu_desk.ui.theme.icons import put_icon
from jindu_desk.ui.theme.measures import BETWEEN, EDGE, GROUP, HEADING, scaled_font


class PageScaffold(QWidget):
    """Base of pages. ``body`` is the vertical layout below the header; ``beside_title`` takes chips and pickers."""

    def __init__(self, title: str, actions: Sequence[Action] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(title)
        self._title.setFont(scaled_font(HEADING, bold=True))
        self._buttons: list[tuple[QPushButton, Action]] = []
        self._more_entries: list[tuple[QAction, Action]] = []
        self.beside_title = QHBoxLayout()
        self.beside_title.setSpacing(GROUP)
        self._actions_row = QHBoxLayout()
        self._actions_row.setSpacing(GROUP)
        header = QHBoxLayout()
        header.setSpacing(BETWEEN)
        header.addWidget(self._title)
        header.addLayout(self.beside_title)
        header.addStretch(1)
        header.addLayout(self._actions_row)
        self.body = QVBoxLayout()
        self.body.setSpacing(BETWEEN)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, BETWEEN, EDGE, BETWEEN)
        column.setSpacing(BETWEEN)
        column.addLayout(header)
        column.addLayout(self.body, 1)
        self.set_actions(actions)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_actions(self, actions: Sequence[Action]) -> None:
        """Show these actions: primary first, then the others in their order, ``more`` behind …; the keyboard stays at
        the button that stands where the one was that had it."""
        held = next((n for n, (button, _) in enumerate(self._buttons) if button.hasFocus()), None)
        while (item := self._actions_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons, self._more_entries = [], []
        shown = [action for action in actions if action.role != "more"]
        for action in sorted(shown, key=lambda action: action.role != "primary"):
            button = button_for(action)
            self._actions_row.addWidget(button)
            self._buttons.append((button, action))
        if hidden := [action for action in actions if action.role == "more"]:
            self._actions_row.addWidget(self._more_button(hidden))
        self.update_actions()
        if held is not None and held < len(self._buttons):
            self._buttons[held][0].setFocus()

    def update_actions(self) -> None:
        """Ask every condition again; call it when the selection or the rows changed."""
        for button, action in self._buttons:
            apply_condition(button, action)
        for entry, action in self._more_entries:
            refusal = action.refusal()
            entry.setEnabled(refusal is None)
            entry.setToolTip(refusal or action.hint())

    @property
    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """(keys, label) of the actions that have keys."""
        actions = [action for _, action in (*self._buttons, *self._more_entries)]
        return tuple((action.shortcut, action.label.rstrip("…")) for action in actions if action.shortcut)

    def button(self, label: str) -> QPushButton:
        """The button of the action with this label."""
        for button, action in self._buttons:
            if action.label == label:
                return button
        raise KeyError(label)

    def _more_button(self, actions: Sequence[Action]) -> QToolButton:
        more = QToolButton()
        more.setProperty("role", "quiet")
        more.setAccessibleName("更多操作")
        more.setToolTip("更多操作")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        put_icon(more, "ellipsis")
        menu = QMenu(more)
        menu.setToolTipsVisible(True)
        for action in actions:
            entry = QAction(action.label, menu)
            if action.icon:
                put_icon(entry, action.icon)
            if action.shortcut:
                entry.setShortcut(QKeySequence(action.shortcut))
                self.addAction(entry)
            entry.triggered.connect(lambda _checked=False, action=action: action.operation())
            menu.addAction(entry)
            self._more_entries.append((entry, action))
        menu.aboutToShow.connect(self.update_actions)
        more.setMenu(menu)
        return more
