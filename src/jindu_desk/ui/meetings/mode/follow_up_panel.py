"""What became of the earlier decisions, by one key each; what a state asks for besides is typed below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from jindu_desk.domain.decisions import Step, allowed_steps, check_step, deadline_after
from jindu_desk.domain.free_text import LONG_TEXT
from jindu_desk.domain.meeting_drafts import FollowUpDraft
from jindu_desk.domain.meetings import DecisionState
from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.errors.meetings import StepFollowedLater
from jindu_desk.queries.meeting_decisions import FollowUpRow
from jindu_desk.ui.fields import Form, line_edit
from jindu_desk.ui.meetings.editors import CleanField, proposing_edit
from jindu_desk.ui.meetings.mode.deadline_field import DeadlineField
from jindu_desk.ui.meetings.mode.holding import Holding
from jindu_desk.ui.meetings.mode.large_type import large_row
from jindu_desk.ui.meetings.words import DECISION, deadline_words
from jindu_desk.ui.tables import Column, RowsModel, dress_table, select_row
from jindu_desk.ui.theme.measures import GROUP
from jindu_desk.ui.theme.tokens import Kind

_STATES = tuple(DecisionState)
_KEYS = {Qt.Key(Qt.Key.Key_1.value + number): state for number, state in enumerate(_STATES)}
_APPROVED = (DecisionState.DONE, DecisionState.POSTPONED)


@dataclass(frozen=True, slots=True)
class _Line:
    """An earlier decision beside what this meeting found."""

    row: FollowUpRow
    found: FollowUpDraft


class FollowUpPanel(QWidget):
    def __init__(self, holding: Holding) -> None:
        super().__init__()
        self._holding = holding
        self._filling = False
        today = holding.now.date()
        self.model: RowsModel[_Line] = RowsModel(
            (
                Column("出处", lambda line: _origin(line.row)),
                Column("议定事项", lambda line: line.row.matter.replace("\n", " "), width=-1),
                Column("牵头单位", lambda line: line.row.lead_unit or "—"),
                Column("时限", lambda line: str(line.row.deadline or "—")),
                Column(
                    "剩余",
                    lambda line: deadline_words(line.row.state, line.row.deadline, today)[0],
                    kind=lambda line: deadline_words(line.row.state, line.row.deadline, today)[1],
                ),
                Column("原来", lambda line: DECISION[line.row.state][0]),
                Column("本次", lambda line: _found_word(line.found)[0], kind=lambda line: _found_word(line.found)[1]),
            )
        )
        self.view = _View(self.model)
        self.view.pressed_key = self._press
        self.view.selectionModel().currentRowChanged.connect(self._show_current)
        self.keys = QLabel(
            "　".join(f"{at} {DECISION[state][0]}" for at, state in enumerate(_STATES, 1)) + "　0 清除　回车 写落实情况"
        )
        self.keys.setProperty("role", "muted")
        self.keys.setWordWrap(True)
        self.matter = QLabel()
        self.matter.setWordWrap(True)
        self.note = CleanField("落实情况（延期写理由）", line_edit(limit=LONG_TEXT), "note", limit=LONG_TEXT)
        leaders = [leader.name for leader in holding.rows.people.leaders]
        self.approved_by = CleanField("批准人", proposing_edit(leaders), "approved_by")
        self.deadline = DeadlineField("延期至", holding.rows.held_on)
        self.wrong = QLabel()
        self.wrong.setProperty("role", "wrong")
        self.wrong.setWordWrap(True)
        form = Form(4)
        for field, span in ((self.note, 2), (self.approved_by, 1), (self.deadline, 1)):
            form.add_widget(field, span=span)
        self._form = form
        self._none = QLabel("没有需要督办的上次议定事项。")
        self._none.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._none)
        column.addWidget(self.view, 1)
        column.addWidget(self.keys)
        column.addWidget(self.matter)
        column.addWidget(form)
        column.addWidget(self.wrong)
        self.setFocusProxy(self.view)
        for field in (self.note, self.approved_by):
            field.edited.connect(self._typed)
            field.editor.returnPressed.connect(self._go_down)  # type: ignore[attr-defined]
        self.deadline.edited.connect(self._typed)
        self.deadline.editor.returnPressed.connect(self._go_down)
        lines = [
            _Line(row, found)
            for row, found in zip(holding.rows.whole.follow_ups, holding.draft.follow_ups, strict=True)
        ]
        self._none.setVisible(not lines)
        for widget in (self.view, self.keys, form):
            widget.setVisible(bool(lines))
        self.model.show_rows(lines)
        if lines:
            select_row(self.view, 0)
        self._show_current()

    def enlarge(self, factor: float) -> None:
        self.view.verticalHeader().setDefaultSectionSize(large_row(factor))

    def _current(self) -> int:
        return self.view.currentIndex().row()

    def _press(self, key: Qt.Key) -> bool:
        """One key: the state, 0 takes it back, Enter goes to the note. Whether the key was ours."""
        at = self._current()
        if at < 0 or (key not in _KEYS and key not in (Qt.Key.Key_0, Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            return False
        line = self.model.row(at)
        if line.row.fixed:
            self._holding.told.emit(str(StepFollowedLater(number=line.row.number)), True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.note.setFocus()
        elif key == Qt.Key.Key_0:
            self._put(at, FollowUpDraft(decision_id=line.row.decision_id))
        else:
            self._give(at, _KEYS[key])
        return True

    def _give(self, at: int, state: DecisionState) -> None:
        line = self.model.row(at)
        if state not in allowed_steps(line.row.state, at_meeting=True):
            last = DECISION[line.row.state][0]
            self._holding.told.emit(f"这一项是“{last}”，不能直接记为“{DECISION[state][0]}”。", True)
            return
        approved = (line.found.approved_by or self._holding.chair) if state in _APPROVED else ""
        deadline = line.found.deadline if state is DecisionState.POSTPONED else None
        self._put(at, line.found.model_copy(update={"state": state, "approved_by": approved, "deadline": deadline}))
        if self.wrong.text():
            (self.note if not self.note.value() else self.deadline).setFocus()
        elif at + 1 < self.model.rowCount():
            select_row(self.view, at + 1)

    def _put(self, at: int, found: FollowUpDraft) -> None:
        lines = list(self.model.rows)
        lines[at] = replace(lines[at], found=found)
        self.model.show_rows(lines)
        select_row(self.view, at)
        self._holding.change(follow_ups=tuple(line.found for line in lines))
        self._show_current()

    def _typed(self) -> None:
        at = self._current()
        if at < 0 or self._filling:
            return
        found = self.model.row(at).found
        typed = {"note": self.note.value(), "approved_by": found.approved_by, "deadline": found.deadline}
        if found.state in _APPROVED:
            typed["approved_by"] = self.approved_by.value()
        if found.state is DecisionState.POSTPONED:
            typed["deadline"] = self.deadline.value()
        lines = list(self.model.rows)
        lines[at] = replace(lines[at], found=found.model_copy(update=typed))
        self._filling = True  # the fields are the ones that are being typed into
        self.model.show_rows(lines)
        select_row(self.view, at)
        self._filling = False
        self._holding.change(follow_ups=tuple(line.found for line in lines))
        self._show_wrong(lines[at])

    def _go_down(self) -> None:
        """Enter below goes on to the next decision."""
        self.deadline.settle()
        at = self._current()
        if at >= 0 and self._wrong_of(self.model.row(at)):
            return
        if at + 1 < self.model.rowCount():
            select_row(self.view, at + 1)
        self.view.setFocus()

    def _show_current(self) -> None:
        if self._filling:
            return
        at = self._current()
        if at < 0:
            self.matter.setText("")
            self.wrong.setText("")
            return
        self._filling = True
        line = self.model.row(at)
        standard = f"\n办结标准：{line.row.standard}" if line.row.standard else ""
        self.matter.setText(f"{line.row.matter}{standard}")
        self.note.set_value(line.found.note)
        self.approved_by.set_value(line.found.approved_by)
        self.deadline.set_value(line.found.deadline)
        self.approved_by.setVisible(line.found.state in _APPROVED)
        self.deadline.setVisible(line.found.state is DecisionState.POSTPONED)
        for field in (self.note, self.approved_by):
            field.set_read_only(line.row.fixed)
        self._filling = False
        self._show_wrong(line)

    def _show_wrong(self, line: _Line) -> None:
        self.wrong.setText(self._wrong_of(line))
        self.wrong.setVisible(bool(self.wrong.text()))

    def _wrong_of(self, line: _Line) -> str:
        """What the state still asks for."""
        found, row = line.found, line.row
        if found.state is None or row.fixed:
            return ""
        last = Step(row.decided_on, row.state, row.deadline)
        asked = Step(
            self._holding.rows.held_on, found.state, found.deadline, "this meeting", found.note, found.approved_by
        )
        try:
            check_step(last, replace(asked, deadline=deadline_after(asked, last.deadline)))
        except DeskError as error:
            return str(error)
        return ""


class _View(QTableView):
    def __init__(self, model: RowsModel[_Line]) -> None:
        super().__init__()
        self.pressed_key: Callable[[Qt.Key], bool] = _nobody
        self.setModel(model)
        dress_table(self, name="上次议定事项")
        header = self.horizontalHeader()
        for number, column in enumerate(model.columns):
            stretch = QHeaderView.ResizeMode.Stretch if column.width < 0 else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(number, stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not (plain and self.pressed_key(Qt.Key(event.key()))):
            super().keyPressEvent(event)


def _nobody(_key: Qt.Key) -> bool:
    return False


def _origin(row: FollowUpRow) -> str:
    month = Month.parse(row.month)
    return f"{month.year}年{month.number}月 {row.number}"


def _found_word(found: FollowUpDraft) -> tuple[str, Kind]:
    return DECISION[found.state] if found.state else ("—", "plain")
