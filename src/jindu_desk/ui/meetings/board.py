"""The board of decisions: what is open, how it went until now, and the next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from jindu_desk.domain.decisions import Step, allowed_steps, is_open
from jindu_desk.domain.free_text import LONG_TEXT
from jindu_desk.domain.meetings import DecisionState
from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import NotADate
from jindu_desk.queries.decisions import DecisionRow
from jindu_desk.queries.meeting_roster import LeaderRow
from jindu_desk.ui.cards import Card
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.fields import Field, Form
from jindu_desk.ui.meetings.board_filter import BoardFilter
from jindu_desk.ui.meetings.columns import NARROW_BOARD_HIDES, decision_columns
from jindu_desk.ui.meetings.editors import CleanField, GrowingText, StillCombo
from jindu_desk.ui.meetings.follow_ups import chosen_state
from jindu_desk.ui.meetings.history import HistoryList
from jindu_desk.ui.meetings.words import DECISION
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.tables import RowsModel, rows_view, select_row, select_same
from jindu_desk.ui.theme.measures import BETWEEN, GROUP

_NARROW = 860
_APPROVED = (DecisionState.DONE, DecisionState.POSTPONED)


class DecisionBoard(QWidget):
    """``step_wanted(decision_id, step)``; ``meeting_wanted(Month)``: the meeting of a step."""

    step_wanted = Signal(str, object)
    meeting_wanted = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.model: RowsModel[DecisionRow] = RowsModel(decision_columns(today))
        self.view = rows_view(self.model, name="督办清单")
        self.view.setMinimumHeight(120)
        self.view.selectionModel().currentRowChanged.connect(self._show_current)
        self._rows: tuple[DecisionRow, ...] = ()
        self.filter = BoardFilter(today)
        self.filter.changed.connect(self._narrow)
        self.detail = StepCard(today)
        self.detail.step_wanted.connect(self._want_step)
        self.detail.history.meeting_wanted.connect(self.meeting_wanted)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState("没有未办结的议定事项。例会议定的事项会列在这里，直到办结或取消。", icon="list-checks")
        )
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        column.addWidget(self.view, 3)
        column.addWidget(self.detail)
        self._stack.addWidget(lists)
        self._stack.addWidget(EmptyState("没有符合条件的议定事项。请换一个状态或单位。", icon="list-checks"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GROUP)
        whole.addWidget(self.filter)
        whole.addWidget(self._stack, 1)

    def show_rows(self, rows: Sequence[DecisionRow], leaders: Sequence[LeaderRow], *, read_only: bool) -> None:
        """Other rows; the selected decision stays selected, and what is typed for it stays."""
        self.detail.read_only = read_only
        self.detail.take_leaders(leaders)
        self._rows = tuple(rows)
        self.filter.take_units(rows)
        self._narrow()

    @property
    def shown(self) -> tuple[DecisionRow, ...]:
        """The decisions as they stand there."""
        return self.model.rows

    @property
    def chosen(self) -> DecisionRow | None:
        """The decision that is selected."""
        index = self.view.currentIndex()
        return self.model.row(index) if index.isValid() and index.row() < len(self.model.rows) else None

    def _narrow(self) -> None:
        current = self.chosen
        shown = self.filter.narrowed(self._rows)
        self.model.show_rows(shown)
        self._stack.setCurrentIndex(1 if shown else 2 if any(is_open(row.state) for row in self._rows) else 0)
        if shown and not (current and select_same(self.view, self.model, lambda row: row.id, current.id)):
            select_row(self.view, 0)

    def choose(self, decision_id: str) -> None:
        """Select a decision; where the filter hides it, everything is shown."""
        if not select_same(self.view, self.model, lambda row: row.id, decision_id) and any(
            row.id == decision_id for row in self._rows
        ):
            self.filter.clear()
            select_same(self.view, self.model, lambda row: row.id, decision_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column in NARROW_BOARD_HIDES:
            self.view.setColumnHidden(column, event.size().width() < _NARROW)

    def _show_current(self) -> None:
        row = self.chosen
        self.detail.setVisible(row is not None)
        if row is not None:
            self.detail.show_row(row)

    def _want_step(self, step: Step) -> None:
        if (row := self.chosen) is not None:
            self.step_wanted.emit(row.id, step)


class StepCard(Card):
    """One decision with its history, and the form of its next step."""

    step_wanted = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__("进展")
        self._today = today
        self._row: DecisionRow | None = None
        self.read_only = False
        self._matter = QLabel()
        self._matter.setWordWrap(True)
        self.history = HistoryList()
        self.state = Field("记录进展", StillCombo())
        self.on = Field("日期", DateField(today))
        self.approved_by = CleanField("批准人", StillCombo(editable=True), "approved_by")
        self.deadline = Field("延期至", DateField(year=today.year))
        self.note = CleanField("说明", GrowingText(1), "note", limit=LONG_TEXT)
        self.save = button_for(Action("记录进展", self._ask, icon="save"))
        self._form = Form(4)
        for field, span in ((self.state, 1), (self.on, 1), (self.approved_by, 1), (self.deadline, 1), (self.note, 4)):
            self._form.add_widget(field, span=span)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        self.body.addWidget(self._matter)
        self.body.addWidget(self.history)
        self.body.addWidget(self._form)
        self.body.addLayout(foot)
        self.state.editor.currentIndexChanged.connect(self._show_what_is_asked)

    def take_leaders(self, leaders: Sequence[LeaderRow]) -> None:
        combo = self.approved_by.editor
        if isinstance(combo, StillCombo):
            typed = self.approved_by.value()
            combo.blockSignals(True)
            combo.clear()
            combo.addItems([leader.name for leader in leaders])
            combo.blockSignals(False)
            self.approved_by.set_value(typed)

    def show_row(self, row: DecisionRow) -> None:
        same = self._row is not None and self._row.id == row.id and self._row.steps == row.steps
        self._row = row
        month = Month.parse(row.month)
        self.title.setText(f"{month.year}年{month.number}月例会 第{row.number}项")
        facts = [("牵头", row.lead_unit), ("配合", row.helping_units), ("责任人", row.person), ("时限", row.deadline)]
        told = "　".join(f"{word} {value}" for word, value in facts if value)
        standard = f"\n办结标准：{row.standard}" if row.standard else ""
        self._matter.setText(f"{row.matter}\n{told}{standard}")
        self.history.show_steps(row.steps)
        steps = () if self.read_only else allowed_steps(row.state, at_meeting=False)
        self._form.setVisible(bool(steps))
        self.save.setVisible(bool(steps))
        if same:
            return
        self.state.editor.clear()
        for each in steps:
            self.state.editor.addItem(DECISION[each][0], each)
        self.on.editor.set_value(self._today)
        for text in (self.note, self.approved_by):
            text.set_value("")
        self.deadline.editor.set_value(None)
        self._show_what_is_asked()

    def _show_what_is_asked(self) -> None:
        state = chosen_state(self.state.editor)
        self.approved_by.setVisible(state in _APPROVED)
        self.deadline.setVisible(state is DecisionState.POSTPONED)

    def _ask(self) -> None:
        state = chosen_state(self.state.editor)
        try:
            on = self.on.editor.value()
        except NotADate as error:
            self.on.show_error(str(error))
            return
        try:
            deadline = self.deadline.editor.value() if state is DecisionState.POSTPONED else None
        except NotADate as error:
            self.deadline.show_error(str(error))
            return
        if state is None or self.note.error or self.approved_by.error:
            return
        if on is None:
            self.on.show_error("请填写日期。")
            return
        self.on.clear_error()
        approved_by = self.approved_by.value() if state in _APPROVED else ""
        self.step_wanted.emit(Step(on, state, deadline, None, self.note.value(), approved_by))
