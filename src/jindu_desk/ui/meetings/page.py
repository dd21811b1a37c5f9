"""The meetings: list on the left, the meeting as a form on the right; the board of decisions; the paper (F6)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QStackedWidget, QToolButton, QWidget

from jindu_desk.domain.decisions import Step
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.operations.meeting_decisions import record_step
from jindu_desk.operations.meetings import prepare_meeting
from jindu_desk.queries.meetings import MeetingRow
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.meetings.actions import Operations, Showing, actions_for
from jindu_desk.ui.meetings.board import DecisionBoard
from jindu_desk.ui.meetings.columns import MEETING_COLUMNS, NARROW_HIDES
from jindu_desk.ui.meetings.loading import PageRows, load_page
from jindu_desk.ui.meetings.paper import Paper
from jindu_desk.ui.meetings.papers import Papers
from jindu_desk.ui.meetings.preview import PaperPreview
from jindu_desk.ui.meetings.record import RecordPane
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.tables import RowsModel, rows_view, select_same
from jindu_desk.ui.theme.measures import BETWEEN

_RECORDS, _BOARD, _PAPER = range(3)
_NARROW = 860  # below this width the list shows month and state only


class MeetingsPage(PageScaffold):
    """See `frame/screen.py` for the contract."""

    subjects = frozenset({"meetings", "units", "exchange"})

    def __init__(self, shell: Shell) -> None:
        super().__init__("会议")
        self._shell = shell
        self._wanted_version = ""
        self._wanted_decision = ""
        self._showing: Showing | None = None
        self.model: RowsModel[MeetingRow] = RowsModel(MEETING_COLUMNS)
        self.list = rows_view(self.model, name="例会列表", sortable=False)
        self.list.selectionModel().currentRowChanged.connect(self._choose)
        self.record = RecordPane(shell)
        self.record.version_wanted.connect(self._show_version)
        self.papers = Papers(shell, self.record, self)
        self.preview = PaperPreview(shell.tasks, self._print_shown, self._save_shown)
        self.preview.left.connect(lambda: self._show_view(_RECORDS))
        self.board = DecisionBoard(shell.desk.store.clock().date())
        self.board.step_wanted.connect(self._record_step)
        self.board.closed_wanted.connect(lambda _closed: self.refresh())
        self._empty = QStackedWidget()
        self._right = QStackedWidget()
        self._right.addWidget(self._empty)
        self._right.addWidget(self.record)
        records = QWidget()
        row = QHBoxLayout(records)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(BETWEEN)
        row.addWidget(self.list)
        row.addWidget(self._right, 1)
        self.views = _Views()
        for view in (records, self.board, self.preview):
            self.views.addWidget(view)
        self._let_others_shrink()
        self._tabs = self._make_tabs()
        self.body.addWidget(self.views, 1)
        self._operations = Operations(
            prepare=self._prepare,
            save=self.record.save,
            sign=self.record.sign,
            correct=self.record.banner.ask_reason,
            discard=self.record.discard,
            preview=lambda: self.papers.make(self._show_paper),
            print_now=self.papers.print_now,
            save_pdf=self.papers.save_now,
        )
        self._fit_list()

    def show_month(self, _month: Month) -> None:
        self._wanted_version = ""
        if self.views.currentIndex() == _PAPER:
            self._show_view(_RECORDS)
        self.refresh()

    def refresh(self) -> None:
        desk, month, wanted = self._shell.desk, self._shell.month, self._wanted_version
        closed = self.board.closed.isChecked()
        self._shell.tasks.run(lambda: load_page(desk, month, wanted, closed=closed), self._show)

    def may_leave(self) -> bool:
        """What is typed is kept; nothing needs to be asked."""
        self.record.flush()
        return True

    def open_at(self, *, view: str = "", decision: str = "") -> None:
        """``view="decisions"`` shows the board, ``decision`` selects one there."""
        self._wanted_decision = decision
        self._show_view(_BOARD if view == "decisions" or decision else _RECORDS)
        self.board.choose(decision)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_list()

    def _show(self, rows: PageRows) -> None:
        if rows.month != self._shell.month:
            return
        with QSignalBlocker(self.list.selectionModel()):
            self.model.show_rows(rows.meetings)
            if not select_same(self.list, self.model, lambda row: row.month, rows.month):
                self.list.clearSelection()
        self.board.show_rows(rows.decisions, rows.people.leaders)
        if self._wanted_decision:
            self.board.choose(self._wanted_decision)
            self._wanted_decision = ""
        open_count = sum(row.open_decisions for row in rows.meetings)
        self._tabs[1].setText(f"督办清单 {open_count}" if open_count else "督办清单")
        if rows.whole is None:
            self.record.whole = None
            self._show_empty(rows.month)
            self._right.setCurrentIndex(0)
        else:
            self.record.show_rows(rows, rows.whole)
            self._right.setCurrentIndex(1)
        self._show_actions()

    def _show_empty(self, month: Month) -> None:
        if (old := self._empty.currentWidget()) is not None:
            self._empty.removeWidget(old)
            old.deleteLater()
        said = f"{month_text(month)}还没有例会记录。新建后，各村名单和上次未办结的事项会自动带入。"
        self._empty.addWidget(EmptyState(said, Action("新建本月例会", self._prepare, icon="plus"), icon="users"))

    def _show_actions(self) -> None:
        showing = self._what_is_shown()
        if showing is not self._showing:
            self._showing = showing
            self.set_actions(actions_for(showing, self._operations))

    def _what_is_shown(self) -> Showing:
        whole = self.record.whole
        if self.views.currentIndex() != _RECORDS:
            showing = Showing.ELSEWHERE
        elif whole is None:
            showing = Showing.NOTHING
        elif self.record.editable:
            showing = Showing.OPEN if whole.version == 1 else Showing.CORRECTION
        elif whole.state is MeetingState.SIGNED_OFF and whole.is_newest and not whole.locked:
            showing = Showing.CLOSED if self._shell.desk.why_read_only else Showing.SIGNED
        else:
            showing = Showing.CLOSED
        return showing

    def _show_view(self, view: int) -> None:
        self.views.setCurrentIndex(view)
        self._let_others_shrink()
        for at, tab in enumerate(self._tabs):
            tab.setVisible(view != _PAPER)
            tab.setChecked(at == view)
        self._show_actions()

    def _let_others_shrink(self) -> None:
        """Only the view that is seen asks for room; else a hidden one makes the page scroll."""
        for at in range(self.views.count()):
            if (view := self.views.widget(at)) is not None:
                seen = at == self.views.currentIndex()
                policy = QSizePolicy.Policy.Preferred if seen else QSizePolicy.Policy.Ignored
                view.setSizePolicy(policy, policy)

    def _show_paper(self, paper: Paper) -> None:
        self.preview.show_paper(paper)
        self._show_view(_PAPER)

    def _print_shown(self) -> None:
        if self.preview.paper is not None:
            self.papers.print_paper(self.preview.paper)

    def _save_shown(self) -> None:
        if self.preview.paper is not None:
            self.papers.save_paper(self.preview.paper)

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self._shell.choose_month(self.model.row(current).month)

    def _show_version(self, meeting_id: str) -> None:
        self.record.flush()
        self._wanted_version = meeting_id
        self.refresh()

    def _prepare(self) -> None:
        store, unit_id, month = self._shell.desk.store, self._shell.desk.unit.unit.id, self._shell.month
        self._shell.carry_out(lambda: prepare_meeting(store, unit_id, month), said=f"已备好{month_text(month)}例会")

    def _record_step(self, decision_id: str, step: Step) -> None:
        store = self._shell.desk.store
        self._shell.carry_out(lambda: record_step(store, decision_id, step), said="已记录进展")

    def _make_tabs(self) -> tuple[QToolButton, QToolButton]:
        group = QButtonGroup(self)
        made = []
        for view, word in ((_RECORDS, "例会记录"), (_BOARD, "督办清单")):
            tab = QToolButton()
            tab.setText(word)
            tab.setCheckable(True)
            tab.setProperty("role", "quiet")
            tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            tab.clicked.connect(lambda _checked=False, view=view: self._show_view(view))
            group.addButton(tab)
            self.beside_title.addWidget(tab)
            made.append(tab)
        made[0].setChecked(True)
        return made[0], made[1]

    def _fit_list(self) -> None:
        narrow = self.width() < _NARROW
        em = self.list.fontMetrics().horizontalAdvance("汉")
        for column in NARROW_HIDES:
            self.list.setColumnHidden(column, narrow)
        self.list.setFixedWidth(em * (13 if narrow else 23))


class _Views(QStackedWidget):
    """Its views scroll by themselves: the page need not be as high as their wrapped texts would like."""

    def hasHeightForWidth(self) -> bool:
        return False
