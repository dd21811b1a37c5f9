"""What is done with the superior: keys told, compared, changed and replaced; packages handed out again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.errors import DeskError
from jindu_desk.ui.drives import on_removable, places
from jindu_desk.ui.enrol_form import EnrolForm
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.report.key_panels import KeyChangePanel, LostKeysForm
from jindu_desk.ui.report.place_form import PlaceForm, WrittenPanel
from jindu_desk.ui.report.reading import ReadFile, Reading
from jindu_desk.ui.report.superior_state import SuperiorState
from jindu_desk.ui.report.superior_words import name_of
from jindu_desk.ui.side_panel import PanelForm, SidePanel

if TYPE_CHECKING:
    from jindu_desk.operations.exchange.again import HandedOut
    from jindu_desk.operations.exchange.writing import Placed
    from jindu_desk.queries.exchange.superior import SentPackage
    from jindu_desk.ui.frame.screen import Changed, Shell
    from jindu_desk.ui.report.papers import Papers

C = TypeVar("C", bound="Changed")
LAST_FOLDER = "report.folder"


class SuperiorWork:
    """``state()``: what is shown now. ``keys_changed()``: the keyring is to be asked again."""

    def __init__(
        self,
        shell: Shell,
        panel: SidePanel,
        state: Callable[[], SuperiorState | None],
        reading: Reading,
        papers: Papers,
        keys_changed: Callable[[], object],
    ) -> None:
        self._shell, self._panel, self._state = shell, panel, state
        self._reading, self._papers, self._keys_changed = reading, papers, keys_changed

    def may_write(self) -> bool | str:
        return self._shell.desk.why_read_only or True

    def may_sign(self) -> bool | str:
        state = self._state()
        if state is not None and not state.can_sign:
            return "本机还没有可用的签名密钥。"
        return self.may_write()

    def make_key(self) -> None:
        desk = self._shell.desk

        def create() -> Changes:
            from jindu_desk.operations.exchange.keys import create_signing_key

            self._keys_changed()
            return create_signing_key(desk.store, desk.vault)

        self._shell.carry_out(create, said="已生成签名密钥。请写密钥登记包，连同登记表交上级核对指纹。")

    def start_enrolment(self) -> None:
        sealed = self._is_encrypted()
        readable = "会加密，只有上级能打开。" if sealed else "不加密；里面只有公钥，没有私钥，也没有台账数据。"
        said = ("密钥登记包把本机的公钥告诉上级，由上级核对指纹后登记。", f"文件{readable}")
        self._show_place_form("写密钥登记包", said, "写出", self._write_enrolment)

    def start_handing_out(self, row: SentPackage) -> None:
        sealed = "加密，只有上级能打开" if self._is_encrypted() else "不加密，拿到文件的人都能读"
        said = (f"把{name_of(row)}照原样再写一次，不占新编号，不锁定月份。", f"这一次{sealed}。")
        self._show_place_form("重新递交", said, "写出", lambda folder: self._hand_out(row, folder))

    def compare(self, file: ReadFile) -> None:
        """The key of a file that was read, group by group, before it counts."""
        key, superior = file.comparable, self._shell.desk.unit.superior
        if key is not None and superior is not None:
            self._panel.show_content(
                EnrolForm((superior,), self._enrol, unit_id=key.unit_id, public_key=key.public_key)
            )

    def start_change(self) -> None:
        if state := self._state():
            panel = KeyChangePanel(
                state.keys, self._begin_change, self.start_enrolment, self._finish_change, self.may_sign
            )
            self._panel.show_content(panel)

    def start_replacing(self) -> None:
        superior = self._shell.desk.unit.superior
        self._panel.show_content(LostKeysForm(superior.name if superior else "上级", self._replace))

    def show_folder(self, folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _is_encrypted(self) -> bool:
        state = self._state()
        return state is not None and state.superior is not None and state.superior.encrypted

    def _show_place_form(self, title: str, said: tuple[str, ...], verb: str, write: Callable[[Path], object]) -> None:
        shell = self._shell
        form = PlaceForm(title, said, verb, write, lambda: shell.layout(LAST_FOLDER))
        self._panel.show_content(form)
        last = shell.layout(LAST_FOLDER)
        shell.tasks.run(lambda: places(last), form.offer_places)

    def _write_enrolment(self, folder: Path) -> None:
        desk = self._shell.desk
        self._shell.keep_layout(LAST_FOLDER, str(folder))

        def write() -> _Enrolled:
            from jindu_desk.operations.exchange.enrolments import write_enrolment

            return _Enrolled(write_enrolment(desk.store, desk.vault, desk.paths, folder))

        def done(written: _Enrolled) -> None:
            placed = written.placed
            above = placed.receiver
            self._panel.show_content(
                WrittenPanel(
                    f"密钥登记包第 {placed.number} 号",
                    placed.path,
                    encrypted=placed.encrypted,
                    on_stick=on_removable(placed.path),
                    next_steps=(
                        "打印密钥登记表，保管人签字、盖章。",
                        f"登记包和登记表一起交给{above}，当面或电话逐组核对指纹。",
                        f"{above}登记后发来指令；在这里读入，状态就会变为“已登记”。",
                    ),
                    actions=(
                        Action("打印登记表", self._papers.show_key_form, "printer", role="primary"),
                        Action("打开文件夹", lambda: self.show_folder(placed.path.parent), "folder-open"),
                    ),
                )
            )

        self._carry_out(write, "密钥登记包已写出，并已读回核对。", then=done, title="写密钥登记包")

    def _hand_out(self, row: SentPackage, folder: Path) -> None:
        desk = self._shell.desk
        self._shell.keep_layout(LAST_FOLDER, str(folder))

        def write() -> _HandedOutAgain:
            from jindu_desk.operations.exchange.again import hand_out_again

            return _HandedOutAgain(
                hand_out_again(desk.store, desk.vault, desk.paths, row.kind, row.receiver, row.number, folder)
            )

        def done(written: _HandedOutAgain) -> None:
            handed = written.handed
            self._panel.show_content(
                WrittenPanel(
                    f"已重新递交第 {handed.number} 号",
                    handed.path,
                    encrypted=handed.encrypted,
                    on_stick=on_removable(handed.path),
                    next_steps=(f"交给{row.receiver_name}读入。内容与第一次完全相同，编号不变。",),
                    actions=(Action("打开文件夹", lambda: self.show_folder(handed.path.parent), "folder-open"),),
                )
            )

        self._carry_out(write, f"{name_of(row)}已照原样再写一次，并已读回核对。", then=done, title="重新递交")

    def _enrol(self, unit_id: str, public_key: str, keeper: str, compared: str) -> None:
        desk = self._shell.desk

        def enrol() -> Changes:
            from jindu_desk.operations.exchange.keys import trust_key

            return trust_key(desk.store, unit_id, public_key, keeper=keeper, compared=compared)

        self._carry_out(enrol, "上级的密钥已登记。", then=lambda _changes: self._reading.start_again())

    def _begin_change(self) -> None:
        desk = self._shell.desk

        def begin() -> Changes:
            from jindu_desk.operations.exchange.key_changes import begin_key_change

            return begin_key_change(desk.store, desk.vault)

        self._carry_out(begin, "接替的密钥已生成。下一步写密钥登记包交上级。", closes=False)

    def _finish_change(self) -> None:
        question = (
            "启用后，上报改用新密钥签名，旧密钥不再使用。\n"
            "上级如果还没有读入写有新密钥的登记包，会说“来源不可信”，直到读入为止。\n要启用吗？"
        )
        if not self._shell.ask(question, "启用新密钥"):
            return
        desk = self._shell.desk

        def finish() -> Changes:
            from jindu_desk.operations.exchange.key_changes import finish_key_change

            self._keys_changed()
            return finish_key_change(desk.store, desk.vault)

        self._carry_out(finish, "新密钥已启用。")

    def _replace(self, reason: str) -> None:
        superior = self._shell.desk.unit.superior
        name = superior.name if superior else "上级"
        question = (
            "本机原来的密钥全部作废，不能恢复。\n"
            f"{name}要重新核对新密钥的指纹，登记以前读不入本单位的上报。\n要作废并重新生成吗？"
        )
        if not self._shell.ask(question, "作废并重新生成", danger=True):
            return
        desk = self._shell.desk

        def replace() -> Changes:
            from jindu_desk.operations.exchange.key_changes import replace_lost_keys

            self._keys_changed()
            return replace_lost_keys(desk.store, desk.vault, reason)

        self._carry_out(
            replace,
            "旧密钥已作废，新密钥已生成。请写密钥登记包交上级核对。",
            then=lambda _changes: self.start_enrolment(),
        )

    def _carry_out(
        self,
        operation: Callable[[], C],
        said: str,
        *,
        then: Callable[[C], object] | None = None,
        title: str = "",
        closes: bool = True,
    ) -> None:
        """Run it; then close the content that asked, unless it shows what is next."""
        content = self._panel.content

        def done(changes: C) -> None:
            if self._panel.content is content:
                if closes:
                    self._panel.close_content()
                else:
                    self._panel.set_busy(False)
            if then is not None:
                then(changes)

        def refused(error: Exception) -> None:
            shown = self._panel.content
            if shown is content and shown is not None:
                self._panel.set_busy(False)
            if isinstance(error, DeskError):
                if shown is content and isinstance(shown, PanelForm):
                    shown.show_failure(error)
                self._shell.notice(str(error), "error")
            # Also a refusal can have recorded something: packages that an old backup forgot, keys that were revoked.
            self._shell.changed(Changes(frozenset({Subject.EXCHANGE})))

        self._panel.set_busy(True)
        self._shell.carry_out(operation, said=said, then=done, failed=refused, title=title)


class _Enrolled:
    """A written enrolment as a change of the exchange."""

    subjects = frozenset({Subject.EXCHANGE.value})

    def __init__(self, placed: Placed) -> None:
        self.placed = placed


class _HandedOutAgain:
    """Where it was written is noted in the audit only; the lists stay."""

    subjects = frozenset({Subject.EXCHANGE.value})

    def __init__(self, handed: HandedOut) -> None:
        self.handed = handed
