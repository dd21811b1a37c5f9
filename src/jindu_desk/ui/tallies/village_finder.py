"""Find a village by a few letters: its pinyin initials, or any part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from jindu_desk.ui.theme.measures import GROUP, row_height

_ENDINGS = ("社区居民委员会", "村民委员会", "社区居委会", "村委会", "居委会", "社区", "村")  # the longest first
_ROWS = 8
_WIDTH = 240


@dataclass(frozen=True, slots=True)
class Findable:
    unit_id: str
    name: str
    initials: str


def matching(units: Sequence[Findable], typed: str) -> tuple[Findable, ...]:
    """Those that begin so come first, then those that have it anywhere; all where nothing is typed. Of the letters
    only those of the own name count: 社区居委会 stands in nearly every one."""
    asked = typed.strip().lower()
    first = [unit for unit in units if unit.initials.lower().startswith(asked) or unit.name.startswith(asked)]
    rest = [unit for unit in units if unit not in first and (asked in _own_letters(unit) or asked in unit.name)]
    return (*first, *rest)


def _own_letters(unit: Findable) -> str:
    ending = next((ending for ending in _ENDINGS if unit.name.endswith(ending)), "")
    return unit.initials.lower()[: len(unit.initials) - len(ending)]


class VillageFinder(QFrame):
    """A small box over the sheet. ``chosen(unit id)``; Esc or a click elsewhere puts it away."""

    chosen = Signal(str)
    put_away = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._over = parent
        self._units: tuple[Findable, ...] = ()
        self.line = QLineEdit(placeholderText="村名或拼音首字母")
        self.line.setAccessibleName("找村（社区）")
        self.line.textEdited.connect(self._list)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("找到的村（社区）")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.hide()

    def open_over(self, units: Sequence[Findable], at: QPoint) -> None:
        self._units = tuple(units)
        self.line.clear()
        self._list("")
        rows = min(_ROWS, max(len(self._units), 1))
        wanted = self.line.sizeHint().height() + rows * row_height(self, compact=True) + 5 * GROUP
        self.resize(_WIDTH, min(wanted, self._over.height() - at.y()))
        self.move(at)
        self.raise_()
        self.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                by = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.currentRow() + by, self.list.count() - 1)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                found = self.list.currentItem()
                if found is not None:
                    self._choose(found)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close()
                return True
        if watched is self.line and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _list(self, typed: str) -> None:
        self.list.clear()
        for unit in matching(self._units, typed):
            item = QListWidgetItem(f"{unit.name}　{unit.initials}")
            item.setData(Qt.ItemDataRole.UserRole, unit.unit_id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _choose(self, item: QListWidgetItem) -> None:
        unit_id = item.data(Qt.ItemDataRole.UserRole)
        self._close()
        self.chosen.emit(unit_id)

    def _close(self) -> None:
        self.hide()
        self.put_away.emit()
