"""The actions of a page as buttons in a row; those that have no room are found behind …, the last ones first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from jindu_desk.ui.page_action import Action, button_for, show_refusal
from jindu_desk.ui.theme.icons import put_icon
from jindu_desk.ui.theme.measures import GROUP

_NOT_ASKED = "\0"


class ActionRow(QWidget):
    """Primary first, then the others in their order, ``more`` always behind …"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[tuple[QPushButton, Action]] = []
        self._entries: list[tuple[QAction, Action]] = []  # behind …: first those of the buttons, then the rest
        self._refusals: list[str | None] = []  # of the entries, as they are shown
        self._more = QToolButton()
        self._more.setProperty("role", "quiet")
        self._more.setAccessibleName("更多操作")
        self._more.setToolTip("更多操作")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        put_icon(self._more, "ellipsis")
        menu = QMenu(self._more)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._menu_opens)
        self._more.setMenu(menu)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GROUP)
        self._row.addStretch(1)  # what the buttons that are folded leave is before the others, not within them
        self._row.addWidget(self._more)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_actions(self, actions: Sequence[Action]) -> None:
        """Show these; the keyboard stays at the button that stands where the one was that had it."""
        held = next((n for n, (button, _) in enumerate(self._buttons) if button.hasFocus()), None)
        for button, _ in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        for entry, _ in self._entries:
            self.removeAction(entry)
        self._more.menu().clear()
        shown = sorted((each for each in actions if each.role != "more"), key=lambda each: each.role != "primary")
        self._buttons = [(button_for(action), action) for action in shown]
        for at, (button, _) in enumerate(self._buttons):
            self._row.insertWidget(at + 1, button)
        hidden = [action for action in actions if action.role == "more"]
        self._entries = [(self._entry(action), action) for action in (*shown, *hidden)]
        self._refusals = [_NOT_ASKED] * len(self._entries)
        self.update_actions()
        self._fit()
        self.updateGeometry()
        if held is not None and held < len(self._buttons):
            self._buttons[held][0].setFocus()

    def update_actions(self) -> None:
        """Ask every condition again, and show which answer is another one; it is asked at every key."""
        for at, (entry, action) in enumerate(self._entries):
            refusal = action.refusal()
            if refusal != self._refusals[at]:
                self._refusals[at] = refusal
                entry.setEnabled(refusal is None)
                entry.setToolTip(refusal or action.hint())
                if at < len(self._buttons):
                    show_refusal(self._buttons[at][0], action, refusal)

    @property
    def actions_shown(self) -> tuple[Action, ...]:
        return tuple(action for _, action in self._entries)

    def button(self, label: str) -> QPushButton:
        """The button of the action with this label."""
        for button, action in self._buttons:
            if action.label == label:
                return button
        raise KeyError(label)

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(len(self._buttons)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The first button and … ; a narrow window folds the rest."""
        return QSize(self._width_of(min(1, len(self._buttons))), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a button says something longer now
            self._fit()
        return super().event(event)

    def _width_of(self, count: int) -> int:
        """What the first ``count`` buttons need, with … where it is needed then."""
        widths = [button.sizeHint().width() for button, _ in self._buttons[:count]]
        if count < len(self._entries):
            widths.append(self._more.sizeHint().width())
        return sum(widths) + GROUP * max(len(widths) - 1, 0)

    def _fit(self) -> None:
        count = len(self._buttons)
        while count > 1 and self._width_of(count) > self.width():
            count -= 1
        lost = False
        for at, (button, _) in enumerate(self._buttons):
            lost = lost or (at >= count and button.hasFocus())
            if button.isHidden() != (at >= count):
                button.setVisible(at < count)
        for at, (entry, _) in enumerate(self._entries):
            entry.setVisible(at >= count)
        self._more.setVisible(count < len(self._entries))
        if lost:
            self._more.setFocus()

    def _menu_opens(self) -> None:
        for entry, action in self._entries:
            if action.icon and entry.icon().isNull():  # drawing them takes as long as all the rest of the row
                put_icon(entry, action.icon)
        self.update_actions()

    def _entry(self, action: Action) -> QAction:
        entry = QAction(action.label, self._more.menu())
        if action.shortcut:  # works while the entry is visible: else the button has it
            entry.setShortcut(QKeySequence(action.shortcut))
        self.addAction(entry)
        entry.triggered.connect(lambda _checked=False: action.operation())
        self._more.menu().addAction(entry)
        return entry
