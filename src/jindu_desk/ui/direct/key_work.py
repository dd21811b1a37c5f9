"""What is done with keys: enrol, revoke, export; and this desk's own: make, change, replace a lost one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from jindu_desk.ui.direct.key_panels import KeyDetails, lost_form
from jindu_desk.ui.enrol_form import EnrolForm
from jindu_desk.ui.key_file import pick_key
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.reason_form import revoke_form

if TYPE_CHECKING:
    from jindu_desk.domain.changes import Changes
    from jindu_desk.queries.exchange.introducers import Introducer
    from jindu_desk.queries.exchange.key_list import KeyRow
    from jindu_desk.ui.direct.acting import Acting
    from jindu_desk.ui.direct.loading import Loaded

_FOLDER = "direct.keys_folder"


class KeyWork:
    """``loaded()`` is what the screen shows now; ``print_form()`` shows the paper of this desk's own key."""

    def __init__(
        self,
        acting: Acting,
        loaded: Callable[[], Loaded | None],
        print_form: Callable[[], object],
        parent: QWidget,
    ) -> None:
        self._acting, self._loaded, self._print_form, self._parent = acting, loaded, print_form, parent
        self._asked = ""

    def open_key(self, row: KeyRow) -> None:
        self._asked = row.id
        if row.own or row.compared_at is not None:
            self._acting.panel.show_content(KeyDetails(row, self._actions(row)))
            return
        desk = self._acting.desk

        def look() -> Introducer | None:
            from jindu_desk.queries.exchange.introducers import introducer_of

            return introducer_of(desk.store, desk.paths, row.fingerprint)

        def show(by: Introducer | None) -> None:
            if self._asked == row.id:  # else another key was opened meanwhile
                self._acting.panel.show_content(KeyDetails(row, self._actions(row), by))

        self._acting.shell.tasks.run(look, show)

    def start_enrolling(self) -> None:
        if loaded := self._loaded():
            pick = partial(pick_key, self._acting.shell, self._parent, _FOLDER)
            form = EnrolForm(loaded.units, self._enrol, pick=pick)
            self._acting.panel.show_content(form)
            desk, ids = self._acting.desk, [unit.id for unit in loaded.units]

            def keepers() -> dict[str, str]:
                from jindu_desk.queries.exchange.keys import likely_keepers

                return likely_keepers(desk.store, ids)

            self._acting.shell.tasks.run(keepers, form.offer_keepers)

    def create_own(self) -> None:
        desk = self._acting.desk

        def operation() -> Changes:
            from jindu_desk.operations.exchange.keys import create_signing_key

            return create_signing_key(desk.store, desk.vault)

        self._acting.shell.carry_out(operation, said="已生成签名密钥。请把指纹告诉下级单位核对。")

    def begin_change(self) -> None:
        desk = self._acting.desk

        def operation() -> Changes:
            from jindu_desk.operations.exchange.key_changes import begin_key_change

            return begin_key_change(desk.store, desk.vault)

        self._acting.carry_out(operation, "接替的密钥已生成。写一份指令交给下级，大家都读入后再启用它。")

    def finish_change(self) -> None:
        question = "启用后，文件改用新密钥签名。没有读入过上一份指令的下级，要重新核对指纹才能读入。\n要启用吗？"
        if not self._acting.shell.ask(question, "启用新密钥"):
            return
        desk = self._acting.desk

        def operation() -> Changes:
            from jindu_desk.operations.exchange.key_changes import finish_key_change

            return finish_key_change(desk.store, desk.vault)

        self._acting.carry_out(operation, "新密钥已启用。")

    def start_replacing_lost(self) -> None:
        def replace(reason: str) -> None:
            desk = self._acting.desk

            def operation() -> Changes:
                from jindu_desk.operations.exchange.key_changes import replace_lost_keys

                return replace_lost_keys(desk.store, desk.vault, reason)

            self._acting.carry_out(operation, "旧密钥已作废，新密钥已生成。请下级重新核对指纹。")

        self._acting.panel.show_content(lost_form(replace))

    def export_roster(self) -> None:
        shell = self._acting.shell
        start = str(Path(shell.layout(_FOLDER) or Path.home()) / "allowed_signers")
        chosen, _ = QFileDialog.getSaveFileName(self._parent, "导出签名名册", start)
        if not chosen:
            return
        target, desk = Path(chosen), self._acting.desk
        shell.keep_layout(_FOLDER, str(target.parent))

        def export() -> Path:
            from jindu_desk.operations.exchange.keys import write_roster_files

            write_roster_files(desk.store, target)
            return target

        shell.tasks.run(
            export, lambda path: shell.notice(f"签名名册已导出到 {path}，作废的密钥在 {path.name}.revoked。", "done")
        )

    def _actions(self, row: KeyRow) -> tuple[Action, ...]:
        may = self._acting.can_write
        found = [Action("复制公钥", partial(self._copy, row), "copy")]
        if row.signs:
            found.append(Action("登记表", self._print_form, "printer", tip="打印指纹，供对方核对"))
        if row.waits:
            found.insert(0, Action("启用新密钥…", self.finish_change, "check", condition=may, role="primary"))
        elif not row.own and row.revoked_at is None:
            found.append(Action("作废…", partial(self._start_revoking, row), "ban", condition=may, role="danger"))
        return tuple(found)

    def _copy(self, row: KeyRow) -> None:
        QGuiApplication.clipboard().setText(f"{row.public_key} {row.keeper}".strip())
        self._acting.shell.notice("公钥已复制。", "done")

    def _start_revoking(self, row: KeyRow) -> None:
        def revoke(reason: str) -> None:
            desk = self._acting.desk

            def operation() -> Changes:
                from jindu_desk.operations.exchange.keys import revoke_key

                return revoke_key(desk.store, row.id, reason)

            self._acting.carry_out(operation, "密钥已作废。写指令和回执后下级才知道。")

        self._acting.panel.show_content(revoke_form(row, revoke))

    def _enrol(self, unit_id: str, public_key: str, keeper: str, compared: str) -> None:
        desk = self._acting.desk

        def operation() -> Changes:
            from jindu_desk.operations.exchange.keys import trust_key

            return trust_key(desk.store, unit_id, public_key, keeper=keeper, compared=compared)

        self._acting.carry_out(operation, "密钥已登记。")
