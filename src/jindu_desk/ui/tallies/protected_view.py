"""The month as a paper that leaves the office shows it: to be looked at, not to be filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTableView, QVBoxLayout, QWidget

from jindu_desk.domain.tallies.catalogue import Item, Level
from jindu_desk.domain.tallies.protection import Protection
from jindu_desk.queries.tallies import TallySheet
from jindu_desk.reports.protection_wording import HIDDEN, LEGEND, WHY_HIDDEN
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.tables import Column, RowsModel, rows_view
from jindu_desk.ui.tallies.block_tabs import BlockTabs
from jindu_desk.ui.tallies.state import cell_text
from jindu_desk.ui.theme.measures import GROUP


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A unit's row; ``unit_id`` is "" for the sums."""

    unit_id: str
    name: str


class ShownRows(RowsModel[ShownRow]):
    """The names stand at the side, so that they stay while one goes across."""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return self.row(section).name
        return super().headerData(section, orientation, role)


class ProtectedView(QWidget):
    """Hidden figures are not in it at all: neither in the cells nor in what is said on hover. ``left()``: back."""

    left = Signal()

    def __init__(self, save: Callable[[], object]) -> None:
        super().__init__()
        self._found: TallySheet | None = None
        self._protection = Protection()
        self.tabs = BlockTabs()
        self.model = ShownRows((), self)
        self.table = rows_view(self.model, name="保护视图", sortable=False, compact=True)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        self.table.setShowGrid(True)
        self.table.verticalHeader().setVisible(True)
        said = QLabel(LEGEND)
        said.setWordWrap(True)
        said.setProperty("role", "muted")
        self.back = button_for(Action("返回", self.left.emit, icon="chevron-left", shortcut="Esc"))
        self.to_file = button_for(Action("导出保护版…", save, icon="file-spreadsheet", shortcut="Ctrl+E"))
        bar = QHBoxLayout()
        bar.setSpacing(GROUP)
        bar.addWidget(self.back)
        bar.addWidget(said, 1)
        bar.addWidget(self.to_file)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(bar)
        column.addWidget(self.tabs)
        column.addWidget(self.table, 1)
        self.tabs.currentChanged.connect(self._show_block)

    def clear(self) -> None:
        self._found = None
        self._put((), ())

    def show_month(self, found: TallySheet, protection: Protection) -> None:
        self._found, self._protection = found, protection
        catalogue, month = found.rules.catalogue, str(found.month)
        self.tabs.take_blocks(tuple(block for block in catalogue.blocks if catalogue.asked(block, month)))
        self._show_block()

    def text(self, row: ShownRow, item: Item) -> str:
        """What the paper shows of a unit, or of the sum."""
        found = self._found
        if found is None:
            return ""
        if not row.unit_id:
            return HIDDEN if self._protection.hides_total([item.code]) else _sum(found, item)
        if self._protection.hides(row.unit_id, item.code):
            return HIDDEN
        return cell_text(found.sheet.cell(row.unit_id, item.code))

    def _show_block(self) -> None:
        found, block = self._found, self.tabs.block
        if found is None or block is None:
            return
        villages = block.level is Level.VILLAGE
        rows = [ShownRow(unit.id, unit.name) for unit in (found.villages if villages else (found.township,))]
        if villages and len(rows) > 1:
            rows.append(ShownRow("", "合计"))
        kinds = found.rules.catalogue.kinds
        items = found.rules.catalogue.asked(block, str(found.month))
        self._put(tuple(self._column(item, kinds.get(item.kind, "")) for item in items), tuple(rows))

    def _put(self, columns: tuple[Column[ShownRow], ...], rows: tuple[ShownRow, ...]) -> None:
        old, self.model = self.model, ShownRows(columns, self)
        self.model.show_rows(rows)
        self.table.setModel(self.model)
        old.deleteLater()
        self.table.resizeColumnsToContents()
        self.table.setCurrentIndex(self.model.index(0, 0))

    def _column(self, item: Item, kind: str) -> Column[ShownRow]:
        def text(row: ShownRow) -> str:
            return self.text(row, item)

        def told(row: ShownRow) -> str:
            return WHY_HIDDEN if text(row) == HIDDEN else f"{row.name} {item.base} {item.name}"

        return Column(f"{item.base} {item.name}" + (f"\n{kind}" if kind else ""), text, align="right", tooltip=told)


def _sum(found: TallySheet, item: Item) -> str:
    cells = [found.sheet.cell(unit.id, item.code) for unit in found.villages]
    known = [cell for cell in cells if isinstance(cell, int)]
    return str(sum(known)) if known else "—"
