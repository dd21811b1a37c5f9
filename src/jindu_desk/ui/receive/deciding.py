"""What stands in the side panel for the chosen rows, and who carries out what is decided there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from jindu_desk.domain.exchange import Verdict
from jindu_desk.queries.exchange.answers import AnswerRow
from jindu_desk.queries.exchange.details import PackageDetails
from jindu_desk.queries.exchange.history import HistoryRow
from jindu_desk.queries.exchange.received import StreamRow
from jindu_desk.ui.drop_area import SUFFIX
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.receive.judging import Judging
from jindu_desk.ui.receive.keys import Keys
from jindu_desk.ui.receive.package_panel import PackagePanel
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.receive.several_panel import SeveralPanel
from jindu_desk.ui.receive.unit_panel import UnitPanel
from jindu_desk.ui.receive.work import Work
from jindu_desk.ui.side_panel import SidePanel

if TYPE_CHECKING:
    from jindu_desk.ui.frame.screen import Shell

_MAY_CHANGE = (Verdict.UNTRUSTED, Verdict.NOT_FOR_US, Verdict.LOCKED)
Same = tuple[str | None, str]
_Known = tuple[PackageDetails, tuple[HistoryRow, ...]]


def same(row: FileRow) -> Same:
    """What makes two rows the same one, before and after something was decided."""
    return row.received_id, row.file_name


class Deciding:
    """``read_again(files)`` reads kept copies once more; ``print_slip`` shows the paper of a package."""

    def __init__(
        self,
        shell: Shell,
        panel: SidePanel,
        parts: tuple[Work, Keys, Judging],
        read_again: Callable[[list[Path]], None],
        print_slip: Callable[[PackagePanel], object],
    ) -> None:
        self._shell, self._panel = shell, panel
        self._work, self._keys, self._judging = parts
        self._read_again, self._print_slip = read_again, print_slip
        self._newest: PackagePanel | None = None

    def show_row(self, row: FileRow, *, anew: bool = False) -> None:
        """Its verdict at once, its details when they were read."""
        shown = self._panel.content
        if isinstance(shown, PackagePanel) and shown.row == row and not anew:
            return
        panel = self._newest = PackagePanel(row, self._decisions(row, None), self._others(row))
        self._panel.show_content(panel)
        if row.received_id is None:
            return
        desk, received_id = self._shell.desk, row.received_id

        def details() -> _Known | None:
            if self._newest is not panel:
                return None  # somebody walked on through the list: no file is read for nothing
            from jindu_desk.queries.exchange.details import package_details
            from jindu_desk.queries.exchange.history import package_history

            return package_details(desk.store, desk.paths, received_id), package_history(desk.store, received_id)

        def show(found: _Known | None) -> None:
            if found is not None and self._panel.content is panel:
                panel.show_details(*found)
                panel.show_decisions(self._decisions(row, found[0]))

        self._shell.tasks.run(details, show)

    def show_rows(self, rows: Sequence[FileRow]) -> None:
        """One row, or several together."""
        if len(rows) == 1:
            self.show_row(rows[0])
        elif rows:
            self._panel.show_content(SeveralPanel(rows, self._judging.accept))

    def show_unit(self, row: StreamRow, periods: Sequence[str]) -> None:
        panel = UnitPanel(
            row,
            lambda: self._judging.show_unlock(row.unit.id, row.unit.name, periods),
            lambda: self._keys.start_enrolling(row.unit.id),
        )
        self._panel.show_content(panel)
        desk = self._shell.desk

        def standing() -> AnswerRow | None:
            from jindu_desk.queries.exchange.answers import answers

            return next((answer for answer in answers(desk.store) if answer.unit.id == row.unit.id), None)

        def show(found: AnswerRow | None) -> None:
            if found is not None:
                panel.show_answer(found)

        self._shell.tasks.run(standing, show)

    def bring_up_to_date(self, rows: Mapping[Same, FileRow]) -> None:
        """The rows were asked for again: what stands in the panel follows them."""
        shown = self._panel.content
        reopen, self._work.reopen = self._work.reopen, ""
        if reopen and (shown is None or isinstance(shown, PackagePanel)):
            wanted = next((row for (received, _), row in rows.items() if received == reopen), None)
            if wanted is not None:
                self.show_row(wanted, anew=True)
        elif isinstance(shown, PackagePanel):
            now = rows.get(same(shown.row))
            if now is not None and now != shown.row:
                self.show_row(now)

    def _decisions(self, row: FileRow, details: PackageDetails | None) -> tuple[Action, ...]:
        found = list(self._judging.decisions(row))
        if details is not None and details.unknown_key is not None:
            known = (details.unknown_key.unit_id, details.unknown_key.public_key, details.unknown_key.keeper)
        elif row.unknown_key is not None and row.verdict is Verdict.UNTRUSTED:
            known = (row.unknown_key.unit_id, row.unknown_key.public_key, "")
        else:
            known = ("", "", "")
        if known[1]:
            enrol = Action("核对并登记密钥…", lambda: self._keys.start_enrolling(*known), "key-round", role="primary")
            found.insert(0, enrol)
        if row.verdict in _MAY_CHANGE and details is not None and not row.own:
            kept = self._shell.desk.paths.received / f"{details.row.file_sha256}.jdpkg"
            found.append(Action("再读一次", lambda: self._read_again([kept]), "refresh-cw"))
        return tuple(found)

    def _others(self, row: FileRow) -> tuple[Action, ...]:
        if row.received_id is None:
            return ()
        slip = Action("打印核验单…", self._slip, "printer")
        if not row.of_report:
            return (slip,)
        return (slip, Action("打开附件", lambda: self._open_attachments(row), "paperclip"))

    def _slip(self) -> None:
        panel = self._panel.content
        if isinstance(panel, PackagePanel):
            self._print_slip(panel)

    def _open_attachments(self, row: FileRow) -> None:
        desk, received_id = self._shell.desk, row.received_id or ""
        folder = Path(tempfile.gettempdir()) / "jindu-desk"

        def copies() -> tuple[Path, ...]:
            from jindu_desk.queries.exchange.files import copy_out_attachments

            return copy_out_attachments(desk.store, desk.paths, received_id, folder)

        self._shell.tasks.run(copies, self._open_files)

    def _open_files(self, files: tuple[Path, ...]) -> None:
        if not files:
            self._shell.notice("这个数据包没有附件。", "info")
        # Packages inside a district's report are opened by no other program: their folder is shown.
        shown = {file.parent if file.suffix == SUFFIX else file for file in files}
        for path in sorted(shown):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
