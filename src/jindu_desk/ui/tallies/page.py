"""台账: villages down, items across; what is typed is stored at once and judged at each keystroke."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.domain.months import Month
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.returned_banner import ReturnedBanner, remarks_of
from jindu_desk.ui.tallies.actions import SheetActions
from jindu_desk.ui.tallies.cell_panel import WIDTH, CellPanel
from jindu_desk.ui.tallies.finding_rows import finding_rows
from jindu_desk.ui.tallies.findings_panel import FindingsPanel
from jindu_desk.ui.tallies.findings_print import FindingsPrint
from jindu_desk.ui.tallies.following import Following
from jindu_desk.ui.tallies.lock_banner import LockBanner
from jindu_desk.ui.tallies.month_work import MonthWork
from jindu_desk.ui.tallies.protected import SheetProtected
from jindu_desk.ui.tallies.rates import SheetRates
from jindu_desk.ui.tallies.sheet_look import SheetLook
from jindu_desk.ui.tallies.sheet_pane import SheetPane
from jindu_desk.ui.tallies.state import SheetState, Touched
from jindu_desk.ui.theme.measures import GROUP, row_height

if TYPE_CHECKING:
    from jindu_desk.queries.exchange.details import RemarkRow

_ROOM_FOR_PANEL = 950  # px at normal text
_ROWS = 8  # villages to be seen before the findings have room too
_PANEL, _FOLDED = "tallies.panel", "tallies.findings_folded"


class TalliesPage(PageScaffold):
    subjects = frozenset({"tallies", "units", "exchange"})

    def __init__(self, shell: Shell, *, at_once: bool = True) -> None:
        super().__init__("台账")
        self._shell = shell
        self.building = self._build()  # steps; the page is none before the last
        if at_once:
            for _ in self.building:
                pass

    @classmethod
    def in_steps(cls, shell: Shell) -> tuple[TalliesPage, Iterator[None]]:
        """A page and the steps in which it is built, each shorter than a handler may be."""
        page = cls(shell, at_once=False)
        return page, page.building

    def _build(self) -> Iterator[None]:
        shell = self._shell
        self.work = MonthWork(shell, self)
        self.pane = SheetPane(self.work.edit, SheetLook(shell, self))
        yield
        self.following = Following(shell, self.work, self.pane, lambda: self._beside.isVisibleTo(self), self)
        self._beside = _scrolling(self.panel)
        yield
        self.banner = LockBanner(lambda: shell.go("report"))
        self.returned = ReturnedBanner(shell, "tallies", lists=False)
        self._wanted: tuple[str, str, str] | None = None
        self._typed_out = QTimer(self, singleShot=True, interval=150)
        self._typed_out.timeout.connect(self._show_loaded)
        self._refit = QTimer(self, singleShot=True, interval=0)  # once every widget has its new font
        self._refit.timeout.connect(self.pane.refit)
        self._returned_wanted = False
        self._listed_for: tuple[RemarkRow, ...] = ()  # the remarks that the list was unfolded for
        self._focus_wanted = False
        self._by_room = False
        self.actions_of_sheet = SheetActions(shell, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._laid_out())
        self._stack.addWidget(
            EmptyState(
                "这个月还没有村（社区）。台账按村（社区）逐月填写（第十一条）。",
                Action("去添加村（社区）", lambda: shell.go("units"), icon="plus", role="primary"),
                icon="table-2",
            )
        )
        self.rates = SheetRates(shell, self._stack, self._show_or_leave, self._lead_to)
        self.printed = FindingsPrint(shell, self._stack, self._show_or_leave)
        save = self.actions_of_sheet.save_protected
        self.protected = SheetProtected(shell, self._stack, self._show_or_leave, save)
        self._elsewhere: dict[str, SheetRates | FindingsPrint | SheetProtected] = {
            "比率分析": self.rates,
            "问题清单": self.printed,
            "保护视图": self.protected,
        }
        self.body.addWidget(self._stack, 1)
        self._panel_wanted = shell.layout(_PANEL) != "hidden"
        self._beside.setVisible(self._panel_wanted)
        self.findings.fold(shell.layout(_FOLDED) == "folded")
        self._connect()
        self.set_actions(self.actions_of_sheet.declared())

    @property
    def panel(self) -> CellPanel:
        return self.following.panel

    @property
    def findings(self) -> FindingsPanel:
        return self.following.findings

    def show_month(self, month: Month) -> None:
        del month
        self.work.load()

    def refresh(self) -> None:
        # Our own figures are on the screen already; asking again would only get in the way of typing.
        if not self.work.storing.telling:
            self.work.load()

    def may_leave(self) -> bool:
        """An open editor is confirmed, and what is no figure keeps the page; the rest is on its way to the store."""
        if not self.pane.view.finish_typing():
            self._shell.notice(self.pane.legend.text(), "warning")
            return False
        self.work.storing.tell()
        return True

    def open_at(
        self, village: str = "", item: str = "", finding: str = "", *, returned: bool = False, **_other: object
    ) -> None:
        """Go to a village's row, a cell, a finding of it, or what was returned first; once the month is there."""
        if returned:
            self._returned_wanted = True
            self.work.load()  # the answer may have been read a moment ago
            return
        self._wanted = (village, item, finding)
        for other in self._elsewhere.values():
            if other.is_open:
                other.close()
        if self.work.state is not None and self.work.state.found.month == self._shell.month:
            self._go_where_wanted()

    @property
    def is_elsewhere(self) -> bool:
        """Whether something else stands in place of the sheet."""
        return any(other.is_open for other in self._elsewhere.values())

    def print_findings(self) -> None:
        """The findings as they are listed, on paper."""
        if self.work.state is not None and self.may_leave():
            self.printed.show(self.work.state, self.findings.rows, self.findings.scope)

    def show_protected(self) -> None:
        """What a paper that leaves the office shows of the month."""
        if self.may_leave():
            self.protected.open()

    def show_rates(self) -> None:
        if self.may_leave():
            self.rates.open()

    def toggle_panel(self) -> None:
        self._panel_wanted = not self._beside.isVisibleTo(self)
        self._beside.setVisible(self._panel_wanted)
        self._shell.keep_layout(_PANEL, "shown" if self._panel_wanted else "hidden")
        self._show_cell()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here types next; unless the arrows only pass by in the navigation."""
        super().showEvent(event)
        if not event.spontaneous():
            self._focus_wanted = not _passing_by()
            if self.work.state is not None:
                self._take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room(is_wider=event.size().width() != event.oldSize().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_stack"):
            self._share_room(is_wider=True)
            self._refit.start()

    def _share_room(self, *, is_wider: bool) -> None:
        """On a narrow screen, or with large text, the figures need the room; F9 and the arrow still bring the rest."""
        scale = max(1.0, self.fontMetrics().height() / 17)
        self.pane.keep_legend(not self.is_short)
        if is_wider:
            self._beside.setFixedWidth(round(WIDTH * scale))
            self._beside.setVisible(self._panel_wanted and self.width() >= _ROOM_FOR_PANEL * scale)
        if not self._shell.layout(_FOLDED):
            rows = (self.height() - 360 * scale) / row_height(self, compact=True)
            self._fold(rows < _ROWS and not self._listed_for)

    def _fold(self, is_folded: bool) -> None:
        """Fold or unfold the findings without taking it for the user's own wish."""
        self._by_room = True
        self.findings.fold(is_folded)
        self._by_room = False

    def _take_focus(self) -> None:
        elsewhere = QApplication.focusWidget()
        writing = isinstance(elsewhere, QLineEdit | QPlainTextEdit) and elsewhere.isVisible()
        if self._focus_wanted and not writing and self.isVisible() and not self.is_elsewhere:
            self.pane.view.setFocus()
        self._focus_wanted = False

    def _laid_out(self) -> QWidget:
        # Each has its parent from the start: whoever gets one later is dressed anew with all that is in it.
        whole = QWidget(self._stack)
        self._splitter = QSplitter(Qt.Orientation.Vertical, whole)
        upper = QWidget(self._splitter)
        row = QHBoxLayout(upper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GROUP)
        row.addWidget(self.pane, 1)
        row.addWidget(self._beside)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(GROUP)
        self._splitter.addWidget(upper)
        self._splitter.addWidget(self.findings)
        self._splitter.setStretchFactor(0, 4)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([420, 150])
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.banner)
        column.addWidget(self.returned)
        column.addWidget(self.pane.tabs)
        column.addWidget(self._splitter, 1)
        return whole

    def _connect(self) -> None:
        self.work.loaded.connect(self._show_loaded)
        self.work.changed.connect(self._show_changed)
        self.work.stepped.connect(self.actions_of_sheet.update)
        self.work.reason_refused.connect(self.findings.show_refusal)
        self.pane.moved.connect(self._show_cell)
        self.pane.view.refused.connect(lambda why: self._shell.notice(why, "info"))
        self.pane.view.copy_wanted.connect(self.actions_of_sheet.blocks.copy)
        self.pane.view.customContextMenuRequested.connect(self.actions_of_sheet.show_menu)
        header = self.pane.view.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self.actions_of_sheet.show_item_menu)
        self.pane.view.paste_wanted.connect(self.actions_of_sheet.blocks.paste)
        self.panel.note_given.connect(self._give_note)
        self.findings.chosen.connect(self._lead_to)
        self.findings.reason_given.connect(self.work.give_reason)
        self.findings.source_given.connect(self.work.name_sources)
        self.findings.folded.connect(self._keep_folded)
        self.findings.listed.connect(self._say_where_returned)

    def _show_loaded(self) -> None:
        state = self.work.state
        if state is None:
            return
        if self.pane.view.is_typing:
            self._typed_out.start()  # what is half typed comes first
            return
        if self.rates.is_open:
            self.rates.load()
        elif self.protected.is_open:
            self.protected.load()
        elif not self.printed.is_open:
            self._stack.setCurrentIndex(0 if state.sheet.villages else 1)
        self.banner.show_state(state)
        self.returned.show_remarks(state.remarks)
        self.pane.show_state(state)
        self.following.follow(findings=True)
        self.actions_of_sheet.update()
        self._list_returned(state)
        self._go_where_wanted()
        if self._focus_wanted and state.sheet.villages:
            self._take_focus()

    def _show_changed(self, touched: Touched) -> None:
        self.pane.show_changed(touched)
        self.following.follow(findings=bool(touched.rows))
        self.actions_of_sheet.update()

    def _show_or_leave(self) -> None:
        """The sheet's actions are for the sheet alone."""
        open_now = (word for word, other in self._elsewhere.items() if other.is_open)
        self.set_title(" · ".join(("台账", *open_now)))
        self.set_actions(self.actions_of_sheet.declared())
        if not self.is_elsewhere:
            self._show_loaded()
            self.pane.view.setFocus()

    def _show_cell(self) -> None:
        self.following.follow()
        self.actions_of_sheet.update()

    def _give_note(self, text: str) -> None:
        place = self.pane.place
        if place is not None:
            self.work.set_note(*place, text)
            if self.panel.isAncestorOf(QApplication.focusWidget() or self):
                self.pane.view.setFocus()  # on with the figures; Ctrl+Z there takes the note back

    def _lead_to(self, unit_id: str, item: str) -> None:
        if not item:  # about the whole row: stay in the block
            state, block = self.work.state, self.pane.tabs.block
            shown = state.items(block) if state is not None and block is not None else ()
            item = shown[0].code if shown else ""
        if item:
            self.pane.jump(unit_id, item)
            self.pane.view.setFocus()

    def _go_where_wanted(self) -> None:
        if self._wanted is None:
            return
        village, item, finding = self._wanted
        self._wanted = None
        state = self.work.state
        if state is None:
            return
        if not item:
            blanks = state.marks.blanks(village)
            item = blanks[0] if blanks else next(iter(state.catalogue.items))
        self.pane.jump(village, item)
        if finding:
            self.findings.select(village, finding)
        self.pane.view.setFocus()

    def _list_returned(self, state: SheetState) -> None:
        """What came back is to be seen without looking for it: once unfolded, then as the user likes it."""
        if state.remarks != self._listed_for:
            self._listed_for = state.remarks
            if state.remarks:
                self._fold(False)
        if self._returned_wanted:
            self._returned_wanted = False
            first = next((row for row in finding_rows(state) if row.returned), None)
            if first is not None:
                self._fold(False)
                self._lead_to(*first.place)
                self.findings.select(*first.identity)

    def _say_where_returned(self) -> None:
        """The banner says where its remarks are to be seen, as the list stands now."""
        listed = sum(row.returned for row in self.findings.rows)
        whole = len(remarks_of(self.returned.remarks, "tallies"))
        if self.findings.is_folded:
            hint = "　台账 {count} 处，点下面的“审核”展开来看。"
        elif listed < whole:
            hint = f"　台账 {{count}} 处，其中本组 {listed} 处列在下面审核的最前面。"
        else:
            hint = "　台账 {count} 处，列在下面审核的最前面。"
        self.returned.say_where(hint)

    def _keep_folded(self, is_folded: bool) -> None:
        if not self._by_room:
            self._shell.keep_layout(_FOLDED, "folded" if is_folded else "open")
        self._say_where_returned()
        total = sum(self._splitter.sizes())
        if total:
            low = self.findings.maximumHeight() if is_folded else max(total // 4, 120)
            self._splitter.setSizes([total - low, low])


def _passing_by() -> bool:
    """Whether the page comes up because somebody goes along a list of pages with the arrow keys."""
    held = QApplication.keyboardModifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
    return isinstance(QApplication.focusWidget(), QListWidget) and not by_mouse and not held


def _scrolling(panel: CellPanel) -> QScrollArea:
    """With large text on a low screen the panel scrolls rather than push the sheet."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(panel)
    area.setFixedWidth(WIDTH)
    return area
