"""The minutes and the papers around a meeting given to the preview, a printer or a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from jindu_desk.queries.decisions import DecisionRow
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.meetings.paper import make_paper
from jindu_desk.ui.meetings.record import RecordPane
from jindu_desk.ui.paper import Paper, finished
from jindu_desk.ui.paper_handing import PaperHanding

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.domain.months import Month
    from jindu_desk.reports.papers import Occasion, PaperKind

_FOLDER = "meetings.pdf_folder"


class Papers(PaperHanding):
    """Makes the paper of what ``record`` shows, and gives it to the preview, a printer or a file."""

    def __init__(self, shell: Shell, record: RecordPane, parent: QWidget) -> None:
        super().__init__(shell, parent, folder_key=_FOLDER, what="会议文书")
        self._record = record

    def make(self, then: Callable[[Paper], object]) -> None:
        """Lay the paper out on the worker, with what is typed at this moment."""
        whole, draft = self._record.whole, self._record.draft()
        if whole is not None and draft is not None:
            desk = self._shell.desk
            self._shell.tasks.run(lambda: make_paper(desk, whole, draft), then, title="正在排版纪要")

    def make_kind(self, kind: PaperKind, then: Callable[[Paper], object]) -> None:
        """Lay out one of `MEETING_KINDS` with what is typed at this moment."""
        whole, draft = self._record.whole, self._record.draft()
        if whole is not None and draft is not None:
            desk, meeting = self._shell.desk, replace(whole, draft=draft)

            def made() -> Paper:
                from jindu_desk.reports.meetings.papers import meeting_printed, meeting_word

                occasion = _occasion(desk, meeting.month)
                in_word = partial(meeting_word, kind, occasion, meeting) if kind.as_word else None
                name = kind.file_name(meeting.unit_name, meeting.month, "pdf")
                return finished(meeting_printed(kind, occasion, meeting), name, in_word)

            self._shell.tasks.run(made, then, title=f"正在排版{kind.name}")

    def make_sheet(self, row: DecisionRow, then: Callable[[Paper], object]) -> None:
        """Lay out the sheet of one decision."""
        desk, month = self._shell.desk, self._shell.month

        def made() -> Paper:
            from jindu_desk.reports.meetings.follow_up_sheet_of import of_decisions

            printed = of_decisions(_occasion(desk, month), [row])
            return finished(printed, f"督办单-{desk.unit.unit.name}-{row.month}例会第{row.number}项.pdf")

        self._shell.tasks.run(made, then, title="正在排版督办单")

    def make_board(self, rows: Sequence[DecisionRow], which: str, then: Callable[[Paper], object]) -> None:
        """Lay the list of decisions out as it is shown."""
        desk, listed = self._shell.desk, tuple(rows)

        def made() -> Paper:
            from jindu_desk.reports.meetings.follow_up_paper import follow_up_printed
            from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

            name, today = desk.unit.unit.name, desk.store.clock().date()
            return finished(
                follow_up_printed(name, today, which, listed, paper_fonts(desk.paths)), f"督办清单-{name}-{today}.pdf"
            )

        self._shell.tasks.run(made, then, title="正在排版督办清单")

    def print_now(self) -> None:
        self.make(self.print_paper)

    def save_now(self) -> None:
        self.make(self.save_paper)


def _occasion(desk: Desk, month: Month) -> Occasion:
    from jindu_desk.reports.papers import occasion_of
    from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

    return occasion_of(desk.store, desk.unit, month, paper_fonts(desk.paths), desk.paths)
