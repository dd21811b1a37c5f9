"""The paper of a package's verdict: shown, printed, saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jindu_desk.domain.exchange import Verdict
from jindu_desk.queries.exchange.details import PackageDetails
from jindu_desk.reports.exchange.package_slip import PackageSlip
from jindu_desk.ui.paper import Paper, finished
from jindu_desk.ui.paper_handing import PaperHanding
from jindu_desk.ui.paper_preview import PaperPreview
from jindu_desk.ui.receive.package_panel import PackagePanel
from jindu_desk.ui.receive.package_words import remark_lines, what_to_do
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.receive.words import content_word, explanation_of, state_told

if TYPE_CHECKING:
    from datetime import date

    from jindu_desk.ui.frame.screen import Shell

_AUDIT = {True: "continues", False: "broken", None: "unknown"}
_REFUSED = (Verdict.UNTRUSTED, Verdict.DAMAGED, Verdict.NOT_FOR_US)


class Slips:
    """``shown()`` when the paper is there, ``left()`` when the user goes back."""

    def __init__(self, shell: Shell, shown: Callable[[], object], left: Callable[[], object]) -> None:
        self._shell, self._shown = shell, shown
        self.preview = PaperPreview(shell.tasks, self._print, self._save, name="核验单预览")
        self.preview.left.connect(left)
        self.handing = PaperHanding(shell, self.preview, folder_key="receive.pdf_folder", what="核验单")

    def show(self, panel: PackagePanel) -> None:
        """Lay the slip of what the panel shows out on the worker, then show it."""
        row, details, desk = panel.row, panel.details, self._shell.desk
        if details is None:
            return

        def made() -> Paper:
            from jindu_desk.queries.settings import settings
            from jindu_desk.reports.exchange.package_slip import package_slip_printed
            from jindu_desk.reports.paper_wording import paper_wording
            from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

            office = paper_wording(desk.unit, settings(desk.store)).office
            slip = slip_of(row, details, office, desk.store.clock().date())
            name = "-".join(filter(None, ("核验单", details.sender_name, content_word(row), str(details.number or ""))))
            return finished(package_slip_printed(slip, paper_fonts(desk.paths)), f"{name}.pdf")

        def show(paper: Paper) -> None:
            self.preview.show_paper(paper)
            self._shown()

        self._shell.tasks.run(made, show, title="正在排版核验单")

    def _print(self, paper: Paper) -> None:
        self.handing.print_paper(paper)

    def _save(self, paper: Paper) -> None:
        self.handing.save_paper(paper)


def slip_of(row: FileRow, details: PackageDetails, desk: str, printed_on: date) -> PackageSlip:
    """The same words as the panel's."""
    said, *lines = explanation_of(row).split("\n")
    remarks = (*lines, *remark_lines(details.remarks), *details.violations, *(row.faults if not row.counted else ()))
    return PackageSlip(
        desk=desk,
        printed_on=printed_on,
        verdict=row.verdict.value,
        kind=details.kind.value if details.kind else "",
        counted=row.counted,
        state=state_told(row, details.state),
        other_chosen=bool(row.other_chosen),
        sentence=said,
        to_do=what_to_do(row, details),
        sender=details.sender_name,
        sender_code=details.sender_code,
        keeper=details.keeper,
        receiver=details.receiver_name,
        period=details.period,
        number=details.number,
        revision=details.revision,
        reason=details.reason,
        created_at=details.created,
        received_at=details.row.received_at,
        decided_reason=row.decided_reason or row.other_chosen,
        remarks=remarks,
        proven=details.key_known and details.row.verdict not in _REFUSED,
        fingerprint="".join(details.groups),
        descriptor_sha256=details.descriptor_sha256,
        file_sha256=details.row.file_sha256,
        file_name=details.row.file_name,
        encrypted=details.row.encrypted if details.number else None,
        program=details.program,
        rules=details.rules,
        audit=_AUDIT[details.audit_continues],
    )
