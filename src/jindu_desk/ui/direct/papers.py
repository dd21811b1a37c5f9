"""The papers of this screen: an answer's slip, the list of what is owed, the own key's form. Shown, printed, saved;
the list also as a table."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from jindu_desk.ui.key_form_paper import key_form_paper
from jindu_desk.ui.paper import Paper, finished
from jindu_desk.ui.paper_handing import PaperHanding, with_ending
from jindu_desk.ui.paper_preview import PaperPreview

if TYPE_CHECKING:
    from jindu_desk.queries.exchange.superior import SentPackage
    from jindu_desk.ui.direct.loading import Loaded
    from jindu_desk.ui.frame.screen import Shell

_FOLDER = "direct.pdf_folder"
_WORKBOOK = ".xlsx"


class Papers:
    """``shown()`` when a paper is there, ``left()`` when the user goes back."""

    def __init__(self, shell: Shell, shown: Callable[[], object], left: Callable[[], object]) -> None:
        self._shell, self._shown, self._left = shell, shown, left
        self.ask_workbook: Callable[[str], str] = self._ask_workbook

    @cached_property
    def preview(self) -> PaperPreview:
        """Made for the first paper."""
        preview = PaperPreview(self._shell.tasks, self._print, self._save, name="单据预览")
        preview.left.connect(self._left)
        return preview

    @cached_property
    def handing(self) -> PaperHanding:
        return PaperHanding(self._shell, self.preview, folder_key=_FOLDER, what="单据")

    def show_slip(self, sent: SentPackage) -> None:
        """The slip of an answer, from its kept copy."""
        desk = self._shell.desk

        def made() -> Paper:
            from jindu_desk.queries.exchange.answer_copies import written_answer
            from jindu_desk.reports.exchange.answer_slip import answer_slip_printed
            from jindu_desk.reports.exchange.answer_slip_of import answer_slip_of
            from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

            copy = written_answer(desk.store, desk.paths, sent.receiver, sent.number)
            printed = answer_slip_printed(answer_slip_of(copy), paper_fonts(desk.paths))
            return finished(printed, f"上报回执-{copy.unit}-第{copy.number}号.pdf")

        self._shell.tasks.run(made, self._show, title="正在排版回执单")

    def show_reminders(self, loaded: Loaded) -> None:
        """The list of what is owed today."""
        desk = self._shell.desk

        def made() -> Paper:
            from jindu_desk.queries.settings import settings
            from jindu_desk.reports.exchange.papers import reminders_paper_of
            from jindu_desk.reports.exchange.reminders_paper import reminders_printed
            from jindu_desk.reports.paper_wording import paper_wording
            from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

            today = loaded.directive.today
            office = paper_wording(desk.unit, settings(desk.store)).office
            paper = reminders_paper_of(office, today, loaded.reminders, loaded.answers)
            return finished(
                reminders_printed(paper, paper_fonts(desk.paths)), f"催报清单-{desk.unit.unit.name}-{today}.pdf"
            )

        self._shell.tasks.run(made, self._show, title="正在排版催报清单")

    def export_reminders(self, loaded: Loaded) -> None:
        """The same list as a table, where the user says."""
        desk, today = self._shell.desk, loaded.directive.today
        name = self.ask_workbook(f"催报清单-{desk.unit.unit.name}-{today}{_WORKBOOK}")
        if not name:
            return
        target = with_ending(name, _WORKBOOK)
        self._shell.keep_layout(_FOLDER, str(target.parent))

        def write() -> None:
            from jindu_desk.operations.saving import save_file
            from jindu_desk.queries.settings import settings
            from jindu_desk.reports.exchange.papers import reminders_paper_of
            from jindu_desk.reports.exchange.reminders_workbook import reminders_xlsx
            from jindu_desk.reports.paper_wording import paper_wording

            office = paper_wording(desk.unit, settings(desk.store)).office
            paper = reminders_paper_of(office, today, loaded.reminders, loaded.answers)
            save_file(target, reminders_xlsx(paper))

        def tell(_none: None) -> None:
            self._shell.notice(f"已导出到 {target}", "done")

        self._shell.tasks.run(write, tell, title="导出催报清单")

    def _ask_workbook(self, name: str) -> str:
        start = Path(self._shell.layout(_FOLDER) or Path.home()) / name
        chosen, _ = QFileDialog.getSaveFileName(self.preview, "导出催报清单", str(start), f"表格 (*{_WORKBOOK})")
        return chosen

    def show_key_form(self) -> None:
        """This desk's fingerprint in large groups, for those who compare it."""
        desk = self._shell.desk
        self._shell.tasks.run(lambda: key_form_paper(desk), self._show, title="正在排版密钥登记表")

    def _show(self, paper: Paper) -> None:
        self._shown()
        self.preview.show_paper(paper)

    def _print(self, paper: Paper) -> None:
        self.handing.print_paper(paper)

    def _save(self, paper: Paper) -> None:
        self.handing.save_paper(paper)
