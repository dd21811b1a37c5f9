"""The desk: four cards, what is due in the next 60 days, and what came in."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jindu_desk.domain.months import Month
from jindu_desk.queries.exchange.introductions import introductions
from jindu_desk.queries.overview import month_at_hand, overview
from jindu_desk.queries.settings import unfinished
from jindu_desk.ui.desk.board import DeskBoard
from jindu_desk.ui.desk.lines import kept_lines, seen_of
from jindu_desk.ui.desk.seen import LAST_SEEN, KeptLine, ReturnedLine, Seen, as_text, last_seen, stamp_of
from jindu_desk.ui.frame.screen import Shell


class DeskPage(QWidget):
    """See `frame/screen.py` for the contract. The board is built with the first rows."""

    subjects = frozenset({"meetings", "tallies", "expenses", "units", "duties", "exchange"})

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.board: DeskBoard | None = None
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        # What stands there while the folder opens goes on standing there until its rows are read.
        if seen := last_seen(shell.layout(LAST_SEEN), shell.desk.paths):
            self._put(seen)

    def show_month(self, month: Month) -> None:
        del month
        self.refresh()

    def refresh(self) -> None:
        desk, month = self._shell.desk, self._shell.month

        def look() -> tuple[Seen, bool]:
            stamp = stamp_of(desk.paths)
            found, met = overview(desk.store, desk.unit, month), introductions(desk.store)
            seen = seen_of(found, unfinished(desk.store), met, stamp)
            return seen, month == month_at_hand(desk.store, desk.own)

        self._shell.tasks.run(look, self._show)

    def showEvent(self, event: QShowEvent) -> None:
        """Keeping an unfinished form is no change of the records, so nobody tells of it: look."""
        super().showEvent(event)
        if self.board is not None and not event.spontaneous():
            store = self._shell.desk.store
            self._shell.tasks.run(lambda: kept_lines(unfinished(store)), self.board.kept.show_lines)

    def _resume(self, line: KeptLine) -> None:
        if line.month:
            self._shell.choose_month(Month.parse(line.month))
        self._shell.go(line.screen)

    def _correct(self, line: ReturnedLine) -> None:
        self._shell.choose_month(Month.parse(line.month))
        self._shell.go(line.screen, **({"returned": True} if line.screen == "tallies" else {}))

    def _show(self, found: tuple[Seen, bool]) -> None:
        seen, at_hand = found
        if seen.month != str(self._shell.month):
            return
        self._put(seen)
        if at_hand:
            self._shell.keep_layout(LAST_SEEN, as_text(seen))

    def _put(self, seen: Seen) -> None:
        if self.board is None:
            self.board = DeskBoard(seen, self._shell.go, self._resume, self._correct)
            self._place.addWidget(self.board)
        else:
            self.board.show_seen(seen)
