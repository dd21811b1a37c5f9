"""The meetings: list on the left, the meeting as a form on the right; decisions, search, templates; the paper (F6)."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.decisions import Step
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.operations.meeting_decisions import record_step
from jindu_desk.operations.meeting_preparing import prepare_meeting
from jindu_desk.queries.meeting_search import Hit, search_meetings
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.fields import word_for
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.meetings.actions import PAPERS, Operations, Showing, actions_for
from jindu_desk.ui.meetings.board import DecisionBoard
from jindu_desk.ui.meetings.hit_places import show_hit
from jindu_desk.ui.meetings.loading import PageRows, load_page
from jindu_desk.ui.meetings.meeting_list import MeetingList, UnitPicker
from jindu_desk.ui.meetings.mode.opening import ModeOpener
from jindu_desk.ui.meetings.papers import Papers
from jindu_desk.ui.meetings.papers_menu import PapersMenu
from jindu_desk.ui.meetings.putting_in import TemplatePutter
from jindu_desk.ui.meetings.record import RecordPane
from jindu_desk.ui.meetings.search_view import SearchView
from jindu_desk.ui.meetings.templates_view import TemplatesView
from jindu_desk.ui.meetings.views import View, Views
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.paper import Paper
from jindu_desk.ui.paper_preview import PaperPreview
from jindu_desk.ui.returned_banner import ReturnedBanner
from jindu_desk.ui.theme.measures import BETWEEN

_NARROW = 61  # characters; below this width the list shows month and state only


class MeetingsPage(PageScaffold):
    """See `frame/screen.py` for the contract."""

    subjects = frozenset({"meetings", "units", "exchange"})

    def __init__(self, shell: Shell) -> None:
        super().__init__("会议")
        self._shell = shell
        self._wanted_version = ""
        self._wanted_decision = ""
        self._wanted_hit: Hit | None = None
        self._before_paper = View.RECORDS
        self._just_prepared = False
        self._unit_id = shell.desk.unit.unit.id
        self.units = UnitPicker(self._unit_id)
        self.units.wanted.connect(self._choose_unit)
        self._showing: Showing | None = None
        self.list = MeetingList()
        self.list.chosen.connect(shell.choose_month)
        self.record = RecordPane(shell)
        self.record.version_wanted.connect(self._show_version)
        self.papers = Papers(shell, self.record, self)
        self.preview = PaperPreview(
            shell.tasks,
            self.papers.print_paper,
            self.papers.save_paper,
            saving_in_word=self.papers.save_in_word,
            name="会议文书预览",
        )
        self.board = DecisionBoard(shell.desk.store.clock().date())
        self.board.step_wanted.connect(self._record_step)
        self.board.meeting_wanted.connect(self._show_meeting)
        self.putter = TemplatePutter(shell, self.record)
        self.templates = TemplatesView()
        self.templates.saved.connect(self.putter.save)
        self.templates.wanted.connect(self.putter.put_one)
        self.templates.ask = lambda question: shell.ask(question, "删除", danger=True)
        self.search = SearchView()
        self.search.wanted.connect(self._search)
        self.search.chosen.connect(self._go_to_hit)
        self.mode = ModeOpener(shell, self.record, self)
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
        self.views = Views((records, self.board, self.search, self.templates, self.preview))
        self.views.turned.connect(self._show_actions)
        self.views.turned.connect(self.templates.flush)
        self.preview.left.connect(lambda: self.views.turn_to(self._before_paper))
        name = word_for(self.units, "查看哪个单位的例会")
        for widget in (*self.views.tabs, name, self.units):
            self.beside_title.addWidget(widget)
        name.setVisible(False)  # the units in it say what it is for; a screen reader needs the word
        self.returned = ReturnedBanner(shell, "meetings")
        self.body.addWidget(self.returned)
        self.body.addWidget(self.views, 1)
        self._operations = Operations(
            prepare=self._prepare,
            hold=self.mode.open,
            put_standing=self.putter.put_standing,
            save=self.record.save,
            sign=self.record.sign,
            correct=self.record.banner.ask_reason,
            discard=self.record.discard,
            preview=lambda: self.papers.make(self._show_paper),
            print_now=self.papers.print_now,
            save_pdf=self.papers.save_now,
            papers=PapersMenu(self.papers, lambda: self.button(PAPERS), self._show_paper).open,
            preview_sheet=self._preview_sheet,
            speaks_for_own=lambda: self._own or "这是下级单位的例会，文书由它自己出",
            preview_board=lambda: self.papers.make_board(self.board.shown, self.board.filter.words, self._show_paper),
            search=self._begin_search,
            templates=lambda: self.views.turn_to(View.TEMPLATES),
        )

    def show_month(self, _month: Month) -> None:
        self._wanted_version = ""
        if self.views.current is View.PAPER:
            self.views.turn_to(View.RECORDS)
        self.refresh()

    def refresh(self) -> None:
        desk, month, wanted = self._shell.desk, self._shell.month, self._wanted_version
        unit_id = self._unit_id
        self._shell.tasks.run(lambda: load_page(desk, unit_id, month, wanted), self._show)

    def may_leave(self) -> bool:
        """What is typed is kept; nothing needs to be asked."""
        self.mode.leave()
        self.templates.flush()
        self.record.flush()
        return True

    def open_at(self, *, view: str = "", decision: str = "") -> None:
        """``view="decisions"`` shows the board, ``decision`` selects one there."""
        self._wanted_decision = decision
        self.views.turn_to(View.BOARD if view == "decisions" or decision else View.RECORDS)
        self.board.choose(decision)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < self.fontMetrics().horizontalAdvance("汉") * _NARROW
        self.list.fold(narrow=narrow)
        self.views.fold(narrow=narrow)

    def _show(self, rows: PageRows) -> None:
        if rows.month != self._shell.month or rows.unit_id != self._unit_id:
            return
        self.units.show_units(rows.units, rows.unit_id)
        self.returned.show_remarks(rows.remarks)
        self.list.show_rows(rows.meetings, rows.month)
        self.board.show_rows(rows.decisions, rows.people.leaders, read_only=not self._own)
        if self._wanted_decision:
            self.board.choose(self._wanted_decision)
            self._wanted_decision = ""
        self.views.show_open_count(sum(row.open_decisions for row in rows.meetings))
        if rows.whole is None:
            self.record.whole = None
            self._show_empty(rows.month)
            self._right.setCurrentIndex(0)
        else:
            self.record.show_rows(rows, rows.whole)
            self._right.setCurrentIndex(1)
            if self._just_prepared:
                self._just_prepared = False
                # Once the form has its place: what the page had focused before must not scroll it again.
                QTimer.singleShot(0, self.record.form, self.record.form.begin)
            if self._wanted_hit is not None and self._wanted_hit.month == rows.month:
                show_hit(self.record.form, self._wanted_hit)
        self._wanted_hit = None
        self.putter.templates = rows.templates
        self.templates.show_templates(rows.templates, may_put=self.record.editable)
        self._show_actions()

    def _show_empty(self, month: Month) -> None:
        if (old := self._empty.currentWidget()) is not None:
            self._empty.removeWidget(old)
            old.deleteLater()
        said, step = f"{month_text(month)}没有计入这个单位的例会记录：还没有收到，或者已退回，待更正。", None
        if self._own:
            said = f"{month_text(month)}还没有例会记录。新建后，参会名单和上次未办结的事项会自动带入。"
            step = Action("新建本月例会", self._prepare, icon="plus")
        self._empty.addWidget(EmptyState(said, step, icon="users"))

    def _show_actions(self) -> None:
        showing = self._what_is_shown()
        if showing is not self._showing:
            self._showing = showing
            self.set_actions(actions_for(showing, self._operations))
        else:
            self.update_actions()

    def _what_is_shown(self) -> Showing:
        whole = self.record.whole
        if self.views.current is View.BOARD:
            showing = Showing.BOARD
        elif self.views.current is View.TEMPLATES and self.record.editable:
            showing = Showing.TEMPLATES
        elif self.views.current is not View.RECORDS:
            showing = Showing.ELSEWHERE
        elif whole is None:
            showing = Showing.NOTHING if self._own else Showing.ELSEWHERE
        elif self.record.editable:
            showing = Showing.OPEN if whole.version == 1 else Showing.CORRECTION
        elif whole.state is MeetingState.SIGNED_OFF and whole.is_newest and not whole.locked:
            showing = Showing.CLOSED if self.record.why_read_only else Showing.SIGNED
        else:
            showing = Showing.CLOSED
        return showing

    def _show_paper(self, paper: Paper) -> None:
        self.preview.show_paper(paper)
        self._before_paper = self.views.current
        self.views.turn_to(View.PAPER)

    def _preview_sheet(self) -> None:
        if (row := self.board.chosen) is not None:
            self.papers.make_sheet(row, self._show_paper)

    def _begin_search(self) -> None:
        self.views.turn_to(View.SEARCH)
        self.search.setFocus()

    def _search(self, text: str) -> None:
        store, unit_id = self._shell.desk.store, self._unit_id
        self._shell.tasks.run(lambda: search_meetings(store, unit_id, text), self.search.show_found)

    def _go_to_hit(self, hit: Hit) -> None:
        """To the decision on the board, or to its place in the meeting's record."""
        if hit.decision_id:
            self.open_at(decision=hit.decision_id)
            self.board.view.setFocus()
            return
        self._wanted_hit = hit
        self._show_meeting(hit.month)

    def _show_meeting(self, month: Month) -> None:
        self.views.turn_to(View.RECORDS)
        if month == self._shell.month:
            self._wanted_version = ""
            self.refresh()
        else:
            self._shell.choose_month(month)

    def _choose_unit(self, unit_id: str) -> None:
        self.record.flush()
        self._unit_id = unit_id
        self.refresh()

    @property
    def _own(self) -> bool:
        return self._unit_id == self._shell.desk.unit.unit.id

    def _show_version(self, meeting_id: str) -> None:
        self.record.flush()
        self._wanted_version = meeting_id
        self.refresh()

    def _prepare(self) -> None:
        store, unit_id, month = self._shell.desk.store, self._shell.desk.unit.unit.id, self._shell.month

        def prepared(changes: Changes) -> None:
            self._shell.changed(changes)
            self._shell.notice(f"已备好{month_text(month)}例会", "done")
            self._just_prepared = True  # its rows are on their way

        self._shell.tasks.run(
            lambda progress: prepare_meeting(store, unit_id, month, progress.step),
            prepared,
            title="准备例会",
            progress=True,
            cancellable=True,
        )

    def _record_step(self, decision_id: str, step: Step) -> None:
        store = self._shell.desk.store
        self._shell.carry_out(lambda: record_step(store, decision_id, step), said="已记录进展")
