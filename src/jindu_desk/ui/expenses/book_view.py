"""The book on view: the year's sum, its budget lines, a filter, the entries, and the sum of the selection."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.domain.expense_rules import elapsed_of
from jindu_desk.domain.money import yuan_text
from jindu_desk.domain.months import Month
from jindu_desk.queries.expenses import BudgetLineRow, ExpenseBook, ExpenseRow, find_entries, sum_of
from jindu_desk.ui.expenses.bars import BarDelegate
from jindu_desk.ui.expenses.columns import BAR_COLUMN, ENTRY_COLUMNS, line_columns
from jindu_desk.ui.expenses.year_total import YearTotal
from jindu_desk.ui.fields import choice, line_edit, word_for
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.tables import RowsModel, rows_view, select_same
from jindu_desk.ui.theme.measures import GROUP, row_height, scaled_font


class BookView(QWidget):
    """``line_chosen()`` when another budget line (or none) is selected; ``entry_opened(row)`` on Enter or double-click;
    ``entries_chosen()`` when the selection of entries changed."""

    line_chosen = Signal()
    entry_opened = Signal(object)
    entries_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book: ExpenseBook | None = None
        self._month = Month(2000, 1)
        self._wanted = ""
        self._fitted = -1
        self._chosen: tuple[ExpenseRow, ...] = ()
        self._lines = RowsModel(line_columns(elapsed_of(2000, Month(2000, 1).first_day)))
        self.lines_table = rows_view(self._lines, name="预算科目", compact=True)
        self._bars = BarDelegate(self._lines)
        self.lines_table.setItemDelegateForColumn(BAR_COLUMN, self._bars)
        self._entries = RowsModel(ENTRY_COLUMNS)
        self.entries_table = rows_view(self._entries, name="支出明细")
        self.entries_table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.span = choice((("本月", "month"), ("全年", "year")))
        self.span.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.span.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.search = line_edit(placeholder="查找（Ctrl+F）")
        self._total = YearTotal()
        self._sum = QLabel()
        self._sum.setAccessibleName("合计")
        self._build()
        self._connect()

    def show_book(self, book: ExpenseBook, month: Month) -> None:
        """Show another state of the book; selections stay where their rows still are."""
        line, entries = self.line, {row.id for row in self.chosen}
        same_book = self._book is not None and self._book.year == book.year
        self._book, self._month = book, month
        self.span.setItemText(0, month_text(month))
        self._total.show_book(book)
        self._bars.elapsed = book.elapsed
        self.lines_table.selectionModel().blockSignals(True)
        self._lines.columns = line_columns(book.elapsed)
        self._lines.show_rows(book.lines)
        if same_book and line is not None:
            select_same(self.lines_table, self._lines, lambda row: row.id, line.id)
        self.lines_table.selectionModel().blockSignals(False)
        self._fit_lines(len(book.lines))
        self._narrow(entries if same_book else set())
        self.line_chosen.emit()
        if self._wanted:
            self._look_for_wanted()

    @property
    def line(self) -> BudgetLineRow | None:
        """The selected budget line."""
        chosen = self.lines_table.selectionModel().selectedRows()
        return self._lines.row(chosen[0]) if chosen else None

    @property
    def chosen(self) -> tuple[ExpenseRow, ...]:
        """The selected entries, as they stand on the screen."""
        return self._chosen

    @property
    def shown(self) -> tuple[ExpenseRow, ...]:
        """The entries on view."""
        return self._entries.rows

    @property
    def sum_text(self) -> str:
        """What the foot says about the selection and the entries on view."""
        return self._sum.text()

    def choose_entry(self, entry_id: str) -> None:
        """Select an entry, now or when it arrives with the next rows, widening the filter where it hides it."""
        self._wanted = entry_id
        self._look_for_wanted()

    def choose_line(self, line_id: str) -> None:
        select_same(self.lines_table, self._lines, lambda row: row.id, line_id)

    def _build(self) -> None:
        self._line_word = QLabel("全部科目")
        self._line_word.setProperty("role", "muted")
        self._all_lines = QPushButton("看全部科目")
        self._all_lines.setProperty("role", "link")
        self._all_lines.setAutoDefault(False)
        self._all_lines.clicked.connect(self.lines_table.clearSelection)
        self.search.setAccessibleName("查找支出")
        self.search.setToolTip("按摘要、收款方、类别、凭证号、经办人、金额或 #编号 查找")
        self.search.setClearButtonEnabled(True)
        title = QLabel("支出明细")
        title.setFont(scaled_font(1.1, bold=True))
        filters = QHBoxLayout()
        filters.setSpacing(GROUP)
        filters.addWidget(title)
        filters.addWidget(self._line_word)
        filters.addWidget(self._all_lines)
        filters.addStretch(1)
        self._line_word.setMinimumWidth(1)  # gives way before the filter does
        filters.addWidget(word_for(self.span, "期间(&Q)"))
        filters.addWidget(self.span)
        filters.addWidget(self.search)
        self.search.setMinimumWidth(self.search.fontMetrics().horizontalAdvance("汉") * 12)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, GROUP, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(filters)
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
        self.entries_table.activated.connect(lambda index: self.entry_opened.emit(self._entries.row(index)))
        self.span.currentIndexChanged.connect(lambda _index: self._narrow())
        self.search.textChanged.connect(lambda _text: self._narrow())
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self.search.setFocus)
        clear = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.lines_table)
        clear.setContext(Qt.ShortcutContext.WidgetShortcut)
        clear.activated.connect(self.lines_table.clearSelection)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside an open panel, or in a small window, the columns that matter less give way."""
        super().resizeEvent(event)
        ems = self.width() / max(self.fontMetrics().horizontalAdvance("汉"), 1)
        self._total.fit(ems)
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

    def _line_changed(self) -> None:
        self._narrow()
        self.line_chosen.emit()

    def _entries_changed(self) -> None:
        numbers = sorted(index.row() for index in self.entries_table.selectionModel().selectedRows())
        self._chosen = tuple(self._entries.row(number) for number in numbers)
        self._show_sum()
        self.entries_chosen.emit()

    def _narrow(self, keep: set[str] | None = None) -> None:
        """Show what the filter lets through, newest first; ``keep`` stays selected (default: what is)."""
        if self._book is None:
            return
        line = self.line
        kept = {row.id for row in self.chosen} if keep is None else keep
        month = self._month if self.span.currentData() == "month" else None
        found = find_entries(self._book.entries, month=month, line_id=line.id if line else "", text=self.search.text())
        self._line_word.setText(f"只看“{line.name}”" if line else "全部科目")
        self._line_word.setToolTip("在科目表中按 Esc 也可看全部" if line else "")
        self._all_lines.setVisible(line is not None)
        self._entries.show_rows(found[::-1])
        self._select(kept)

    def _look_for_wanted(self) -> None:
        if self._book is None or all(row.id != self._wanted for row in self._book.entries):
            return
        wanted, self._wanted = self._wanted, ""
        if not select_same(self.entries_table, self._entries, lambda row: row.id, wanted):
            self.search.clear()
            self.lines_table.clearSelection()
            self.span.setCurrentIndex(self.span.findData("year"))
            select_same(self.entries_table, self._entries, lambda row: row.id, wanted)

    def _select(self, ids: set[str]) -> None:
        """Select these entries, all at once: each change of the selection is summed and asked about."""
        selection = QItemSelection()
        last = self._entries.columnCount() - 1
        numbers = [number for number, row in enumerate(self._entries.rows) if row.id in ids]
        # One range per run of neighbours: asking a selection of hundreds of ranges takes its time.
        for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
            held = [number for _, number in run]
            first, end = self._entries.index(held[0], 0), self._entries.index(held[-1], last)
            selection.append(QItemSelectionRange(first, end))
        if selection.isEmpty():
            self._entries_changed()  # showing other rows took the selection away without a word
        else:
            self.entries_table.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    def _show_sum(self) -> None:
        chosen, shown = self.chosen, self.shown
        said = f"显示 {len(shown)} 笔，合计 {yuan_text(sum_of(shown))} 元"
        if chosen:
            said = f"选中 {len(chosen)} 笔，合计 {yuan_text(sum_of(chosen))} 元　·　{said}"
        self._sum.setText(said)
