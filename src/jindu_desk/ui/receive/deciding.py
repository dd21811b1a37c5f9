"""What a person decides: a revision, a fork, a key."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from jindu_desk.domain.exchange import Verdict
from jindu_desk.queries.exchange import PackageDifferences, ReceivedRow, SignerRow
from jindu_desk.queries.units import UnitRow
from jindu_desk.ui.enrol_form import EnrolForm
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.receive.details import Details
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.receive.signer_details import SignerDetails
from jindu_desk.ui.side_panel import PanelForm, SidePanel

if TYPE_CHECKING:
    from jindu_desk.domain.changes import Changes
    from jindu_desk.ui.frame.screen import Shell


class Deciding:
    """Fills the side panel for the chosen row and carries out what is decided there.

    ``read_again()`` is called after a key was enrolled for a file that was refused without it.
    """

    def __init__(
        self,
        shell: Shell,
        panel: SidePanel,
        units: Callable[[], tuple[UnitRow, ...]],
        read_again: Callable[[], None],
    ) -> None:
        self._shell, self._panel, self._units, self._read_again = shell, panel, units, read_again

    def show_row(self, row: FileRow) -> None:
        shown = self._panel.content
        if isinstance(shown, Details) and shown.row == row:
            return
        details = Details(row, self._actions(row))
        self._panel.show_content(details)
        if row.received_id is None:
            return
        desk, received_id = self._shell.desk, row.received_id
        if row.verdict is Verdict.REVISION and not row.counted:

            def differences() -> PackageDifferences:
                from jindu_desk.queries.exchange import revision_differences

                return revision_differences(desk.store, desk.paths, received_id)

            self._shell.tasks.run(differences, partial(_show_differences, details))
        elif row.verdict is Verdict.FORK:

            def others() -> tuple[ReceivedRow, ...]:
                from jindu_desk.queries.exchange import rivals

                return rivals(desk.store, received_id)

            self._shell.tasks.run(others, partial(_show_rivals, details))

    def show_signer(self, row: SignerRow) -> None:
        self._panel.show_content(SignerDetails(row, partial(self._revoke, row)))

    def start_enrolling(self, row: FileRow | None = None) -> None:
        key = row.unknown_key if row is not None else None
        form = EnrolForm(
            self._units(),
            self._enrol,
            unit_id=key.unit_id if key else "",
            public_key=key.public_key if key else "",
        )
        self._panel.show_content(form)

    def _actions(self, row: FileRow) -> tuple[Action, ...]:
        """What can be decided, and the minutes that came along."""
        if row.number is None or row.received_id is None:
            return self._decisions(row)
        return (*self._decisions(row), Action("打开附件", partial(self._open_attachments, row), "paperclip"))

    def _decisions(self, row: FileRow) -> tuple[Action, ...]:
        if row.verdict is Verdict.REVISION and not row.counted:
            return (Action("采用更正", partial(self._confirm, row), "check", role="primary"),)
        if row.verdict is Verdict.FORK:
            return (Action("认定采用这一份", partial(self._decide, row), "git-fork", role="primary"),)
        if row.unknown_key is not None and row.verdict is Verdict.UNTRUSTED:
            return (Action("核对并登记密钥…", partial(self.start_enrolling, row), "key-round", role="primary"),)
        return ()

    def _open_attachments(self, row: FileRow) -> None:
        desk, received_id = self._shell.desk, row.received_id or ""
        folder = Path(tempfile.gettempdir()) / "jindu-desk"

        def copies() -> tuple[Path, ...]:
            from jindu_desk.queries.exchange_files import copy_out_attachments

            return copy_out_attachments(desk.store, desk.paths, received_id, folder)

        self._shell.tasks.run(copies, self._open_files)

    def _open_files(self, files: tuple[Path, ...]) -> None:
        if not files:
            self._shell.notice("这个数据包没有附件。", "info")
        for file in files:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _confirm(self, row: FileRow) -> None:
        desk, received_id = self._shell.desk, row.received_id or ""

        def confirm() -> Changes:
            from jindu_desk.operations.exchange_receive import confirm_revision

            return confirm_revision(desk.store, desk.paths, received_id)

        self._carry_out(confirm, "已采用更正，汇总已更新。")

    def _decide(self, row: FileRow) -> None:
        desk, received_id = self._shell.desk, row.received_id or ""
        content = self._panel.content
        reason = content.reason_text if isinstance(content, Details) else ""

        def decide() -> Changes:
            from jindu_desk.operations.exchange_receive import decide_fork

            return decide_fork(desk.store, desk.paths, received_id, reason)

        self._carry_out(decide, "已认定，汇总已更新。")

    def _enrol(self, unit_id: str, public_key: str, keeper: str, compared: str) -> None:
        desk = self._shell.desk

        def enrol() -> Changes:
            from jindu_desk.operations.exchange_keys import trust_key

            return trust_key(desk.store, unit_id, public_key, keeper=keeper, compared=compared)

        self._carry_out(enrol, "密钥已登记。", self._read_again)

    def _revoke(self, row: SignerRow) -> None:
        if not self._shell.ask("作废后，用这把密钥签的文件都不再读入，且不能恢复。要作废吗？", "作废", danger=True):
            return
        desk = self._shell.desk

        def revoke() -> Changes:
            from jindu_desk.operations.exchange_keys import revoke_key

            return revoke_key(desk.store, row.id)

        self._carry_out(revoke, "密钥已作废。")

    def _carry_out(
        self, operation: Callable[[], Changes], said: str, afterwards: Callable[[], None] | None = None
    ) -> None:
        content = self._panel.content

        def done(_changes: Changes) -> None:
            if self._panel.content is content:
                self._panel.close_content()
            if afterwards is not None:
                afterwards()

        def refused(error: Exception) -> None:
            if self._panel.content is content:
                self._panel.set_busy(False)
                if isinstance(content, PanelForm | Details):
                    content.show_failure(error)
            self._shell.notice(str(error), "error")

        self._panel.set_busy(True)
        self._shell.carry_out(operation, said=said, then=done, failed=refused)


def _show_differences(details: Details, found: PackageDifferences) -> None:
    details.show_differences(found)


def _show_rivals(details: Details, found: tuple[ReceivedRow, ...]) -> None:
    details.show_rivals(found)
