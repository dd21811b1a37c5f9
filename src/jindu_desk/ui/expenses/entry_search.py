"""From the filter to the rows: searches and blocks of rows run on the worker, and only the last wish counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from jindu_desk.errors import DeskError
from jindu_desk.ui.expenses.book_view import BookView, Wish

if TYPE_CHECKING:
    from jindu_desk.queries.expense_entries import FoundEntries
    from jindu_desk.queries.expenses import ExpenseRow
    from jindu_desk.ui.frame.screen import Shell


class EntrySearch(QObject):
    """Carries out what the view wants to see. While one search runs, the next waits and later ones replace it."""

    def __init__(self, shell: Shell, view: BookView, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._view = shell, view
        self._next: Wish | None = None
        self._running = False
        view.find_wanted.connect(self._find)
        view.entries.block_wanted.connect(self._fetch)

    def _find(self, wish: Wish) -> None:
        self._next = wish
        if not self._running:
            self._run()

    def _run(self) -> None:
        from jindu_desk.queries.expense_entries import find_entries

        wish, self._next = self._next, None
        if wish is None:
            return
        self._running = True
        store = self._shell.desk.store

        def find() -> FoundEntries:
            return find_entries(
                store,
                wish.unit_id,
                wish.filter,
                order=wish.order,
                descending=wish.descending,
                keep=wish.keep,
                goal=wish.goal,
            )

        def came(found: FoundEntries) -> None:
            self._running = False
            if self._next is not None:
                self._run()
            else:
                self._view.show_found(wish, found)

        def failed(error: Exception) -> None:
            self._running = False
            if isinstance(error, DeskError):
                self._shell.tasks.failed.emit(error)

        self._shell.tasks.run(find, came, failed)

    def _fetch(self, generation: int, block: int) -> None:
        from jindu_desk.queries.expense_entries import BLOCK, entries_by_id

        model, book = self._view.entries, self._view.book
        if model.found is None or book is None or generation != model.generation:
            return
        store, unit, year = self._shell.desk.store, book.unit_id, book.year
        ids = model.found.ids[block * BLOCK : (block + 1) * BLOCK]

        def put(rows: tuple[ExpenseRow, ...]) -> None:
            model.put_block(generation, block, rows)

        self._shell.tasks.run(lambda: entries_by_id(store, unit, year, ids), put)
