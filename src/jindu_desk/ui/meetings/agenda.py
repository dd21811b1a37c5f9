"""The agenda with what was said, and the decisions that were made."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from jindu_desk.domain.free_text import LONG_TEXT
from jindu_desk.domain.meeting_clock import AgendaTime
from jindu_desk.domain.meeting_drafts import AgendaDraft, DecisionDraft, MeetingDraft
from jindu_desk.errors.entry import NotADate
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.fields import Field, Form, line_edit
from jindu_desk.ui.meetings.editors import CleanField, GrowingText, proposing_edit
from jindu_desk.ui.meetings.item_list import ItemList
from jindu_desk.ui.meetings.planned_field import PlannedField, sum_words

_NARROW = 160  # px


class AgendaForm(QWidget):
    """One agenda item: title, who spoke, how long it is planned to take, what was said."""

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__()
        self.topic = CleanField("题目", line_edit(), "title", required=True)
        self.speaker = CleanField("汇报（发言）人", proposing_edit(people), "speaker")
        self.planned = PlannedField()
        self.said = CleanField("发言内容", GrowingText(3), "said", limit=LONG_TEXT, required=True)
        form = Form(4)
        for field, span in ((self.topic, 2), (self.speaker, 1), (self.planned, 1), (self.said, 4)):
            form.add_widget(field, span=span)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        self.setFocusProxy(self.topic)

    @property
    def fields(self) -> tuple[CleanField | PlannedField, ...]:
        return self.topic, self.speaker, self.planned, self.said

    def show_item(self, item: AgendaDraft) -> None:
        self.topic.set_value(item.title)
        self.speaker.set_value(item.speaker)
        self.planned.set_value(item.planned)
        self.said.set_value(item.said)

    def item(self) -> AgendaDraft:
        return AgendaDraft(
            title=self.topic.value(),
            speaker=self.speaker.value(),
            planned=self.planned.value(),
            said=self.said.value(),
        )


class AgendaSection(QWidget):
    """``earlier``: the plan of the look back at earlier decisions, which is no item of the list."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[str, ...] = ()
        self._starts_at: datetime | None = None
        self._ends_at: datetime | None = None
        self.earlier = PlannedField("听取上次议定事项落实情况，计划（分钟）")
        self.earlier.editor.setMaximumWidth(_NARROW)
        self.earlier.edited.connect(self.edited)
        self.planned = QLabel()
        self.planned.setProperty("role", "muted")
        self.planned.setWordWrap(True)
        self.items: ItemList[AgendaForm] = ItemList("议程", "添加议程", "还没有议程。", self._make)
        self.items.edited.connect(self.edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.earlier)
        column.addWidget(self.items)
        column.addWidget(self.planned)
        self.times = QLabel()
        self.times.setProperty("role", "muted")
        self.times.setWordWrap(True)
        self.times.setAccessibleName("各项议程用时")
        column.addWidget(self.times)
        self.show_times(())
        for part in (self.earlier, self.items):
            part.edited.connect(self._show_sum)
        self._show_sum()

    def show_times(self, times: Sequence[AgendaTime]) -> None:
        """How long the items took, where it was kept."""
        told = "　".join(f"{each.title} {_minutes(each.seconds)}" for each in times)
        total = _minutes(sum(each.seconds for each in times))
        self.times.setText(f"会上用时：{told}　合计 {total}" if times else "")
        self.times.setVisible(bool(times))

    def show_moments(self, starts_at: datetime | None, ends_at: datetime | None) -> None:
        """When the meeting starts and is to end: then it is known when it would end."""
        self._starts_at, self._ends_at = starts_at, ends_at
        self._show_sum()

    def show_agenda(
        self, draft: MeetingDraft, people: Sequence[str], *, looks_back: bool, read_only: bool
    ) -> Iterator[None]:
        """Show another agenda; a step of the iterator makes an item. ``looks_back``: there are earlier decisions."""

        def fill(form: AgendaForm, item: AgendaDraft) -> None:
            form.show_item(item)
            for field in form.fields:
                field.set_read_only(read_only)

        self._people = tuple(people)
        self.earlier.set_value(draft.follow_ups_planned)
        self.earlier.set_read_only(read_only)
        self.earlier.setVisible(looks_back)
        yield from self.items.show_items(draft.agenda, fill, read_only=read_only)
        moments = (None, None) if read_only else (draft.starts_at, draft.ends_at)  # of what was held it is on record
        self.show_moments(*moments)

    def filled(self) -> tuple[AgendaForm, ...]:
        """The forms with something in them."""
        return tuple(form for form in self.items.forms if form.item() != AgendaDraft())

    def drafts(self) -> tuple[AgendaDraft, ...]:
        return tuple(form.item() for form in self.filled())

    def _make(self) -> AgendaForm:
        form = AgendaForm(self._people)
        for field in form.fields:
            field.edited.connect(self.edited)
        form.planned.edited.connect(self._show_sum)
        return form

    def _show_sum(self) -> None:
        """What is planned in all, as the cards stand."""
        earlier = () if self.earlier.isHidden() else (self.earlier.value(),)
        items = (form.planned.value() for form in self.items.forms if any(field.value() for field in form.fields))
        self.planned.setText(sum_words((*earlier, *items), self._starts_at, self._ends_at))
        self.planned.setVisible(bool(self.planned.text()))


