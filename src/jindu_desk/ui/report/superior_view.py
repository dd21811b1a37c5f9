"""与上级往来: how one stands with the superior, what came from it, what went to it, and this desk's key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from jindu_desk.domain.months import Month
from jindu_desk.ui.drop_area import SUFFIX, DropArea
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.reflowing_grid import ReflowingGrid
from jindu_desk.ui.report.key_card import KeyCard
from jindu_desk.ui.report.key_panels import KeyChangePanel
from jindu_desk.ui.report.reading import ReadFile, Reading
from jindu_desk.ui.report.results_card import ResultsCard
from jindu_desk.ui.report.sent_card import SentCard
from jindu_desk.ui.report.snapshot_card import SnapshotCard
from jindu_desk.ui.report.status_card import StatusCard
from jindu_desk.ui.report.superior_state import SuperiorState
from jindu_desk.ui.report.superior_words import StatusLine, Step, status_lines
from jindu_desk.ui.report.superior_work import SuperiorWork
from jindu_desk.ui.theme.measures import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from jindu_desk.queries.exchange.keys import SignerRow
    from jindu_desk.ui.frame.screen import Shell
    from jindu_desk.ui.report.papers import Papers
    from jindu_desk.ui.side_panel import SidePanel

_LAST_READ = "report.read_folder"


class SuperiorView(QWidget):
    """``to_month()`` turns to 本月上报; ``keys_changed()``: the keyring is to be asked again; ``update()``: the page's
    buttons are to be asked again. ``copy`` and ``save`` are the key's buttons."""

    def __init__(
        self,
        shell: Shell,
        panel: SidePanel,
        papers: Papers,
        *,
        copy: Action,
        save: Action,
        to_month: Callable[[], object],
        keys_changed: Callable[[], object],
        update: Callable[[], object],
    ) -> None:
        super().__init__()
        self._shell, self._panel, self._to_month, self._ask_buttons = shell, panel, to_month, update
        self._papers = papers
        self.state: SuperiorState | None = None
        self.reading = Reading(shell, self._show_read, self._reading_changed)
        self.work = SuperiorWork(shell, panel, lambda: self.state, self.reading, papers, keys_changed)
        self.status = StatusCard(self._go, self.work.may_write)
        self.results = ResultsCard(self.work.compare, self._fold_results)
        self.sent = SentCard(self.work.start_handing_out, papers.show_slip, self.work.may_sign)
        self.key = KeyCard(copy, save)
        self.directive = SnapshotCard(
            "指令", "file-text", "上级的指令带来名册、密钥、指标和规则。读入后，变化列在这里。"
        )
        self.answer = SnapshotCard(
            "回执", "message-square", "上级的回执说明收到了什么、退回了什么。读入后列在这里。", papers.show_answer
        )
        left, self._right = (
            _column(self.results, self.status, self.sent),
            _column(self.key, self.answer, self.directive),
        )
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName("与上级往来")
        self._area.setWidget(ReflowingGrid((left, self._right), columns=2, fewer=1, enough=1000, stretch=(5, 3)))
        drop = DropArea(self.reading.start)
        inside = QVBoxLayout(drop)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(drop)

    def page_actions(self) -> tuple[Action, ...]:
        return (
            Action("读入指令或回执…", self.pick_files, "package-open", "Ctrl+O", self._may_read, role="primary"),
            Action("写密钥登记包…", self.work.start_enrolment, "usb", condition=self.work.may_sign),
            Action(
                "密钥登记表", self._papers.show_key_form, "printer", "F6", self._has_key, "看和打印本机的密钥登记表"
            ),
            Action("更换密钥…", self.work.start_change, "refresh-cw", condition=self.work.may_sign, role="more"),
            Action(
                "密钥丢失、换电脑或交接…",
                self.work.start_replacing,
                "ban",
                condition=self.work.may_write,
                role="more",
            ),
        )

    def show_state(self, state: SuperiorState, key: SignerRow | None) -> None:
        self.state = state
        self.status.show_lines(status_lines(state))
        self.sent.show_rows(state.sent)
        self.key.show_key(key)
        above = state.superior
        self.directive.show_snapshot(above.directive if above else None)
        self.answer.show_snapshot(above.answer if above else None)
        self._put_newest_first(state)
        content = self._panel.content
        if isinstance(content, KeyChangePanel):
            content.show_keys(state.keys)
            self._panel.show_actions(content.actions_shown)

    def pick_files(self) -> None:
        start = self._shell.layout(_LAST_READ)
        names, _ = QFileDialog.getOpenFileNames(self, "选择指令或回执", start, f"指令和回执 (*{SUFFIX});;所有文件 (*)")
        if names:
            self._shell.keep_layout(_LAST_READ, str(Path(names[0]).parent))
            self.reading.start([Path(name) for name in names])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._area.horizontalScrollBar().setValue(0)

    def _put_newest_first(self, state: SuperiorState) -> None:
        """What came last is read first; while nothing came, what is to come next: the directive."""
        above = state.superior
        answer, directive = (above.answer, above.directive) if above else (None, None)
        answered = answer is not None and (directive is None or answer.received_at >= directive.received_at)
        order = (self.answer, self.directive) if answered else (self.directive, self.answer)
        column = self._right.layout()
        if isinstance(column, QVBoxLayout) and column.indexOf(order[0]) > column.indexOf(order[1]):
            column.removeWidget(order[0])
            column.insertWidget(column.indexOf(order[1]), order[0])

    def _go(self, line: StatusLine) -> None:
        match line.step:
            case Step.MAKE_KEY:
                self.work.make_key()
            case Step.ENROL:
                self.work.start_enrolment()
            case Step.PRINT_FORM:
                self._papers.show_key_form()
            case Step.READ:
                self.pick_files()
            case Step.CHANGE_KEY:
                self.work.start_change()
            case Step.LOST_KEY:
                self.work.start_replacing()
            case Step.CORRECT:
                self._shell.choose_month(Month.parse(line.period))
                if self._of_township:
                    self._shell.go("tallies", returned=True)
                else:
                    self._shell.go("totals")
            case Step.REPORT:
                self._shell.choose_month(Month.parse(line.period))
                self._to_month()
            case Step.NONE:
                return

    @property
    def _of_township(self) -> bool:
        return self._shell.desk.unit.unit.tier.value == "township"

    def _may_read(self) -> bool | str:
        return self._shell.desk.why_read_only or not self.reading.busy

    def _has_key(self) -> bool | str:
        return (self.state is not None and self.state.keys.present is not None) or "本机还没有签名密钥。"

    def _show_read(self, files: tuple[ReadFile, ...]) -> None:
        """An unknown key of the superior is to be compared at once; one comparison serves all files that it signed."""
        self.results.show_files(files)
        self._area.verticalScrollBar().setValue(0)
        unknown = next((file for file in files if file.comparable is not None), None)
        if unknown is not None and self._panel.content is None:
            self.work.compare(unknown)

    def _fold_results(self) -> None:
        # The pressed button goes: the next one down would get the keyboard, and the page would roll to it.
        self._area.setFocus()
        self.results.setVisible(False)

    def _reading_changed(self) -> None:
        self._ask_buttons()


def _column(*cards: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(BETWEEN)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return whole
