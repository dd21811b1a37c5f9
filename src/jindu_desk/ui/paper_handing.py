"""A finished paper to a printer or a file: asked for, then done on the worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from jindu_desk.errors.papers import PrintingUnavailable
from jindu_desk.operations.saving import save_file
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.paper import (
    Paper,
    new_printer,
    orientation_of,
    page_size_of,
    print_pages,
)

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def with_ending(name: str, ending: str) -> Path:
    """The file that somebody named, with ``ending`` behind the name where they left it out."""
    target = Path(name)
    return target if target.suffix.lower() == ending else target.with_name(f"{target.name}{ending}")


class PaperHanding:
    """``folder_key``: under which the last folder is remembered. ``what``: the paper's name for the progress line."""

    def __init__(self, shell: Shell, parent: QWidget, *, folder_key: str, what: str) -> None:
        self._shell, self._parent = shell, parent
        self._folder_key, self._what = folder_key, what
        self.ask_target: Callable[[str], str] = self._ask_target
        self.ask_word_target: Callable[[str], str] = partial(
            self._ask_target, title="另存为 Word", kind="Word 文档 (*.docx)"
        )
        self.ask_table_target: Callable[[str], str] = partial(
            self._ask_target, title="另存为表格", kind="Excel 工作簿 (*.xlsx)"
        )
        self.ask_printer: Callable[[Paper], QPrinter | None] = self._ask_printer

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
                title=f"正在打印{self._what}",
                progress=True,
                cancellable=True,
            )

    def save_paper(self, paper: Paper) -> None:
        if name := self.ask_target(paper.name):
            self._write(name, ".pdf", lambda: paper.content)

    def save_in_word(self, paper: Paper) -> None:
        """The same paper as .docx, for those that come so."""
        make = paper.in_word
        if make is not None and (name := self.ask_word_target(f"{paper.name.removesuffix('.pdf')}.docx")):
            self._write(name, ".docx", make)

    def save_as_table(self, paper: Paper) -> None:
        """The rows of the paper as .xlsx, for those that are tables."""
        make = paper.as_table
        if make is not None and (name := self.ask_table_target(f"{paper.name.removesuffix('.pdf')}.xlsx")):
            self._write(name, ".xlsx", make)

    def _write(self, name: str, ending: str, make: Callable[[], bytes]) -> None:
        target = with_ending(name, ending)
        self._shell.keep_layout(self._folder_key, str(target.parent))
        self._shell.tasks.run(
            lambda: save_file(target, make()), lambda _none: self._shell.notice(f"已保存到 {target}", "done")
        )

    def _ask_target(self, name: str, title: str = "另存为 PDF", kind: str = "PDF (*.pdf)") -> str:
        folder = self._shell.layout(self._folder_key) or str(Path.home())
        target, _ = QFileDialog.getSaveFileName(self._parent, title, str(Path(folder) / name), kind)
        return target

    def _ask_printer(self, paper: Paper) -> QPrinter | None:
        printer = new_printer()
        from PySide6.QtPrintSupport import QPrintDialog

        printer.setDocName(paper.name.removesuffix(".pdf"))
        printer.setPageSize(page_size_of(paper.sizes[0]))
        printer.setPageOrientation(orientation_of(paper.sizes[0]))
        dialog = QPrintDialog(printer, self._parent)
        dialog.setMinMax(1, len(paper.sizes))
        dialog.setFromTo(1, len(paper.sizes))
        return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None
