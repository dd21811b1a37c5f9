"""经费: builds the page and wires its parts; the parts do the work."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from jindu_desk.domain.changes import Subject
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.side_panel import SidePanel
from jindu_desk.ui.theme.measures import BETWEEN, EDGE

if TYPE_CHECKING:
    from jindu_desk.domain.months import Month
    from jindu_desk.queries.exchange.details import RemarkRow
    from jindu_desk.queries.expenses import ExpenseBook
    from jindu_desk.ui.frame.screen import Shell

_SPAN = "expenses.span"


# What needs no Qt is imported on the worker. What does never is: PySide makes its types when they are first named, and
# the window's thread may be at the same one.
_ROWS = ("queries.exchange.details", "queries.expense_entries", "queries.expenses")
_PARTS = (
    "ui.returned_banner",
    *(f"ui.expenses.{part}" for part in ("entries_view", "filter_bar", "row_drop", "book_view", "state", "booking")),
    *(f"ui.expenses.{part}" for part in ("budgeting", "closing", "entry_search", "importing", "import_reversal")),
    *(f"ui.expenses.{part}" for part in ("papers", "actions")),
)


class ExpensesPage(PageScaffold):
    """One unit's book of the year in which the chosen month lies.

    It comes up at once; what stands on it is imported and built in steps, between which the window breathes.
    """

    subjects = frozenset({Subject.EXPENSES.value, Subject.EXCHANGE.value})

    def __init__(self, shell: Shell) -> None:
        super().__init__("经费")
        self._shell = shell
        self._is_built = False
        self._where: dict[str, Any] = {}
        self._wanted_line = ""
        self._empty: QWidget | None = None
        self._steps = self._building()
        shell.tasks.run(_import_rows, self._build_on)

    def _build_on(self, _nothing: None) -> None:
        """The next step; after the last the page asks for its rows, and does what it was asked for meanwhile."""
        try:
            next(self._steps)
        except StopIteration:
            self._is_built = True
            self._share_room()
            self.refresh()
            if self._where:
                self.open_at(**self._where)
        else:
            self._shell.tasks.run(lambda: None, self._build_on)

    def _building(self) -> Iterator[None]:
        for part in _PARTS:
            import_module(f"jindu_desk.{part}")
            yield
        from jindu_desk.ui.expenses.actions import page_actions
        from jindu_desk.ui.expenses.book_view import BookView
        from jindu_desk.ui.expenses.booking import Booking
        from jindu_desk.ui.expenses.budgeting import Budgeting
        from jindu_desk.ui.expenses.closing import Closing
        from jindu_desk.ui.expenses.entries_view import EntriesView
        from jindu_desk.ui.expenses.entry_search import EntrySearch
        from jindu_desk.ui.expenses.filter_bar import FilterBar
        from jindu_desk.ui.expenses.import_reversal import ImportReversing
        from jindu_desk.ui.expenses.importing import Importing
        from jindu_desk.ui.expenses.papers import Papers
        from jindu_desk.ui.expenses.row_drop import RowDrop
        from jindu_desk.ui.expenses.state import PageState
        from jindu_desk.ui.returned_banner import ReturnedBanner

        filters = FilterBar()
        yield
        entries = EntriesView()
        yield
        drop = RowDrop(entries)
        yield
        self.view = BookView(filters, entries, drop)
        yield
        self.panel = SidePanel()
        self._locked = StateChip("", "plain", sign="lock")
        self._locked.setVisible(False)
        self.beside_title.addWidget(self._locked)
        self.returned = ReturnedBanner(self._shell, "expenses")
        self.body.addWidget(self.returned)
        self._left = QStackedWidget()
        self._left.setMinimumWidth(self._least_room())
        row = QHBoxLayout()
        row.setSpacing(BETWEEN)
        row.addWidget(self._left, 1)
        row.addWidget(self.panel)
        self.body.addLayout(row, 1)
        yield
        state = self._state = PageState(self._shell, self.view, self.panel)
        self._booking = Booking(state, self)
        self._budgeting = Budgeting(state)
        self._papers = Papers(state, self._booking, self)
        self._importing = Importing(state, self)
        self._closing = Closing(state)
        self._search = EntrySearch(self._shell, self.view, self)
        self.set_actions(
            page_actions(
                state,
                self._booking,
                self._budgeting,
                self._papers,
                self._importing,
                ImportReversing(state),
                self._closing,
            )
        )
        yield
        self._connect()
        self._left.addWidget(self.view)
        self._booking.load_draft()

    def _connect(self) -> None:
        span = self.view.filters.span
        if (kept := span.findData(self._shell.layout(_SPAN) or "month")) >= 0:
            span.setCurrentIndex(kept)
        span.activated.connect(lambda _index: self._shell.keep_layout(_SPAN, str(span.currentData())))
        self.view.line_chosen.connect(self.update_actions)
        self.view.entries_chosen.connect(self.update_actions)
        self.view.lines_table.activated.connect(lambda _index: self._budgeting.start_adjustment())
        self.view.entry_opened.connect(self._papers.open_row)
        self.view.drop.dropped.connect(self._papers.drop_on_row)
        self.panel.opened.connect(self._share_room)
        self.panel.closed.connect(self._share_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_built:
            self._share_room()

    def show_month(self, month: Month) -> None:
        self.set_title(f"经费　{month.year} 年")
        self.refresh()

    def refresh(self) -> None:
        if not self._is_built:
            return
        from jindu_desk.queries.exchange.details import own_remarks
        from jindu_desk.queries.expenses import expense_book

        today, month = self._state.today, self._shell.month
        store, unit, year = self._shell.desk.store, self._shell.desk.unit.unit.id, self._shell.month.year
        self._shell.tasks.run(lambda: expense_book(store, unit, year, today, entries=False), self._show)
        self._shell.tasks.run(lambda: (month, own_remarks(store, unit, month)), self._show_returned)

    def may_leave(self) -> bool:
        if self._is_built:
            self._booking.keep_draft()
        return True

    def open_at(self, *, line: str = "", entry: str = "", new: bool = False) -> None:
        """``line`` or ``entry``: an id to select; ``new``: begin an entry, once the book is here."""
        if not self._is_built:
            self._where = {"line": line, "entry": entry, "new": new}
            return
        self._wanted_line = line
        if entry:
            self.view.choose_entry(entry)
        if new:
            self._shell.tasks.run(lambda: None, lambda _nothing: self._booking.start_entry())

    def _show_returned(self, found: tuple[Month, tuple[RemarkRow, ...]]) -> None:
        month, remarks = found
        if month == self._shell.month:
            self.returned.show_remarks(remarks)

    def _show(self, book: ExpenseBook) -> None:
        if book.year != self._shell.month.year:
            return
        self._state.book = book
        self.view.show_book(book, self._shell.month)
        self._show_locked(book)
        self._show_empty(book)
        if self._wanted_line:
            self.view.choose_line(self._wanted_line)
            self._wanted_line = ""
        from jindu_desk.ui.expenses.entry_form import EntryForm

        if isinstance(form := self.panel.content, EntryForm):
            form.show_lines(book.lines)
        self._papers.refresh()
        self.update_actions()

    def _show_locked(self, book: ExpenseBook) -> None:
        month = str(self._shell.month)
        if book.year_closed:
            self._locked.show_state(f"{book.year} 年已年终结转", "plain", sign="lock")
        elif month in book.closed_months:
            self._locked.show_state("本月已结账", "plain", sign="lock")
        else:
            self._locked.show_state("本月已上报，已锁定", "plain", sign="lock")
        self._locked.setVisible(month in book.locked_months)

    def _share_room(self) -> None:
        """Where there is no room for both, an open panel takes the whole width."""
        whole = self.width() - 2 * EDGE
        room = whole - self.panel.usual_width - BETWEEN
        alone = self.panel.content is not None and room < self._least_room()
        self._left.setVisible(not alone)
        self.panel.setFixedWidth(whole if alone else self.panel.usual_width)

    def _least_room(self) -> int:
        """The width below which the tables say nothing any more."""
        return self.fontMetrics().horizontalAdvance("汉") * 30

    def _show_empty(self, book: ExpenseBook) -> None:
        """No lines yet: say what belongs here, with the first step."""
        if self._empty is not None:
            self._left.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if book.lines:
            self._left.setCurrentWidget(self.view)
            return
        sentence = f"还没有 {book.year} 年的预算科目。禁毒工作经费列入本级财政预算（第九条），支出都记在预算科目下。"
        new = Action(
            "新建预算科目", self._budgeting.start_line, "wallet", condition=self._state.can_write, role="primary"
        )
        copy = Action(
            f"沿用 {book.year - 1} 年的 {book.last_year_lines} 个科目",
            self._budgeting.copy_lines,
            "copy",
            condition=self._state.can_copy,
            role="primary",
        )
        self._empty = EmptyState(sentence, copy if book.last_year_lines else new, icon="wallet")
        self._left.addWidget(self._empty)
        self._left.setCurrentWidget(self._empty)


def _import_rows() -> None:
    """On the worker: importing takes longer than building."""
    for part in _ROWS:
        import_module(f"jindu_desk.{part}")
