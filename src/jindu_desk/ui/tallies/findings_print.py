"""The findings as a paper in place of the sheet, until the user goes back to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.tallies.finding_rows import FindingRow
from jindu_desk.ui.tallies.state import SheetState

if TYPE_CHECKING:
    from jindu_desk.ui.paper import Paper
    from jindu_desk.ui.paper_handing import PaperHanding
    from jindu_desk.ui.paper_preview import PaperPreview


class FindingsPrint:
    """``changed()`` when the paper came up or went."""

    def __init__(self, shell: Shell, stack: QStackedWidget, changed: Callable[[], object]) -> None:
        self._shell, self._stack, self._changed = shell, stack, changed
        self.is_open = False

    @cached_property
    def preview(self) -> PaperPreview:
        """Loaded and made for the first list."""
        from jindu_desk.ui.paper_preview import PaperPreview

        handing = self.handing
        preview = PaperPreview(
            self._shell.tasks,
            handing.print_paper,
            handing.save_paper,
            saving_as_table=handing.save_as_table,
            name="问题清单预览",
        )
        preview.left.connect(self.close)
        self._stack.addWidget(preview)
        return preview

    @cached_property
    def handing(self) -> PaperHanding:
        from jindu_desk.ui.paper_handing import PaperHanding

        return PaperHanding(self._shell, self._stack, folder_key="tallies.pdf_folder", what="问题清单")

    def show(self, state: SheetState, rows: Sequence[FindingRow], scope: str) -> None:
        """Lay out ``rows`` as they are listed."""
        from jindu_desk.ui.paper import finished

        desk, unit, month = self._shell.desk, state.found.township.name, state.found.month
        today = desk.store.clock().date()

        def made() -> Paper:
            from jindu_desk.reports.tallies.findings_paper import FindingLine, FindingsPaper, findings_printed
            from jindu_desk.reports.tallies.findings_workbook import findings_xlsx
            from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

            lines = tuple(
                FindingLine(
                    row.level, row.village, row.code, row.name, row.sentence, row.reason, row.weight, row.given_by
                )
                for row in rows
            )
            paper = FindingsPaper(unit, str(month), today, lines, scope)
            printed = findings_printed(paper, paper_fonts(desk.paths))
            name = f"台账问题清单-{unit}-{month}.pdf"
            return finished(printed, name, as_table=partial(findings_xlsx, paper, today))

        self._shell.tasks.run(made, self._show, title="正在排版问题清单")

    def close(self) -> None:
        self.is_open = False
        self._changed()

    def _show(self, paper: Paper) -> None:
        self.is_open = True
        self._stack.setCurrentWidget(self.preview)
        self.preview.show_paper(paper)
        self._changed()
