"""上报: the checklist, the one button, and afterwards the package's card."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.queries.exchange import SentRow, SignerRow
from jindu_desk.queries.readiness import Line, Readiness, Requirement
from jindu_desk.settings.keys import SIGNING
from jindu_desk.ui.cards import Card
from jindu_desk.ui.drives import on_removable, places
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.report.checklist import Checklist
from jindu_desk.ui.report.columns import COLUMNS
from jindu_desk.ui.report.key_card import KeyCard
from jindu_desk.ui.report.package_card import PackageCard
from jindu_desk.ui.report.reopen_form import ReopenForm
from jindu_desk.ui.report.send_card import SendCard
from jindu_desk.ui.report.words import Said
from jindu_desk.ui.side_panel import SidePanel
from jindu_desk.ui.tables import RowsModel, rows_view
from jindu_desk.ui.theme.measures import BETWEEN

if TYPE_CHECKING:
    from jindu_desk.domain.months import Month
    from jindu_desk.operations.exchange_report import ReportResult
    from jindu_desk.ui.frame.screen import Shell

_LAST_FOLDER = "report.folder"
_CLOSED_BY_REPORT = frozenset({Subject.EXCHANGE, Subject.MEETINGS, Subject.TALLIES, Subject.EXPENSES})
_ASK = (
    "数据包没有加密，拿到文件的人都能读。\n"
    "写出后{month}即锁定，例会、台账和经费不能再改；要改须写明理由重新打开，再次上报。\n"
    "要写出吗？"
)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What the page shows, read together."""

    month: Month
    ready: Readiness
    sent: tuple[SentRow, ...]
    key: SignerRow | None


