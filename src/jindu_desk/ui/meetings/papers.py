"""The minutes given to the preview, a printer or a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from jindu_desk.queries.decisions import DecisionRow
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.meetings.paper import make_paper
from jindu_desk.ui.meetings.record import RecordPane
from jindu_desk.ui.paper import Paper, finished
from jindu_desk.ui.paper_handing import PaperHanding

_FOLDER = "meetings.pdf_folder"


class Papers(PaperHanding):
    """Makes the paper of what ``record`` shows, and gives it to the preview, a printer or a file."""

    def __init__(self, shell: Shell, record: RecordPane, parent: QWidget) -> None:
        super().__init__(shell, parent, folder_key=_FOLDER, what="纪要")
        self._record = record

    def make(self, then: Callable[[Paper], object]) -> None:
        """Lay the paper out on the worker, with what is typed at this moment."""
        whole, draft = self._record.whole, self._record.draft()
        if whole is not None and draft is not None:
            desk = self._shell.desk
            self._shell.tasks.run(lambda: make_paper(desk, whole, draft), then, title="正在排版纪要")

    def make_board(self, rows: Sequence[DecisionRow], which: str, then: Callable[[Paper], object]) -> None:
        """Lay the list of decisions out as it is shown."""
        desk, listed = self._shell.desk, tuple(rows)

        def made() -> Paper:
            from jindu_desk.reports.follow_up_paper import follow_up_printed
            from jindu_desk.reports.paper_fonts import paper_fonts

            name, today = desk.unit.unit.name, desk.store.clock().date()
            return finished(
                follow_up_printed(name, today, which, listed, paper_fonts(desk.paths)), f"督办清单-{name}-{today}.pdf"
            )

        self._shell.tasks.run(made, then, title="正在排版督办清单")

    def print_now(self) -> None:
        self.make(self.print_paper)

    def save_now(self) -> None:
        self.make(self.save_paper)
