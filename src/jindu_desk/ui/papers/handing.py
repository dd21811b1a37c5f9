"""All papers of the month, into a folder or one PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from jindu_desk.operations.paper_files import SavedPapers, save_papers
from jindu_desk.operations.saving import save_file
from jindu_desk.reports.bundle import MadePaper, bundle_printed, make_all
from jindu_desk.reports.edited_text import stale_remarks
from jindu_desk.ui.paper_handing import with_ending
from jindu_desk.ui.papers.occasion import occasion_now

if TYPE_CHECKING:
    from jindu_desk.reports.papers import Occasion
    from jindu_desk.ui.frame.screen import Shell
    from jindu_desk.ui.tasks import Progress

FOLDER = "papers.folder"


@dataclass(frozen=True, slots=True)
class _Made:
    """``remarks``: what is to be looked at in what was printed, in sentences."""

    papers: tuple[MadePaper, ...]
    remarks: tuple[str, ...]


def _with_remarks(made: tuple[MadePaper, ...], occasion: Occasion) -> _Made:
    printed = [each.kind for each in made if each.printed is not None]
    return _Made(made, tuple(stale_remarks(printed, occasion)))


class MonthPapers:
    """``inside()``: whether what stays in the office is wanted too. ``parent`` is that of the file dialogs."""

    def __init__(self, shell: Shell, parent: QWidget, inside: Callable[[], bool]) -> None:
        self._shell, self._parent, self._inside = shell, parent, inside
        self.ask_folder: Callable[[], str] = self._ask_folder
        self.ask_file: Callable[[str], str] = self._ask_file

    def save_all(self) -> None:
        """A new folder with a file for each paper, below the one that the user chooses."""
        if not (name := self.ask_folder()):
            return
        parent, inside, shell = Path(name), self._inside(), self._shell
        occasion = occasion_now(shell)
        shell.keep_layout(FOLDER, name)

        def work(progress: Progress) -> tuple[SavedPapers, _Made]:
            now = occasion()
            made = make_all(now, inside=inside, editable=True, step=progress.step)
            return save_papers(parent, now, made), _with_remarks(made, now)

        def done(result: tuple[SavedPapers, _Made]) -> None:
            saved, made = result
            self._tell(f"已存入“{saved.folder}”，共 {len(saved.files)} 个文件", made)

        shell.tasks.run(work, done, title="正在排版本月文书", progress=True, cancellable=True)

    def save_bundle(self) -> None:
        """One PDF with a list in front."""
        shell, inside = self._shell, self._inside()
        month = shell.month
        usual = f"{shell.desk.unit.unit.name}{month.year}年{month.number}月禁毒工作材料.pdf"
        if not (name := self.ask_file(usual)):
            return
        target = with_ending(name, ".pdf")
        occasion = occasion_now(shell)
        shell.keep_layout(FOLDER, str(target.parent))

        def work(progress: Progress) -> _Made:
            now = occasion()
            made = make_all(now, inside=inside, step=progress.step)
            save_file(target, bundle_printed(now, made).content)
            return _with_remarks(made, now)

        shell.tasks.run(
            work,
            lambda made: self._tell(f"已保存到“{target}”", made),
            title="正在排版本月文书",
            progress=True,
            cancellable=True,
        )

    def _tell(self, said: str, made: _Made) -> None:
        absent = "、".join(each.kind.name for each in made.papers if each.printed is None)
        said = f"{said}。没有内容可印的：{absent}" if absent else said
        self._shell.notice("。".join((said, *made.remarks)), "warning" if made.remarks else "done")

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self._parent, "存到哪个文件夹里", self._last())

    def _ask_file(self, name: str) -> str:
        target, _ = QFileDialog.getSaveFileName(
            self._parent, "合成一个 PDF", str(Path(self._last()) / name), "PDF (*.pdf)"
        )
        return target

    def _last(self) -> str:
        return self._shell.layout(FOLDER) or str(Path.home())
