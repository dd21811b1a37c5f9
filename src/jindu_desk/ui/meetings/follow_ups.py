"""Last meetings' decisions as this meeting takes them up: what was found, postponed, granted or cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jindu_desk.domain.decisions import Step, allowed_steps, check_step, deadline_after
from jindu_desk.domain.meeting_drafts import FollowUpDraft
from jindu_desk.domain.meetings import DecisionState
from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import NotADate
from jindu_desk.queries.meeting_decisions import FollowUpRow
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.fields import Field, Form
from jindu_desk.ui.meetings.editors import CleanField, GrowingText, StillCombo, proposing_edit
from jindu_desk.ui.meetings.words import DECISION, deadline_words
from jindu_desk.ui.theme.measures import GROUP, scaled_font

_APPROVED = (DecisionState.DONE, DecisionState.POSTPONED)


class FollowUpCard(QFrame):
    """One earlier decision with its number, date and deadline, and what this meeting found."""

    edited = Signal()

    def __init__(
        self, at: int, row: FollowUpRow, days: tuple[date, date], leaders: Sequence[str], *, read_only: bool
    ) -> None:
        """``days``: the meeting's and today."""
        super().__init__()
        self.setProperty("role", "card")
        held_on, today = days
        self.row, self._held_on = row, held_on
        self._fixed = row.fixed or read_only
        self.setAccessibleName(f"第 {at} 项：{_origin(row)}")
        self.state = Field("本次会议认定", StillCombo(self._options()), required=not read_only)
        self.note = CleanField("落实情况", GrowingText(1), "note", limit=20_000)
        self.approved_by = CleanField("批准人", proposing_edit(leaders), "approved_by")
        self.deadline = Field("延期至", DateField(year=held_on.year))
        self.wrong = QLabel()
        self.wrong.setProperty("role", "wrong")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        form = Form(4)
        for field, span in ((self.state, 1), (self.note, 3), (self.approved_by, 1), (self.deadline, 1)):
            form.add_widget(field, span=span)
        column = QVBoxLayout(self)
        column.setSpacing(GROUP)
        column.addLayout(_headline(at, row, None if read_only else today))
        for told in _told(row):
            column.addWidget(told)
        column.addWidget(form)
        column.addWidget(self.wrong)
        self.state.editor.currentIndexChanged.connect(self._changed)
        self.note.edited.connect(self._changed)
        self.approved_by.edited.connect(self._changed)
        self.deadline.editor.changed.connect(self._changed)
        self.state.editor.setEnabled(not self._fixed)
        self.note.set_read_only(self._fixed)
        self.approved_by.set_read_only(self._fixed)
        self.deadline.editor.setReadOnly(self._fixed)

    def show_found(self, found: FollowUpDraft) -> None:
        """Show what was recorded before."""
        with QSignalBlocker(self.state.editor):
            if found.state is not None and self.state.editor.findData(found.state) < 0:
                self.state.editor.addItem(DECISION[found.state][0], found.state)
            self.state.editor.setCurrentIndex(max(0, self.state.editor.findData(found.state)))
        self.note.set_value(found.note)
        self.approved_by.set_value(found.approved_by)
        self.deadline.editor.set_value(found.deadline)
        self._show_what_is_asked()

    def found(self) -> FollowUpDraft:
        """What is typed; a postponement's day only where it is one."""
        state = chosen_state(self.state.editor)
        deadline = None
        if state is DecisionState.POSTPONED:
            try:
                deadline = self.deadline.editor.value()
            except NotADate as error:
                self.deadline.show_error(str(error))
        return FollowUpDraft(
            decision_id=self.row.decision_id,
            state=state,
            deadline=deadline,
            note=self.note.value(),
            approved_by=self.approved_by.value() if state in _APPROVED else "",
        )

    def _options(self) -> list[tuple[str, object]]:
        steps = allowed_steps(self.row.state, at_meeting=True)
        return [("请选择", None), *((DECISION[each][0], each) for each in steps)]

    def _changed(self) -> None:
        self._show_what_is_asked()
        self.edited.emit()

    def _show_what_is_asked(self) -> None:
        state = chosen_state(self.state.editor)
        self.approved_by.setVisible(state in _APPROVED)
        self.deadline.setVisible(state is DecisionState.POSTPONED)
        self.deadline.clear_error()
        self.wrong.setText("")
        self.wrong.hide()
        if state is None or self._fixed:
            return
        found = self.found()
        last = Step(self.row.decided_on, self.row.state, self.row.deadline)
        asked = Step(self._held_on, state, found.deadline, "this meeting", found.note, found.approved_by)
        try:
            check_step(last, replace(asked, deadline=deadline_after(asked, last.deadline)))
        except DeskError as error:
            self.wrong.setText(str(error))
        self.wrong.setVisible(bool(self.wrong.text()))


