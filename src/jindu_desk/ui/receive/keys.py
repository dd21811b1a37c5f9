"""Enrolling and revoking the keys of other units."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from jindu_desk.queries.exchange.keys import SignerRow
from jindu_desk.queries.units import UnitRow
from jindu_desk.ui.enrol_form import EnrolForm
from jindu_desk.ui.key_file import pick_key
from jindu_desk.ui.reason_form import revoke_form
from jindu_desk.ui.receive.signer_details import SignerDetails
from jindu_desk.ui.receive.work import Work
from jindu_desk.ui.side_panel import SidePanel

if TYPE_CHECKING:
    from jindu_desk.domain.changes import Changes
    from jindu_desk.ui.frame.screen import Shell

LAST_FOLDER = "receive.folder"


class Keys:
    """``read_again()`` is called after a key was enrolled: files that were refused without it may be read now."""

    def __init__(
        self,
        shell: Shell,
        panel: SidePanel,
        work: Work,
        units: Callable[[], tuple[UnitRow, ...]],
        read_again: Callable[[], object],
    ) -> None:
        self._shell, self._panel, self._work = shell, panel, work
        self._units, self._read_again = units, read_again

    def show_signer(self, row: SignerRow) -> None:
        self._panel.show_content(SignerDetails(row, lambda: self._start_revoking(row)))

    def start_enrolling(self, unit_id: str = "", public_key: str = "", keeper: str = "") -> None:
        pick = partial(pick_key, self._shell, self._panel, LAST_FOLDER)
        desk, units = self._shell.desk, self._units()

        def keepers() -> dict[str, str]:
            from jindu_desk.queries.exchange.keys import likely_keepers

            return likely_keepers(desk.store, [unit.id for unit in units])

        form = EnrolForm(units, self._enrol, unit_id=unit_id, public_key=public_key, keeper=keeper, pick=pick)
        self._panel.show_content(form)
        self._shell.tasks.run(keepers, form.offer_keepers)

    def _enrol(self, unit_id: str, public_key: str, keeper: str, compared: str) -> None:
        desk = self._shell.desk

        def enrol() -> Changes:
            from jindu_desk.operations.exchange.keys import trust_key

            return trust_key(desk.store, unit_id, public_key, keeper=keeper, compared=compared)

        self._work.carry_out(enrol, "密钥已登记。", afterwards=self._read_again)

    def _start_revoking(self, row: SignerRow) -> None:
        desk = self._shell.desk

        def revoke(reason: str) -> None:
            def operation() -> Changes:
                from jindu_desk.operations.exchange.keys import revoke_key

                return revoke_key(desk.store, row.id, reason)

            self._work.carry_out(operation, "密钥已作废。写指令和回执后下级才知道。")

        self._panel.show_content(revoke_form(row, revoke))
