"""The left column: unit name on top, one entry per screen, reached by Alt+1 … Alt+0 (or Ctrl) and the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from jindu_desk.ui.frame.screen import ScreenSpec
from jindu_desk.ui.theme.icons import icon
from jindu_desk.ui.theme.measures import BETWEEN, GROUP, HEADING, ICON, row_height, scaled_font
from jindu_desk.ui.theme.tokens import tokens_of

_KEY = Qt.ItemDataRole.UserRole
_ICON = Qt.ItemDataRole.UserRole + 1
_DIGITS = "1234567890"
_HELD = ("Alt", "Ctrl")
_TAKEN = ("Ctrl", 9)  # Ctrl+0 has its own use on pages


class Navigation(QWidget):
    """``wanted(key)``: the user chose a screen. The frame answers with `mark` once the page is shown."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._unit = QLabel("禁毒工作台账")
        self._unit.setWordWrap(True)
        self._list = QListWidget()
        self._list.setObjectName("navigation")
        self._list.setAccessibleName("功能导航")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setIconSize(QSize(ICON, ICON))
        self._list.itemClicked.connect(self._choose)
        self._list.currentItemChanged.connect(lambda item, _before: self._choose(item))
        self.setFocusProxy(self._list)
        self._shortcuts: list[QShortcut] = []
        self._current = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, BETWEEN, 1, GROUP)
        column.setSpacing(GROUP)
        head = QVBoxLayout()
        head.setContentsMargins(BETWEEN, 0, BETWEEN, GROUP)
        head.addWidget(self._unit)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        self.follow_theme()

    def show_unit(self, name: str) -> None:
        self._unit.setText(name)
        self._unit.setToolTip(name)

    def show_screens(self, screens: Sequence[ScreenSpec], *, icons: bool = True) -> None:
        """List these screens in order; a line is drawn before the first one below it.

        Without ``icons`` only their place is kept, until `follow_theme` draws them: the first paint need not wait.
        """
        for shortcut in self._shortcuts:
            shortcut.deleteLater()
        self._shortcuts = []
        self._list.blockSignals(True)
        self._list.clear()
        line_drawn = False
        for number, spec in enumerate(screens):
            if spec.below_line and not line_drawn:
                line_drawn = True
                self._add_line()
            item = QListWidgetItem(spec.title, self._list)
            item.setData(_KEY, spec.key)
            item.setData(_ICON, spec.icon)
            if number < len(_DIGITS):
                keys = [QKeySequence(f"{held}+{_DIGITS[number]}") for held in _HELD if (held, number) != _TAKEN]
                said = " 或 ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
                item.setToolTip(f"{spec.title}（{said}）")
                shortcut = QShortcut(self)
                shortcut.setKeys(keys)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.activated.connect(lambda key=spec.key: self.wanted.emit(key))
                self._shortcuts.append(shortcut)
        self._list.blockSignals(False)
        if icons:
            self.follow_theme()
        else:
            self._measure(QIcon(_nothing()))

    def mark(self, key: str) -> None:
        """Show that the screen ``key`` is the one on view."""
        self._current = key
        self._list.blockSignals(True)
        for row in range(self._list.count()):
            if self._list.item(row).data(_KEY) == key:
                self._list.setCurrentRow(row)
        self._list.blockSignals(False)

    def follow_theme(self) -> None:
        """Icons in the text's colour, sizes by the text's size."""
        self._unit.setFont(scaled_font(HEADING, bold=True))
        self._measure(None)

    def _measure(self, placeholder: QIcon | None) -> None:
        colour = tokens_of(self).text
        height = row_height(self) + 6
        for row in range(self._list.count()):
            item = self._list.item(row)
            if item.data(_KEY):
                item.setSizeHint(QSize(0, height))
                item.setIcon(placeholder or icon(str(item.data(_ICON)), colour))
        self.setFixedWidth(max(168, QFontMetrics(self.font()).horizontalAdvance("单位人员") + 96))

    def _add_line(self) -> None:
        item = QListWidgetItem(self._list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, 2 * GROUP + 1))
        holder = QWidget()
        holder.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(BETWEEN, GROUP, BETWEEN, GROUP)
        line = QFrame()
        line.setProperty("role", "line")
        layout.addWidget(line)
        self._list.setItemWidget(item, holder)

    def _choose(self, item: QListWidgetItem | None) -> None:
        key = item.data(_KEY) if item is not None else None
        if key and key != self._current:
            self.wanted.emit(str(key))
            # If the page on view asked to stay, the mark goes back to it.
            self.mark(self._current)


def _nothing() -> QPixmap:
    """As large as an icon, and empty."""
    empty = QPixmap(ICON, ICON)
    empty.fill(Qt.GlobalColor.transparent)
    return empty