def _origin(row: FollowUpRow) -> str:
    month = Month.parse(row.month)
    return f"{month.year}年{month.number}月例会 第{row.number}项"


def _headline(at: int, row: FollowUpRow, today: date | None) -> QHBoxLayout:
    """Which decision it is, and where it still can be changed (``today``), how it stands."""
    title = QLabel(f"{at}. {_origin(row)}")
    title.setFont(scaled_font(1.0, bold=True))
    title.setWordWrap(True)
    head = QHBoxLayout()
    head.setSpacing(GROUP)
    head.addWidget(title, 1)
    if today is not None:
        word, kind = deadline_words(row.state, row.deadline, today)
        head.addWidget(StateChip(*DECISION[row.state]))
        if word:
            head.addWidget(StateChip(word, kind))
    return head


def _told(row: FollowUpRow) -> list[QLabel]:
    """Who and until when, the matter, and how it went until now (the last three steps)."""
    lead, person, deadline = row.lead_unit or "—", row.person or "—", row.deadline or "—"
    facts = f"{row.decided_on} 议定　牵头 {lead}　责任人 {person}　时限 {deadline}"
    past = [f"{each.step.on}　{DECISION[each.step.state][0]}　{each.step.note}".rstrip() for each in row.steps[1:]]
    labels = []
    for text, role in ((facts, "muted"), (row.matter, ""), ("\n".join(past[-3:]), "muted")):
        if text:
            label = QLabel(text)
            label.setWordWrap(True)
            label.setProperty("role", role)
            labels.append(label)
    return labels


def chosen_state(box: QComboBox) -> DecisionState | None:
    """The state chosen in a box; Qt gives an enum of text back as its text."""
    chosen = box.currentData()
    return DecisionState(chosen) if chosen else None


class FollowUpSection(QWidget):
    """The cards of all earlier decisions; a sentence where there are none."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[FollowUpCard] = []
        self._none = QLabel("没有需要督办的上次议定事项。")
        self._none.setProperty("role", "muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GROUP)
        self._column.addWidget(self._none)

    def show_rows(
        self,
        rows: Sequence[FollowUpRow],
        found: Sequence[FollowUpDraft],
        days: tuple[date, date],
        leaders: Sequence[str],
        *,
        read_only: bool,
    ) -> Iterator[None]:
        """Show other decisions; a step of the iterator makes one card. ``days``: the meeting's and today."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        known = {each.decision_id: each for each in found}
        self.cards = []
        self._none.setVisible(not rows)
        for at, row in enumerate(rows, 1):
            card = FollowUpCard(at, row, days, leaders, read_only=read_only)
            card.show_found(known.get(row.decision_id, FollowUpDraft(decision_id=row.decision_id)))
            card.edited.connect(self.edited)
            self._column.addWidget(card)
            self.cards.append(card)
            yield

    def found(self) -> tuple[FollowUpDraft, ...]:
        return tuple(card.found() for card in self.cards)
