"""密钥登记表, 上报单 and the superior's 回执单: laid out on the worker, shown, printed, saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from jindu_desk.files import sha256_hex
from jindu_desk.ui.key_form_paper import key_form_paper
from jindu_desk.ui.paper import Paper, finished
from jindu_desk.ui.paper_handing import PaperHanding
from jindu_desk.ui.paper_preview import PaperPreview

if TYPE_CHECKING:
    from jindu_desk.queries.exchange.superior import SentPackage, SnapshotRow
    from jindu_desk.ui.frame.screen import Shell


class Papers:
    """``shown()`` when the paper is there, ``left()`` when the user goes back."""

    def __init__(self, shell: Shell, parent: QWidget, shown: Callable[[], object], left: Callable[[], object]) -> None:
        self._shell, self._shown = shell, shown
        self.handing = PaperHanding(shell, parent, folder_key="report.pdf_folder", what="表单")
        self.preview = PaperPreview(
            shell.tasks, self.handing.print_paper, self.handing.save_paper, name="登记表、上报单和回执单预览"
        )
        self.preview.left.connect(left)

    def show_key_form(self) -> None:
        desk = self._shell.desk
        self._shell.tasks.run(lambda: key_form_paper(desk), self._show, title="正在排版密钥登记表")

    def show_slip(self, sent: SentPackage) -> None:
        desk = self._shell.desk

        def made() -> Paper:
            from jindu_desk.reports.exchange.papers import report_slip_of
            from jindu_desk.reports.exchange.report_slip import report_slip_printed
            from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

            size, file_sha256 = as_it_lies(sent)
            slip = report_slip_of(desk.unit, sent, size=size, file_sha256=file_sha256)
            name = f"上报单-{desk.unit.unit.name}-{sent.period}-{sent.number}.pdf"
            return finished(report_slip_printed(slip, paper_fonts(desk.paths)), name)

        self._shell.tasks.run(made, self._show, title="正在排版上报单")

    def show_answer(self, answer: SnapshotRow) -> None:
        """What the superior answered, from its kept copy: the very slip that it can print itself."""
        desk = self._shell.desk

        def made() -> Paper:
            from jindu_desk.queries.exchange.answer_copies import received_answer
            from jindu_desk.reports.exchange.answer_slip import answer_slip_printed
            from jindu_desk.reports.exchange.answer_slip_of import answer_slip_of
            from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

            copy = received_answer(desk.store, desk.paths, answer.received_id)
            printed = answer_slip_printed(answer_slip_of(copy), paper_fonts(desk.paths))
            return finished(printed, f"上报回执-{copy.unit}-第{copy.number}号.pdf")

        self._shell.tasks.run(made, self._show, title="正在排版回执单")

    def _show(self, paper: Paper) -> None:
        self.preview.show_paper(paper)
        self._shown()


def as_it_lies(sent: SentPackage) -> tuple[int | None, str]:
    """Size and hash of the file where it was written; unknown where the stick is gone, as an encrypted file differs
    each time it is written. A readable one is what was kept."""
    try:
        content = (Path(sent.written_to) / sent.file_name).read_bytes()
    except OSError:
        return None, "" if sent.encrypted else sent.file_sha256
    return len(content), sha256_hex(content)
