"""The main window: navigation left, context bar on top, the page, the foot. It knows no subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.domain.months import Month
from jindu_desk.ui.frame.context_bar import ContextBar
from jindu_desk.ui.frame.foot import Foot
from jindu_desk.ui.frame.navigation import Navigation
from jindu_desk.ui.frame.pages import PageStack
from jindu_desk.ui.frame.screen import ScreenSpec
from jindu_desk.ui.frame.scrolling import scrolling
from jindu_desk.ui.screen_room import room_in

PROGRAM = "禁毒工作台账"
SMALLEST = (880, 480)
FIRST_SIZE = (1240, 720)


class MainWindow(QMainWindow):
    """Stands empty until it is given screens. ``closing`` comes once, when closing was agreed to."""

    closing = Signal()

    def __init__(self, month: Month) -> None:
        super().__init__()
        self.setWindowTitle(PROGRAM)
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        self.navigation = Navigation()
        self.context = ContextBar(month)
        self.pages = PageStack()
        self.foot = Foot()
        self._content = QStackedWidget()
        self._content.addWidget(self.pages)
        self._whole: QScrollArea | None = None
        self.before_close: Callable[[], bool] = self.pages.may_leave
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.context)
        right.addWidget(self._content, 1)
        right.addWidget(self.foot)
        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addLayout(right, 1)
        self.setCentralWidget(central)
        helping = QShortcut(QKeySequence(Qt.Key.Key_F1), self)
        helping.activated.connect(self.show_help)
        self.foot.help.clicked.connect(self.show_help)
        # The content scrolls; it never makes the window larger than the screen.
        if (layout := self.layout()) is not None:
            layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def fit_into(self, available: QRect) -> None:
        """Never larger than the screen (``available``, without panels); where the usual size has no room, all of it."""
        room, first = room_in(available), QSize(*FIRST_SIZE)
        self.setMinimumSize(QSize(*SMALLEST).boundedTo(room))
        self.resize(first.boundedTo(room))
        spare = room - self.size()
        self.move(available.left() + spare.width() // 2, available.top() + spare.height() // 2)
        if first.boundedTo(room) != first:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def take_screens(self, screens: Sequence[ScreenSpec]) -> None:
        self.pages.take_screens(screens)
        self.navigation.show_screens(screens)

    def show_whole(self, page: QWidget, *, bare: bool = False) -> None:
        """Show one widget in the place of all pages: a message, or the guide of the first start (``bare``:
        without navigation and context bar)."""
        self._drop_whole()
        self._whole = scrolling(page)
        self._content.addWidget(self._whole)
        self._content.setCurrentWidget(self._whole)
        self.context.picker.setVisible(False)
        self.context.setVisible(not bare)
        self.navigation.setVisible(not bare)

    def show_pages(self) -> None:
        """Back from a message to the pages."""
        self._content.setCurrentWidget(self.pages)
        self._drop_whole()
        self.context.setVisible(True)
        self.navigation.setVisible(True)
        self.context.picker.setVisible(True)

    @property
    def whole(self) -> QWidget | None:
        """What stands in the place of all pages now, if anything does."""
        return self._whole.widget() if self._whole is not None else None

    def show_help(self) -> None:
        """Help for the page in view; what stands in its place has no help of its own but the keys."""
        from jindu_desk.ui.frame.help_dialog import HelpDialog, readable

        key = "" if self.whole is not None else self.pages.current_key
        shortcuts = getattr(self.pages.page(key), "shortcuts", ())
        title = self.pages.title(key)
        HelpDialog(key, title, [(readable(keys), label) for keys, label in shortcuts], self).show()

    def follow_theme(self) -> None:
        self.navigation.follow_theme()
        self.context.picker.follow_theme()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as the space bar does: Qt lets it do so in dialogs only."""
        held = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(held, QPushButton | QToolButton):
            held.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.before_close():
            event.ignore()
            return
        event.accept()
        self.closing.emit()

    def _drop_whole(self) -> None:
        if self._whole is not None:
            self._content.removeWidget(self._whole)
            self._whole.deleteLater()
            self._whole = None
