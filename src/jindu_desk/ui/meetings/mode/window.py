"""The window of the meeting mode: agenda and clock on the left, one panel at a time on the right, keys at the foot."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.meetings.mode.agenda_side import AgendaSide
from jindu_desk.ui.meetings.mode.attendance_panel import AttendancePanel
from jindu_desk.ui.meetings.mode.decision_panel import DecisionPanel
from jindu_desk.ui.meetings.mode.figure_panel import FigurePanel
from jindu_desk.ui.meetings.mode.follow_up_panel import FollowUpPanel
from jindu_desk.ui.meetings.mode.holding import Holding
from jindu_desk.ui.meetings.mode.large_type import large_em, make_larger, type_sheet
from jindu_desk.ui.meetings.mode.loading import ModeRows
from jindu_desk.ui.meetings.mode.said_panel import SaidPanel
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.measures import BETWEEN, EDGE, GROUP

_LAYOUT = "meetings.mode_size"
_SIZES = (0.8, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5)
_USUAL = 1.5
_ROOM = 34  # characters of its own size that the window is high at least: else the lists show a line or two
_PANELS = (
    ("点名", "attendance"),
    ("上次事项", "follow_ups"),
    ("发言", "said"),
    ("议定事项", "decisions"),
    ("本月数据", "figures"),
)
Panel = AttendancePanel | FollowUpPanel | SaidPanel | DecisionPanel | FigurePanel
P = TypeVar("P", AttendancePanel, FollowUpPanel, SaidPanel, DecisionPanel, FigurePanel)
_KEYS = "F7 暂停　F8 下一项　Shift+F8 上一项　F9 加议程　Ctrl+加减号 字号　F11 全屏　Esc 退出"


class MeetingMode(QWidget):
    """``left(Holding)`` once, when it is closed; all that was typed is in there and on the disk."""

    left = Signal(object)

    def __init__(self, shell: Shell, rows: ModeRows, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(f"{rows.whole.unit_name}{month_text(rows.whole.month)}例会")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shell = shell
        self._closed = False
        self.holding = Holding(shell, rows, self)
        self.side = AgendaSide(self.holding)
        self.panels = QStackedWidget()
        self._pages = [QWidget() for _ in _PANELS]
        self._tabs = QButtonGroup(self)
        self._title = make_larger(QLabel(self.windowTitle()), "title")
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._kept = QLabel("随写随存")
        self._kept.setProperty("role", "muted")
        self._build()
        self.side.turned.connect(self._show_item)
        self.holding.told.connect(self._tell)
        self.holding.kept.connect(lambda: self._kept.setText(f"已存 {self.holding.now:%H:%M:%S}"))
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.side.show_times)
        self._second.start()
        self._size = _read_size(shell.layout(_LAYOUT)) or _usual_size(self.screen().availableGeometry().height())
        self._enlarge()
        self.turn_to(0)

    def turn_to(self, at: int) -> None:
        """Show a panel and give it the keyboard."""
        panel = self._panel(at)
        self.panels.setCurrentIndex(at)
        self._tabs.button(at).setChecked(True)
        self._tell("", False)
        place = panel.focusProxy()
        if place is None or place.isHidden():  # nothing can be done there: no earlier decisions, no figures
            place = self.side.list
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @cached_property
    def attendance(self) -> AttendancePanel:
        return self._placed(0, AttendancePanel(self.holding))

    @cached_property
    def follow_ups(self) -> FollowUpPanel:
        return self._placed(1, FollowUpPanel(self.holding))

    @cached_property
    def said(self) -> SaidPanel:
        panel = self._placed(2, SaidPanel(self.holding))
        panel.show_item(self.side.current)
        return panel

    @cached_property
    def decisions(self) -> DecisionPanel:
        return self._placed(3, DecisionPanel(self.holding))

    @cached_property
    def figures(self) -> FigurePanel:
        return self._placed(4, FigurePanel(self.holding))

    def _panel(self, at: int) -> Panel:
        """A panel, made the first time it is asked for: all at once would hold the window up."""
        panel: Panel = getattr(self, _PANELS[at][1])
        return panel

    def _placed(self, at: int, panel: P) -> P:
        column = QVBoxLayout(self._pages[at])
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        panel.enlarge(self._size)
        return panel

    def _show_item(self, at: int) -> None:
        if "said" in vars(self):
            self.said.show_item(at)

    def turn_full_screen(self) -> None:
        if self.isFullScreen():
            self.showMaximized()
        else:
            self.showFullScreen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nobody else wanted: Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leave()
        super().closeEvent(event)

    def leave(self) -> None:
        """Keep everything and hand it back."""
        if not self._closed:
            self._closed = True
            self._second.stop()
            self.holding.flush()
            self.left.emit(self.holding)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GROUP)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._kept)
        head.addWidget(button_for(Action("全屏", self.turn_full_screen, icon="panel-right", tip="全屏或还原（F11）")))
        head.addWidget(button_for(Action("退出开会", self.close, icon="x", tip="回到会议表；写下的都在（Esc）")))
        tabs = QHBoxLayout()
        tabs.setSpacing(GROUP)
        for at, (word, _) in enumerate(_PANELS):
            self.panels.addWidget(self._pages[at])
            tab = QToolButton()
            tab.setText(f"{word} F{at + 2}")
            tab.setAccessibleName(word)
            tab.setCheckable(True)
            tab.setProperty("role", "quiet")
            tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key stands on it
            tab.clicked.connect(partial(self._clicked, at))
            self._tabs.addButton(tab, at)
            tabs.addWidget(tab)
            self._key(f"F{at + 2}", partial(self.turn_to, at))
        tabs.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(GROUP)
        right.addLayout(tabs)
        right.addWidget(self.panels, 1)
        right.addWidget(self._told)
        middle = QHBoxLayout()
        middle.setSpacing(EDGE)
        middle.addWidget(self.side, 2)
        middle.addLayout(right, 5)
        keys = QLabel(_KEYS)
        keys.setProperty("role", "muted")
        keys.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, BETWEEN, EDGE, BETWEEN)
        column.setSpacing(BETWEEN)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addWidget(keys)
        for sequence, operation in (
            ("F7", self.holding.pause),
            ("F8", self.side.go_on),
            ("Shift+F8", partial(self.side.go_on, -1)),
            ("F9", self.side.added.setFocus),
            ("F11", self.turn_full_screen),
            ("Ctrl++", partial(self._resize, 1)),
            ("Ctrl+=", partial(self._resize, 1)),
            ("Ctrl+-", partial(self._resize, -1)),
        ):
            self._key(sequence, operation)

    def _key(self, sequence: str, operation: object) -> None:
        QShortcut(QKeySequence(sequence), self).activated.connect(operation)

    def _clicked(self, at: int, _checked: bool = False) -> None:
        self.turn_to(at)

    def _resize(self, step: int) -> None:
        at = min(max(_SIZES.index(self._size) + step, 0), len(_SIZES) - 1)
        self._size = _SIZES[at]
        self._shell.keep_layout(_LAYOUT, str(self._size))
        self._enlarge()

    def _enlarge(self) -> None:
        """Everything by one factor."""
        self.setStyleSheet(type_sheet(self._size))
        for _, name in _PANELS:
            if name in vars(self):
                getattr(self, name).enlarge(self._size)

    def _tell(self, sentence: str, wrong: bool) -> None:
        self._told.setText(sentence)
        self._told.setProperty("role", "wrong" if wrong else "done")
        self._told.style().polish(self._told)


def _read_size(text: str) -> float:
    return next((size for size in _SIZES if str(size) == text), 0)


def _usual_size(height: int) -> float:
    """As large as usual, or as the screen (``height`` px) has room for."""
    fitting = (size for size in reversed(_SIZES) if size <= _USUAL and large_em(size) * _ROOM <= height)
    return next(fitting, _SIZES[0])
