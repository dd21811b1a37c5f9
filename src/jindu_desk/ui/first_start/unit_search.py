"""Finding a unit by name or pinyin initials (xjz → 薛家镇): a line to type in and a list that narrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from jindu_desk.domain.units import Tier
from jindu_desk.operations.units import UnitDraft
from jindu_desk.queries.shipped_units import ShippedUnit, search_shipped, shipped_unit
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.first_start.answers import draft_of
from jindu_desk.ui.tasks import Tasks
from jindu_desk.ui.theme.measures import GROUP, row_height

_DRAFT = Qt.ItemDataRole.UserRole


class UnitSearch(QWidget):
    """``chosen(draft)`` when a line is chosen; Enter in the line after that belongs to the guide. A name that is not
    on the list can be used as typed."""

    chosen = Signal(object)

    def __init__(self, tasks: Tasks, label: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._tier = Tier.TOWNSHIP
        self._asked = ""
        self._enter_waits = False
        self._taken = ""
        self.line = Field(label, line_edit(limit=60, placeholder=placeholder), required=True)
        self.line.editor.textEdited.connect(self._search)
        self.line.editor.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("找到的单位")
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.list.currentItemChanged.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.line)

    def look_for(self, tier: Tier, chosen: UnitDraft | None) -> None:
        """Search among the units of ``tier``; ``chosen`` stands in the line already."""
        self._tier = tier
        self._taken = chosen.name if chosen else ""
        self.line.editor.setText(self._taken)
        self._search(chosen.name if chosen else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow down goes into the list, Enter takes the first hit if none is taken yet."""
        if watched is self.line.editor and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.list.count():
                self.list.setCurrentRow(max(self.list.currentRow(), 0))
                self.list.setFocus()
                return True
            is_taken = self._taken != "" and self._taken == self.line.text()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not is_taken and self.line.text().strip():
                self._enter_waits = self._tasks.busy
                if not self._enter_waits:
                    self._take_first()
                return True
        return super().eventFilter(watched, event)

    def _search(self, text: str) -> None:
        tier = self._tier
        self._asked = text

        def show(found: tuple[ShippedUnit, ...]) -> None:
            if self._asked == text and self._tier is tier:
                self._show(text, found)

        self._tasks.run(lambda: search_shipped(text, tier, limit=60), show)

    def _show(self, text: str, found: tuple[ShippedUnit, ...]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for unit in found:
            above = shipped_unit(unit.parent)
            self._add(f"{unit.name}　{above.name if above else ''}", draft_of(unit))
        name = text.strip()
        if name and not name.isascii() and all(unit.name != name for unit in found):
            self._add(f"名单里没有：使用“{name}”", UnitDraft(name=name, tier=self._tier))
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        if self._enter_waits:
            self._enter_waits = False
            self._take_first()

    def _add(self, text: str, draft: UnitDraft) -> None:
        item = QListWidgetItem(text, self.list)
        item.setData(_DRAFT, draft)
        item.setSizeHint(QSize(0, row_height(self)))

    def only_hit(self) -> UnitDraft | None:
        """The one unit that is found by what was typed; None where there are none or several."""
        draft: UnitDraft | None = self.list.item(0).data(_DRAFT) if self.list.count() == 1 else None
        return draft

    def _take_first(self) -> None:
        if self.list.count():
            self.list.setCurrentRow(max(self.list.currentRow(), 0))
            self._choose(self.list.currentItem())

    def _follow(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        draft: UnitDraft = item.data(_DRAFT)
        self._taken = draft.name
        self.line.editor.setText(draft.name)
        self.line.clear_error()
        self.chosen.emit(draft)
