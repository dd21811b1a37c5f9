"""The book on view: the year's sum, its budget lines, the entries found, and the sum of the selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QLabel, QSplitter, QVBoxLayout, QWidget

from jindu_desk.domain.expense_rules import elapsed_of
from jindu_desk.domain.money import yuan_text
from jindu_desk.domain.months import Month
from jindu_desk.queries.expense_entries import EntryFilter, FoundEntries, Order
from jindu_desk.queries.expenses import BudgetLineRow, ExpenseBook, ExpenseRow
from jindu_desk.ui.expenses.bars import BarDelegate
from jindu_desk.ui.expenses.columns import BAR_COLUMN, ENTRY_ORDERS, line_columns
from jindu_desk.ui.expenses.entries_model import EntriesModel
from jindu_desk.ui.expenses.entries_view import EntriesView
from jindu_desk.ui.expenses.filter_bar import FilterBar
from jindu_desk.ui.expenses.row_drop import RowDrop
from jindu_desk.ui.expenses.year_total import YearTotal
from jindu_desk.ui.tables import RowsModel, rows_view, select_row, select_same
from jindu_desk.ui.theme.measures import GROUP, row_height

_RUNS = 500  # a selection in more pieces than this is given up when the rows come anew


@dataclass(frozen=True, slots=True)
class Wish:
    """What the view wants to see. ``keep``: ids that stay selected; ``goal``: an entry to go to, or ""."""

    unit_id: str
    filter: EntryFilter
    order: Order
    descending: bool
    keep: frozenset[str]
    goal: str = ""


class BookView(QWidget):
    """``line_chosen()`` when another budget line (or none) is selected; ``entry_opened(row, column)`` on Enter or
    double-click; ``entries_chosen()`` when the selection of entries changed; ``find_wanted(Wish)`` when other entries
    should be shown (`show_found`)."""

    line_chosen = Signal()
    entry_opened = Signal(object, int)
    entries_chosen = Signal()
    find_wanted = Signal(object)

    def __init__(self, filters: FilterBar, entries_table: EntriesView, drop: RowDrop) -> None:
        """What takes long to make is made before, a piece at a time."""
        super().__init__()
        self.filters, self.entries_table, self.drop = filters, entries_table, drop
        self.book: ExpenseBook | None = None
        self._month = Month(2000, 1)
        self._last: Wish | None = None
        self._goal = ""
        self._fitted = -1
        self._lines = RowsModel(line_columns(elapsed_of(2000, Month(2000, 1).first_day)))
        self.lines_table = rows_view(self._lines, name="预算科目", compact=True)
        self._bars = BarDelegate(self._lines)
        self.lines_table.setItemDelegateForColumn(BAR_COLUMN, self._bars)
        self.entries = EntriesModel(self)
        rows_view(self.entries, name="支出明细", view=self.entries_table)
        self.entries_table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._total = YearTotal()
        self._sum = QLabel()
        self._build()
        self._connect()

    def show_book(self, book: ExpenseBook, month: Month) -> None:
        """Show another state of the book; selections stay where their rows still are."""
        line, same_book = self.line, self.book is not None and self.book.year == book.year
        self.book, self._month = book, month
        self.filters.show_month(month, book.rules)
        self._total.show_book(book)
        self._bars.elapsed = book.elapsed
        self.lines_table.selectionModel().blockSignals(True)
        self._lines.columns = line_columns(book.elapsed)
        self._lines.show_rows(book.lines)
        if same_book and line is not None:
            select_same(self.lines_table, self._lines, lambda row: row.id, line.id)
        self.lines_table.selectionModel().blockSignals(False)
        self._fit_lines(len(book.lines))
        self._find(frozenset() if not same_book else None)
        self.line_chosen.emit()

    def show_found(self, wish: Wish, found: FoundEntries) -> None:
        """Show the entries found; what was to stay selected is selected again."""
        if self.book is None or self.book.year != wish.filter.since.year:
            return
        goal = found.goal
        if wish.goal and goal is None and self._widen():
            return  # looked for among all of the year
        same = self._last is not None and (self._last.filter, self._last.order) == (wish.filter, wish.order)
        self._last = wish
        self._goal = "" if wish.goal == self._goal else self._goal
        place = self.entries_table.verticalScrollBar().value() if same else 0
        self.entries_table.to_top()
        self.entries.show_found(found)
        self.entries_table.verticalScrollBar().setValue(place)
        self._select(found.kept)
        if goal is not None:
            select_row(self.entries_table, goal)
            self.entries_table.scrollTo(self.entries.index(goal, 0))

    @property
    def line(self) -> BudgetLineRow | None:
        """The selected budget line."""
        chosen = self.lines_table.selectionModel().selectedRows()
        return self._lines.row(chosen[0]) if chosen else None

    @property
    def chosen_count(self) -> int:
        return sum(last - first + 1 for first, last in self._ranges())

    @property
    def chosen(self) -> tuple[ExpenseRow, ...]:
        """The selected entries whose rows are here, as they stand on the screen."""
        places = (place for first, last in self._ranges() for place in range(first, last + 1))
        return tuple(row for place in places if (row := self.entries.held(place)) is not None)

    @property
    def shown(self) -> tuple[ExpenseRow, ...]:
        """The entries found whose rows are here."""
        return self.entries.rows

    @property
    def wish(self) -> Wish | None:
        """What the table shows, as it was asked for."""
        return self._wish(frozenset())

    @property
    def sum_text(self) -> str:
        """What the foot says about the selection and the entries found."""
        return self._sum.text()

    def choose_entry(self, entry_id: str) -> None:
        """Select an entry, now or when the book arrives, widening the filter where it hides it."""
        self._goal = entry_id
        self._find()

    def choose_line(self, line_id: str) -> None:
        select_same(self.lines_table, self._lines, lambda row: row.id, line_id)

    def _build(self) -> None:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, GROUP, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.filters)
        column.addWidget(self.entries_table, 1)
        column.addWidget(self._sum)
        split = self._split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.lines_table)
        split.addWidget(below)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        self.entries_table.setMinimumHeight(row_height() * 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self._total)
        whole.addWidget(split, 1)

    def _connect(self) -> None:
        self.lines_table.selectionModel().selectionChanged.connect(lambda *_: self._line_changed())
        self.entries_table.selectionModel().selectionChanged.connect(lambda *_: self._entries_changed())
        self.entries_table.activated.connect(self._open)
        self.entries.sorted_anew.connect(self._find)
        self.entries.dataChanged.connect(self._rows_came)
        self.filters.changed.connect(self._find)
        self.filters.all_lines_wanted.connect(self.lines_table.clearSelection)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self.filters.search.setFocus)
        clear = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.lines_table)
        clear.setContext(Qt.ShortcutContext.WidgetShortcut)
        clear.activated.connect(self.lines_table.clearSelection)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside an open panel, or in a small window, the columns that matter less give way."""
        super().resizeEvent(event)
        ems = self.width() / max(self.fontMetrics().horizontalAdvance("汉"), 1)
        self._total.fit(ems)
        self.filters.fit(ems)
        for table, columns in (
            (self.lines_table, ((66, 1), (66, 2), (42, BAR_COLUMN))),
            (self.entries_table, ((66, 4), (60, 7), (60, 6), (54, 5))),
        ):
            for needed, column in columns:
                table.setColumnHidden(column, ems < needed)

    def _fit_lines(self, count: int) -> None:
        """As high as its rows, up to six of them; the user may pull it open further."""
        table = self.lines_table
        head = table.horizontalHeader().sizeHint().height() + 2 * table.frameWidth()
        row = table.verticalHeader().defaultSectionSize()
        table.setMinimumHeight(head + row * min(max(count, 1), 3))
        table.setMaximumHeight(head + row * max(count, 1))
        if self._fitted != count:
            self._fitted = count
            wanted = head + row * min(max(count, 1), 6)
            self._split.setSizes([wanted, max(self._split.height() - wanted, 1)])

    def _open(self, index: QModelIndex) -> None:
        if (row := self.entries.held(index.row())) is not None:
            self.entry_opened.emit(row, index.column())

    def _line_changed(self) -> None:
        self._find()
        self.line_chosen.emit()

    def _entries_changed(self) -> None:
        self._show_sum()
        self.entries_chosen.emit()

    def _rows_came(self, first: QModelIndex, last: QModelIndex) -> None:
        """What can be done with the one selected entry is known only once its row is here."""
        if self.chosen_count == 1 and first.row() <= self._ranges()[0][0] <= last.row():
            self.entries_chosen.emit()

    def _ranges(self) -> list[tuple[int, int]]:
        """The selected rows as first and last: asking for each of a hundred thousand would hold the window up."""
        selection = self.entries_table.selectionModel().selection()
        held = (selection.at(number) for number in range(selection.count()))
        return sorted((each.top(), each.bottom()) for each in held)

    def _find(self, keep: frozenset[str] | None = None) -> None:
        """Ask for what the filter lets through; ``keep`` stays selected (default: what is)."""
        line = self.line
        self.filters.show_line(line.name if line else "")
        if keep is None:
            found = self.entries.found
            keep = (
                frozenset(key for first, last in self._ranges() for key in found.ids[first : last + 1])
                if found
                else frozenset()
            )
        if (wish := self._wish(keep)) is not None:
            self.find_wanted.emit(wish)

    def _wish(self, keep: frozenset[str]) -> Wish | None:
        if self.book is None:
            return None
        line, sorting = self.line, self.entries.sorting
        order, descending = (Order.ON, True) if sorting is None else (ENTRY_ORDERS[sorting[0]], sorting[1])
        wanted = self.filters.wanted(self._month, line.id if line else "")
        return Wish(self.book.unit_id, wanted, order, descending, keep, self._goal)

    def _widen(self) -> bool:
        """Take the filter off, to find an entry that it hides; False where nothing was filtered."""
        line = self.line
        if line is None and not self.filters.narrows:
            return False
        self.filters.widen()
        self.lines_table.selectionModel().blockSignals(True)
        self.lines_table.clearSelection()
        self.lines_table.selectionModel().blockSignals(False)
        self._find()
        self.line_chosen.emit()
        return True

    def _select(self, runs: Sequence[tuple[int, int]]) -> None:
        """Select these runs of rows, all at once: each change of the selection is summed and asked about."""
        selection = QItemSelection()
        last = self.entries.columnCount() - 1
        for first, end in runs if len(runs) <= _RUNS else ():
            selection.append(QItemSelectionRange(self.entries.index(first, 0), self.entries.index(end, last)))
        if selection.isEmpty():
            self._entries_changed()  # showing other rows took the selection away without a word
        else:
            self.entries_table.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    def _show_sum(self) -> None:
        found = self.entries.found
        if found is None:
            return
        said = f"显示 {len(found.ids):,} 笔，合计 {yuan_text(found.total_fen)} 元"
        if ranges := self._ranges():
            chosen = sum(found.sum_of(first, last) for first, last in ranges)
            said = f"选中 {self.chosen_count:,} 笔，合计 {yuan_text(chosen)} 元　·　{said}"
        self._sum.setText(said)
