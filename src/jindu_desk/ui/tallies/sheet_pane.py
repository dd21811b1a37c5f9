"""Tabs, sheet, totals and legend: what one works in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QPoint, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from jindu_desk.domain.tallies.catalogue import Block, Item
from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.domain.tallies.sheet import Place
from jindu_desk.ui.tallies.block_tabs import BlockTabs
from jindu_desk.ui.tallies.model import SheetModel, runs
from jindu_desk.ui.tallies.sheet_look import SheetLook
from jindu_desk.ui.tallies.sheet_view import SheetView, TotalsRow
from jindu_desk.ui.tallies.state import SheetState, Touched
from jindu_desk.ui.tallies.totals_model import TotalsModel
from jindu_desk.ui.tallies.village_finder import Findable, VillageFinder
from jindu_desk.ui.theme.measures import GROUP, scaled_font

_LEGENDS = (
    "直接输入数字，回车到下一村，Tab 到下一项　·　W 未掌握　·　N 无此情况　·　Delete 清空　·　"
    "灰格自动结转或计算　·　Alt+PgDn 下一组",
    "回车到下一村，Tab 到下一项　·　W 未掌握　·　N 无此情况　·　Delete 清空　·　灰格不用填",
    "回车到下一村，Tab 到下一项　·　W 未掌握　·　N 无此情况",
    "W 未掌握　·　N 无此情况",
)


class SheetPane(QWidget):
    """``moved()``: another cell, or another block, is current."""

    moved = Signal()

    def __init__(
        self, edit: Callable[[Mapping[Place, Cell]], None], look: SheetLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._fault = ""
        self._keeps_legend = True
        self.tabs = BlockTabs()
        self.model = SheetModel(edit, self)
        self.view = SheetView(self.model, edit)
        self.totals = TotalsRow(TotalsModel(self.model, self), self.view)
        self.legend = legend = QLabel(_LEGENDS[0])
        legend.setFont(scaled_font(0.88))
        legend.setProperty("role", "muted")
        legend.setToolTip(_LEGENDS[0])
        legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.totals)
        column.addSpacing(4)
        column.addWidget(legend)
        self.view.moved.connect(self.moved)
        self.view.fault_shown.connect(self._show_fault)
        self.tabs.currentChanged.connect(self._show_block)
        self.finder = VillageFinder(self)
        self.finder.chosen.connect(self._go_to_row)
        self.finder.put_away.connect(self.view.setFocus)
        self.view.past_end.connect(self._go_on)
        self.view.zoomed.connect(look.step)
        look.changed.connect(self.refit)
        for keys, by in (("Alt+PgDown", 1), ("Alt+PgUp", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self._step_block(by))

    def show_state(self, state: SheetState) -> None:
        """Show another state, staying at the block and cell one is at."""
        place, top = self.place, self.view.verticalScrollBar().value()
        across = self.view.horizontalScrollBar().value()
        self.tabs.take_blocks(tuple(block for block in state.catalogue.blocks if state.items(block)))
        block = self.tabs.block
        if block is None:
            return
        self.model.show_block(state, block)
        self.refit()
        self.tabs.mark(state)
        if place is None or not self.jump(*place):
            self._start(state, block)
        self.view.verticalScrollBar().setValue(top)
        self.view.horizontalScrollBar().setValue(across)

    def show_changed(self, touched: Touched) -> None:
        self.model.tell(touched)
        if touched.rows and self.model.state is not None:
            self.tabs.mark(self.model.state)

    @property
    def place(self) -> Place | None:
        """The current cell."""
        index = self.view.currentIndex()
        if not index.isValid():
            return None
        unit_id, item = self.model.place(index)
        return unit_id, item.code

    @property
    def current(self) -> tuple[str, Item] | None:
        index = self.view.currentIndex()
        return self.model.place(index) if index.isValid() else None

    @property
    def selected_units(self) -> tuple[str, ...]:
        """The rows of the selection, in their order."""
        rows = sorted({index.row() for index in self.view.selectedIndexes()})
        if not rows and self.view.currentIndex().isValid():
            rows = [self.view.currentIndex().row()]
        return tuple(self.model.units[row] for row in rows)

    @property
    def selected_block(self) -> tuple[tuple[str, ...], tuple[Item, ...]]:
        """Rows and columns that the selection spans."""
        indexes = self.view.selectedIndexes() or [self.view.currentIndex()]
        rows = sorted({index.row() for index in indexes if index.isValid()})
        columns = sorted({index.column() for index in indexes if index.isValid()})
        return tuple(self.model.units[n] for n in rows), tuple(self.model.items[n] for n in columns)

    def jump(self, unit_id: str, item: str) -> bool:
        """Go to a cell, in its block; False when there is no such cell."""
        state = self.model.state
        if state is None or item not in state.catalogue.items or not self.view.finish_typing():
            return False
        sought = state.catalogue.item(item)
        self.look.show_again(frozenset({sought.base}))
        code = sought.block
        if self.tabs.block is None or self.tabs.block.code != code:
            self.tabs.show_code(code)
        index = self.model.index_of(unit_id, item)
        if index.isValid():
            self.view.go_to(index)
            self.view.scrollTo(index)
        return index.isValid()

    def select(self, places: set[Place]) -> None:
        """Select these cells of the block in view."""
        # Range by range: Qt compares each with every other.
        rows: dict[int, list[int]] = {}
        for index in (self.model.index_of(*place) for place in places):
            if index.isValid():
                rows.setdefault(index.row(), []).append(index.column())
        chosen = QItemSelection()
        for row, columns in rows.items():
            for first, last in runs(columns):
                chosen.append(QItemSelectionRange(self.model.index(row, first), self.model.index(row, last)))
        self.view.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _show_block(self) -> None:
        state, block = self.model.state, self.tabs.block
        if state is None or block is None:
            return
        if self.model.block is not None and not self.view.finish_typing():
            self.tabs.stay_at(self.model.block)
            return
        row = self.view.currentIndex().row()
        self.model.show_block(state, block)
        self.refit()
        self._start(state, block, max(row, 0))

    def _show_fault(self, fault: str) -> None:
        """The line below the sheet says why a figure is not taken, as long as it stands there."""
        self._fault = fault
        self._show_legend()
        self.legend.setProperty("role", "wrong" if fault else "muted")
        self.legend.style().unpolish(self.legend)
        self.legend.style().polish(self.legend)

    def keep_legend(self, wanted: bool) -> None:
        """Not ``wanted``: the line below the sheet is there only where it says more than which keys there are."""
        if wanted != self._keeps_legend:
            self._keeps_legend = wanted
            self._show_legend()

    def _show_legend(self) -> None:
        """As much of the hints as there is room for; the rest is in the tip."""
        out_of_sight = len(self.hidden_here)
        hidden = f"隐藏了 {out_of_sight} 项　·　" if out_of_sight else ""
        measure = self.legend.fontMetrics()
        room = self.width() - measure.horizontalAdvance(hidden)
        hint = next((text for text in _LEGENDS if measure.horizontalAdvance(text) <= room), _LEGENDS[-1])
        self.legend.setText(self._fault or f"{hidden}{hint}")
        self.legend.setVisible(self._keeps_legend or bool(self._fault or hidden))
        self.legend.setToolTip(self._fault or _LEGENDS[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_legend()

    def refit(self) -> None:
        """Widths and heights for the block and the text size of now."""
        self.legend.setFont(scaled_font(0.88))
        self._show_legend()
        zoom = self.look.zoom / 100
        self.view.show_block(zoom, self.look.hidden)
        self.totals.show_block(zoom)
        self.totals.setVisible(len(self.model.units) > 1)

    def _start(self, state: SheetState, block: Block, row: int = 0) -> None:
        """Begin at the first cell of the row that is typed."""
        if not self.model.units:
            return
        unit_id = self.model.units[min(row, len(self.model.units) - 1)]
        seen = [item for item in state.items(block) if item.base not in self.look.hidden]
        typed = next((item for item in seen if state.takes(unit_id, item)), seen[0] if seen else None)
        if typed is not None:
            self.view.go_to(self.model.index_of(unit_id, typed.code))
        self.moved.emit()

    @property
    def hidden_here(self) -> frozenset[str]:
        """The items of this block that are out of sight."""
        return self.look.hidden & {item.base for item in self.model.items}

    def hide_item(self, base: str) -> bool:
        """Put an item out of sight; False where nothing would be left of the block."""
        if {item.base for item in self.model.items} <= self.look.hidden | {base}:
            return False
        self.look.hide(base)
        at, state, block = self.view.currentIndex(), self.model.state, self.tabs.block
        if state is not None and block is not None and self.view.isColumnHidden(at.column()):
            self._start(state, block, at.row())  # nobody types where nothing is seen
        return True

    def find_village(self) -> None:
        state = self.model.state
        if state is not None and self.view.finish_typing():
            units = (*state.found.villages, state.found.township)
            known = {unit.id: Findable(unit.id, unit.name, unit.initials) for unit in units}
            self.finder.open_over([known[unit] for unit in self.model.units], QPoint(GROUP, GROUP))

    def _go_to_row(self, unit_id: str) -> None:
        column = max(self.view.currentIndex().column(), 0)
        self.view.go_to(self.model.index(self.model.units.index(unit_id), column))
        self.view.scrollTo(self.view.currentIndex())

    def _go_on(self) -> None:
        """From the last cell of a block to the first of the next; after the last block stay."""
        if self.tabs.currentIndex() + 1 < self.tabs.count():
            self.tabs.step(1)
            state, block = self.model.state, self.tabs.block
            if state is not None and block is not None:
                self._start(state, block)

    def _step_block(self, by: int) -> None:
        self.tabs.step(by)
        self.view.setFocus()
