"""Preview, print and save of the minutes: the same bytes for all three."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from jindu_desk.errors.papers import PrintingUnavailable
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.meetings.paper import Paper, make_paper, new_printer, print_pages, save_paper
from jindu_desk.ui.meetings.record import RecordPane

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_FOLDER = "meetings.pdf_folder"


class Papers:
    """Makes the paper of what ``record`` shows, and gives it to the preview, a printer or a file."""

    def __init__(self, shell: Shell, record: RecordPane, parent: QWidget) -> None:
        self._shell, self._record, self._parent = shell, record, parent
        self.ask_target: Callable[[str], str] = self._ask_target
        self.ask_printer: Callable[[Paper], QPrinter | None] = self._ask_printer

    def make(self, then: Callable[[Paper], object]) -> None:
        """Lay the paper out on the worker, with what is typed at this moment."""
        whole, draft = self._record.whole, self._record.draft()
        if whole is not None and draft is not None:
            desk = self._shell.desk
            self._shell.tasks.run(lambda: make_paper(desk, whole, draft), then, title="正在排版纪要")

    def print_now(self) -> None:
        self.make(self.print_paper)

    def save_now(self) -> None:
        self.make(self.save_paper)

    def print_paper(self, paper: Paper) -> None:
        """Ask for the printer, then draw the pages at its resolution."""
        try:
            printer = self.ask_printer(paper)
        except PrintingUnavailable as error:
            self._shell.notice(str(error), "error")
            return
        if printer is not None:
            self._shell.tasks.run(
                lambda progress: print_pages(paper, printer, progress),
                lambda _none: self._shell.notice("已送往打印机", "done"),
                title="正在打印纪要",
                progress=True,
                cancellable=True,
            )

    def save_paper(self, paper: Paper) -> None:
        if name := self.ask_target(paper.name):
            target = Path(name)
            target = target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf")
            self._shell.keep_layout(_FOLDER, str(target.parent))
            self._shell.tasks.run(
                lambda: save_paper(paper, target), lambda _none: self._shell.notice(f"已保存到 {target}", "done")
            )

    def _ask_target(self, name: str) -> str:
        folder = self._shell.layout(_FOLDER) or str(Path.home())
        target, _ = QFileDialog.getSaveFileName(self._parent, "另存为 PDF", str(Path(folder) / name), "PDF (*.pdf)")
        return target

    def _ask_printer(self, paper: Paper) -> QPrinter | None:
        printer = new_printer()
        from PySide6.QtPrintSupport import QPrintDialog

        printer.setDocName(paper.name.removesuffix(".pdf"))
        dialog = QPrintDialog(printer, self._parent)
        dialog.setMinMax(1, len(paper.sizes))
        dialog.setFromTo(1, len(paper.sizes))
        return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None
