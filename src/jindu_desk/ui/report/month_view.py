"""本月上报: what stands today, the checklist, the one button, and afterwards the package's card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.units import Tier
from jindu_desk.queries.exchange.superior import SentPackage
from jindu_desk.queries.readiness import Line, Readiness, Requirement
from jindu_desk.reports.exchange.wording import NOTHING_NEW
from jindu_desk.ui.cards import Card
from jindu_desk.ui.drives import Place, on_removable
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.report.checklist import Checklist
from jindu_desk.ui.report.columns import COLUMNS
from jindu_desk.ui.report.package_card import PackageCard
from jindu_desk.ui.report.reopen_form import ReopenForm
from jindu_desk.ui.report.send_card import SendCard
from jindu_desk.ui.report.superior_work import LAST_FOLDER
from jindu_desk.ui.report.words import Said
from jindu_desk.ui.tables import RowsModel, rows_view
from jindu_desk.ui.theme.measures import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jindu_desk.domain.months import Month
    from jindu_desk.operations.exchange.report import ReportResult
    from jindu_desk.ui.frame.screen import Shell
    from jindu_desk.ui.side_panel import SidePanel

_ROOM_FOR_LIST = 54  # letters of width, for the month and the list beside it
_CLOSED_BY_REPORT = frozenset({Subject.EXCHANGE, Subject.MEETINGS, Subject.TALLIES, Subject.EXPENSES})
_LOCKS = "写出后{month}即锁定，例会、台账和经费不能再改；要改须写明理由重新打开，再次上报。\n要写出吗？"
_LOCKS_ABOVE = (
    "写出后{month}即锁定，各镇（街道）这个月再来的数据包只保存、不计入；要改须写明理由重新打开，再次上报。\n要写出吗？"
)
_READABLE = "数据包没有加密，拿到文件的人都能读。\n"
_SEALED = "数据包会加密，只有{receiver}能打开。\n"


class MonthView(QWidget):
    """One month of a township or a district, until it is sent and after. ``make_key()`` makes the signing key."""

    def __init__(self, shell: Shell, panel: SidePanel, make_key: Callable[[], object]) -> None:
        super().__init__()
        self._shell, self._panel, self._make_key = shell, panel, make_key
        self._month: Month | None = None
        self._ready: Readiness | None = None
        self._sent: tuple[SentPackage, ...] = ()
        self._encrypted = False
        self._just_written: int | None = None  # the package's number
        self._nothing_new = False
        self._on_stick = False
        self._writing = False
        self.checklist = Checklist(self._lead_to)
        self.send = SendCard(self._ask_and_send, self._can_send, lambda: shell.layout(LAST_FOLDER))
        self.package = PackageCard(
            Action("重新打开本月…", self._start_reopening, "lock-open", condition=self._can_write),
            Action("打开所在文件夹", self._show_folder, "folder-open"),
        )
        self._model = RowsModel(COLUMNS)
        self.history = Card("历次上报", icon="history")
        self._list = rows_view(self._model, name="历次上报的数据包", compact=True)
        self.history.body.addWidget(self._list, 1)
        self._lay_out()
        self.package.hide()
        self.send.hide()
        self.history.hide()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        self._cards = column
        for card in (self.package, self.checklist, self.send):
            column.addWidget(card)
        column.addStretch(1)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("本月上报")
        area.setWidget(left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(BETWEEN)
        row.addWidget(area, 5)
        row.addWidget(self.history, 3)
        self._panel.opened.connect(self._share_room)
        self._panel.closed.connect(self._share_room)

    def offer_places(self, found: Sequence[Place]) -> None:
        self.send.offer_places(found)

    def show_month(
        self,
        month: Month,
        ready: Readiness,
        sent: tuple[SentPackage, ...],
        *,
        encrypted: bool,
        nothing_new: bool = False,
    ) -> None:
        """``encrypted``: what is written now is encrypted to the superior. ``nothing_new``: it says what the last
        package of the month does."""
        self._month, self._ready, self._sent, self._encrypted = month, ready, sent, encrypted
        self._nothing_new = nothing_new
        of_month = self._of_month
        closed = ready.lock is not None and ready.lock.closed
        self.package.setVisible(bool(of_month))
        if of_month:
            fresh = closed and self._just_written == of_month[0].number
            self.package.show_package(
                of_month[0], ready.lock, just_written=fresh, on_stick=self._on_stick, of_district=self._of_district
            )
        self.checklist.setVisible(not closed)
        self.send.setVisible(not closed)
        self._put_first(self.package if closed else self.checklist)
        self.checklist.show_readiness(ready)
        self.send.show_readiness(ready, encrypted=encrypted, nothing_new=nothing_new)
        self._model.show_rows(sent)
        self._share_room()

    def _put_first(self, card: QWidget) -> None:
        """What is to be done now stands above what was sent before."""
        if self._cards.indexOf(card) == 0:
            return
        self._cards.removeWidget(self.package)
        self._cards.insertWidget(0 if card is self.package else self._cards.indexOf(self.send) + 1, self.package)
        self._area.verticalScrollBar().setValue(0)

    @property
    def _of_month(self) -> list[SentPackage]:
        return [row for row in self._sent if row.period == str(self._month)]

    def _share_room(self) -> None:
        """A form in the side panel takes the place of the list; on a small screen the other part has it."""
        enough = self.width() >= self.fontMetrics().horizontalAdvance("汉") * _ROOM_FOR_LIST
        self.history.setVisible(bool(self._sent) and self._panel.content is None and enough)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _can_write(self) -> bool | str:
        return self._shell.desk.why_read_only or True

    def _can_send(self) -> bool | str:
        if self._shell.desk.why_read_only:
            return self._shell.desk.why_read_only
        if self._writing or self._ready is None:
            return False
        if not self._ready.ready:
            return "清单里还有没完成的项目。"
        if self.send.lacks_reason:
            return "还缺镇（街道）的上报，请先写明理由。"
        return True

    @property
    def _of_district(self) -> bool:
        return self._ready is not None and self._ready.unit.tier is Tier.DISTRICT

    def _lead_to(self, line: Line, said: Said) -> None:
        if line.requirement is Requirement.KEY:
            self._make_key()
        else:
            self._shell.go(said.screen, **line.where)

    def _ask_and_send(self, folder: Path) -> None:
        desk, month = self._shell.desk, self._shell.month
        receiver = self._ready.receiver.name if self._ready and self._ready.receiver else "上级"
        who = _SEALED.format(receiver=receiver) if self._encrypted else _READABLE
        locks = (_LOCKS_ABOVE if self._of_district else _LOCKS).format(month=month_text(month))
        same = f"{NOTHING_NEW}\n\n" if self._nothing_new else ""
        if not self._shell.ask(same + who + locks, "写出"):
            return
        reason = self.send.given_reason
        self._writing = True
        self._shell.keep_layout(LAST_FOLDER, str(folder))

        def send() -> ReportResult:
            from jindu_desk.operations.exchange.report import report_month

            return report_month(desk.store, desk.vault, desk.paths, month, folder, reason=reason)

        self._shell.carry_out(
            send,
            said="数据包已写出，并已读回核对。",
            then=self._wrote,
            failed=self._not_sent,
            title="签名并写出数据包",
        )
        self._ask_again()

    def _ask_again(self) -> None:
        if self._ready is not None:
            self.send.show_readiness(self._ready, encrypted=self._encrypted, nothing_new=self._nothing_new)

    def _wrote(self, result: ReportResult) -> None:
        self._writing = False
        self._just_written = result.number
        self._on_stick = on_removable(result.path)
        self.send.reason.editor.clear()
        self._shell.changed(Changes(frozenset({Subject.EXCHANGE})))

    def _not_sent(self, error: Exception) -> None:
        self._writing = False
        self._ask_again()
        self._shell.notice(str(error), "error")
        # Also a refusal can have locked a month: packages that an old backup forgot are recorded again.
        self._shell.changed(Changes(_CLOSED_BY_REPORT))

    def _start_reopening(self) -> None:
        desk, month = self._shell.desk, self._shell.month
        self._panel.show_content(ReopenForm(month, desk.unit.keeper, self._reopen))

    def _reopen(self, by: str, reason: str) -> None:
        desk, month = self._shell.desk, self._shell.month
        form = self._panel.content

        def reopen() -> Changes:
            from jindu_desk.operations.exchange.report import reopen_month

            return reopen_month(desk.store, desk.unit.unit.id, month, by=by, reason=reason)

        def reopened(_changes: object) -> None:
            self._just_written = None
            self._panel.close_content()

        def refused(error: Exception) -> None:
            self._panel.set_busy(False)
            if isinstance(form, ReopenForm) and self._panel.content is form:
                form.show_failure(error)

        self._panel.set_busy(True)
        self._shell.carry_out(reopen, said="已重新打开，更正后请再次上报。", then=reopened, failed=refused)

    def _show_folder(self) -> None:
        if of_month := self._of_month:
            QDesktopServices.openUrl(QUrl.fromLocalFile(of_month[0].written_to))