def _minutes(seconds: int) -> str:
    """12 分；under a minute 40 秒."""
    return f"{round(seconds / 60)} 分" if seconds >= 60 else f"{seconds} 秒"


class DecisionForm(QWidget):
    """One decision: matter, who leads and who helps, the person, the deadline, what counts as done."""

    def __init__(self, units: Sequence[str], people: Sequence[str], year: int) -> None:
        super().__init__()
        self.decision_id = str(uuid.uuid4())
        self.held_on: date | None = None  # the meeting's day, once it is known
        self.early = False  # the deadline is read, but lies before the meeting
        self.matter = CleanField("议定事项", GrowingText(2), "matter", limit=LONG_TEXT, required=True)
        self.lead_unit = CleanField("牵头单位", proposing_edit(units), "lead_unit", required=True)
        self.person = CleanField("责任人", proposing_edit(people), "person", required=True)
        self.deadline = Field("完成时限", DateField(year=year), required=True)
        self.helping = CleanField("配合单位", proposing_edit(units), "helping_units", hint="")
        self.standard = CleanField("办结标准", GrowingText(1), "standard", limit=LONG_TEXT)
        form = Form(4)
        spans = (
            (self.matter, 4),
            (self.lead_unit, 1),
            (self.helping, 1),
            (self.person, 1),
            (self.deadline, 1),
            (self.standard, 4),
        )
        for field, span in spans:
            form.add_widget(field, span=span)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        self.setFocusProxy(self.matter)

    @property
    def texts(self) -> tuple[CleanField, ...]:
        return self.matter, self.lead_unit, self.helping, self.person, self.standard

    def by_name(self, name: str) -> QWidget:
        """The field of one of the record's texts."""
        return {"matter": self.matter, "lead_unit": self.lead_unit, "person": self.person}[name]

    def show_decision(self, each: DecisionDraft) -> None:
        self.decision_id = each.id or self.decision_id
        words = (each.matter, each.lead_unit, each.helping_units, each.person, each.standard)
        for field, text in zip(self.texts, words, strict=True):
            field.set_value(text)
        self.deadline.editor.set_value(each.deadline)

    def decision(self) -> DecisionDraft:
        matter, lead_unit, helping, person, standard = (field.value() for field in self.texts)
        return DecisionDraft(
            id=self.decision_id,
            matter=matter,
            lead_unit=lead_unit,
            helping_units=helping,
            person=person,
            deadline=self._deadline(),
            standard=standard,
        )

    def set_read_only(self, read_only: bool) -> None:
        for field in self.texts:
            field.set_read_only(read_only)
        self.deadline.editor.setReadOnly(read_only)

    def _deadline(self) -> date | None:
        self.early = False
        try:
            found = self.deadline.editor.value()
        except NotADate as error:
            self.deadline.show_error(str(error))
            return None
        self.early = found is not None and self.held_on is not None and found < self.held_on
        if self.early:
            self.deadline.show_error(f"早于会议日期 {self.held_on}，请核对。")
        else:
            self.deadline.clear_error()
        return found


class DecisionSection(QWidget):
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._units: tuple[str, ...] = ()
        self._people: tuple[str, ...] = ()
        self._year = 0
        self.held_on: date | None = None  # no deadline may be earlier
        self.items: ItemList[DecisionForm] = ItemList("事项", "添加议定事项", "本次会议没有议定事项。", self._make)
        self.items.edited.connect(self.edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.items)

    def show_decisions(
        self,
        decisions: Sequence[DecisionDraft],
        units: Sequence[str],
        people: Sequence[str],
        year: int,
        *,
        read_only: bool,
    ) -> Iterator[None]:
        """Show other decisions; a step of the iterator makes one."""

        def fill(form: DecisionForm, each: DecisionDraft) -> None:
            form.show_decision(each)
            form.set_read_only(read_only)

        self._units, self._people, self._year = tuple(units), tuple(people), year
        yield from self.items.show_items(decisions, fill, read_only=read_only)

    def filled(self) -> tuple[DecisionForm, ...]:
        """The forms with something in them."""
        return tuple(form for form in self.items.forms if form.decision() != DecisionDraft(id=form.decision_id))

    def drafts(self) -> tuple[DecisionDraft, ...]:
        for form in self.items.forms:
            form.held_on = self.held_on
        return tuple(form.decision() for form in self.filled())

    def _make(self) -> DecisionForm:
        form = DecisionForm(self._units, self._people, self._year)
        for field in form.texts:
            field.edited.connect(self.edited)
        form.deadline.editor.changed.connect(self.edited)
        return form