class ReportPage(PageScaffold):
    """One month of the township, until it is sent and after."""

    subjects = frozenset({s.value for s in Subject if s is not Subject.DUTIES})

    def __init__(self, shell: Shell) -> None:
        super().__init__("上报")
        self._shell = shell
        self._loaded: _Loaded | None = None
        self._just_written: int | None = None  # the package's number
        self._on_stick = False
        self._writing = False
        self._key_held: bool | None = None  # asked of the keyring once: it may want to be unlocked
        self.panel = SidePanel()
        self.checklist = Checklist(self._lead_to)
        self.send = SendCard(self._ask_and_send, self._can_send, lambda: shell.layout(_LAST_FOLDER))
        self.package = PackageCard(
            Action("重新打开本月…", self._start_reopening, "lock-open", condition=self._can_write),
            Action("打开所在文件夹", self._show_folder, "folder-open"),
        )
        self.key = KeyCard(Action("复制公钥", self._copy_key, "copy"), Action("存为文件…", self._save_key, "save"))
        self._model = RowsModel(COLUMNS)
        self.history = Card("历次上报", icon="history")
        self._list = rows_view(self._model, name="历次上报的数据包", compact=True)
        self.history.body.addWidget(self._list, 1)
        self._lay_out()
        self.package.hide()
        self.send.hide()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        for card in (self.package, self.checklist, self.send):
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(left)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(BETWEEN)
        right.addWidget(self.key)
        right.addWidget(self.history, 1)
        right.addStretch()  # takes what the history leaves while there is none
        row = QHBoxLayout()
        row.setSpacing(BETWEEN)
        row.addWidget(area, 5)
        row.addWidget(self._right, 3)
        row.addWidget(self.panel)
        self.body.addLayout(row, 1)
        self.panel.closed.connect(lambda: self._right.setVisible(True))

    def show_month(self, _month: Month) -> None:
        self.panel.close_content()
        last = self._shell.layout(_LAST_FOLDER)
        self._shell.tasks.run(lambda: places(last), self.send.offer_places)
        self.refresh()

    def refresh(self) -> None:
        desk, month = self._shell.desk, self._shell.month

        def load() -> _Loaded:
            from jindu_desk.queries.exchange import own_signer, sent
            from jindu_desk.queries.readiness import report_readiness

            if self._key_held is None:
                self._key_held = desk.vault.holds(SIGNING)
            key = own_signer(desk.store) if self._key_held else None
            ready = report_readiness(desk.store, month, key_held=self._key_held)
            return _Loaded(month, ready, sent(desk.store), key)

        self._shell.tasks.run(load, self._show)

    def _show(self, loaded: _Loaded) -> None:
        if loaded.month != self._shell.month:
            return
        self._loaded = loaded
        of_month = [row for row in loaded.sent if row.period == str(loaded.month)]
        closed = loaded.ready.lock is not None and loaded.ready.lock.closed
        self.package.setVisible(bool(of_month))
        if of_month:
            fresh = self._just_written == of_month[0].number
            self.package.show_package(of_month[0], loaded.ready.lock, just_written=fresh, on_stick=self._on_stick)
        self.checklist.setVisible(not closed)
        self.send.setVisible(not closed)
        self.checklist.show_readiness(loaded.ready)
        self.send.show_readiness(loaded.ready)
        self.key.show_key(loaded.key)
        self.history.setVisible(bool(loaded.sent))
        self._model.show_rows(loaded.sent)

    def _can_write(self) -> bool | str:
        return self._shell.desk.why_read_only or True

    def _can_send(self) -> bool | str:
        if self._shell.desk.why_read_only:
            return self._shell.desk.why_read_only
        if self._writing or self._loaded is None:
            return False
        if not self._loaded.ready.ready:
            return "清单里还有没完成的项目。"
        return True

    def _lead_to(self, line: Line, said: Said) -> None:
        if line.requirement is Requirement.KEY:
            self._create_key()
        else:
            self._shell.go(said.screen, **line.where)

    def _create_key(self) -> None:
        desk = self._shell.desk

        def create() -> Changes:
            from jindu_desk.operations.exchange_keys import create_signing_key

            self._key_held = None
            return create_signing_key(desk.store, desk.vault)

        self._shell.carry_out(create, said="已生成签名密钥。请把指纹报给上级核对登记。")

    def _ask_and_send(self, folder: Path) -> None:
        desk, month = self._shell.desk, self._shell.month
        if not self._shell.ask(_ASK.format(month=month_text(month)), "写出"):
            return
        self._writing = True
        self._shell.keep_layout(_LAST_FOLDER, str(folder))

        def send() -> ReportResult:
            from jindu_desk.operations.exchange_report import report_month

            return report_month(desk.store, desk.vault, desk.paths, month, folder)

        self._shell.carry_out(
            send,
            said="数据包已写出，并已读回核对。",
            then=self._sent,
            failed=self._not_sent,
            title="签名并写出数据包",
        )
        if self._loaded is not None:
            self.send.show_readiness(self._loaded.ready)

    def _sent(self, result: ReportResult) -> None:
        self._writing = False
        self._just_written = result.number
        self._on_stick = on_removable(result.path)
        self.refresh()

    def _not_sent(self, error: Exception) -> None:
        self._writing = False
        self._shell.notice(str(error), "error")
        # Also a refusal can have locked a month: packages that an old backup forgot are recorded again.
        self._shell.changed(Changes(_CLOSED_BY_REPORT))

    def _start_reopening(self) -> None:
        desk, month = self._shell.desk, self._shell.month
        self._right.setVisible(False)
        self.panel.show_content(ReopenForm(month, desk.unit.keeper, self._reopen))

    def _reopen(self, by: str, reason: str) -> None:
        desk, month = self._shell.desk, self._shell.month
        form = self.panel.content

        def reopen() -> Changes:
            from jindu_desk.operations.exchange_report import reopen_month

            return reopen_month(desk.store, desk.unit.unit.id, month, by=by, reason=reason)

        def reopened(_changes: object) -> None:
            self._just_written = None
            self.panel.close_content()

        def refused(error: Exception) -> None:
            self.panel.set_busy(False)
            if isinstance(form, ReopenForm) and self.panel.content is form:
                form.show_failure(error)

        self.panel.set_busy(True)
        self._shell.carry_out(reopen, said="已重新打开，更正后请再次上报。", then=reopened, failed=refused)

    def _show_folder(self) -> None:
        if self._loaded is None:
            return
        of_month = [row for row in self._loaded.sent if row.period == str(self._loaded.month)]
        if of_month:
            QDesktopServices.openUrl(QUrl.fromLocalFile(of_month[0].written_to))

    def _key_text(self) -> str:
        from jindu_desk.queries.exchange import key_line

        key = self._loaded.key if self._loaded else None
        return key_line(key) if key else ""

    def _copy_key(self) -> None:
        QGuiApplication.clipboard().setText(self._key_text())
        self._shell.notice("公钥已复制。", "done")

    def _save_key(self) -> None:
        name = f"{self._shell.desk.unit.unit.name}-公钥.txt"
        start = str(Path(self._shell.layout(_LAST_FOLDER)) / name)
        chosen, _ = QFileDialog.getSaveFileName(self, "保存公钥", start, "文本 (*.txt)")
        if not chosen:
            return
        text = self._key_text()

        def save() -> str:
            from jindu_desk.operations.exchange_keys import write_public_key

            write_public_key(Path(chosen), text)
            return chosen

        self._shell.tasks.run(save, lambda path: self._shell.notice(f"公钥已保存到 {path}。", "done"))
