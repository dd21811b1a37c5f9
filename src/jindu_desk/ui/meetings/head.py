"""The head of the form: number and title, time and place, who called, led and minuted the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from jindu_desk.domain.free_text import LONG_TEXT
from jindu_desk.domain.meeting_drafts import MeetingDraft, Missing
from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import DateOutsideMonth, NotADate
from jindu_desk.queries.meeting_roster import LeaderRow
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.fields import Field, Form, line_edit
from jindu_desk.ui.meetings.editors import CleanField, GrowingText, StillCombo, proposing_edit, read_time


class HeadSection(QWidget):
    """``edited()`` after every change. `values` never raises: what is wrong is told at its field and left out."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._month: Month | None = None
        self._leaders: tuple[LeaderRow, ...] = ()
        self.number = CleanField("编号", line_edit(), "number", required=True)
        self.title = CleanField("标题", line_edit(), "title", required=True)
        self.day = Field("会议日期", DateField(), required=True)
        self.start = Field("开始时间", line_edit(placeholder="9:00", limit=10), required=True)
        self.end = Field("结束时间", line_edit(placeholder="10:30", limit=10), required=True)
        self.place = CleanField("地点", line_edit(), "place", required=True)
        self.convenor = CleanField("召集人", StillCombo(editable=True), "convenor", required=True)
        self.convenor_post = CleanField("召集人职务", line_edit(), "convenor_post")
        self.chair = CleanField("主持人", StillCombo(editable=True), "chair", required=True)
        self.chair_post = CleanField("主持人职务", line_edit(), "chair_post")
        self.recorder = CleanField("记录人", proposing_edit(()), "recorder", required=True)
        self.opening = CleanField("会议概况", GrowingText(2), "opening", limit=LONG_TEXT)
        form = Form(4)
        placed = (
            (self.title, 3),
            (self.number, 1),
            (self.day, 1),
            (self.start, 1),
            (self.end, 1),
            (self.place, 1),
            (self.convenor, 1),
            (self.convenor_post, 1),
            (self.chair, 1),
            (self.chair_post, 1),
            (self.recorder, 1),
            (self.opening, 3),
        )
        for field, span in placed:
            form.add_widget(field, span=span)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        for field in self.texts.values():
            field.edited.connect(self.edited)
        self.day.editor.changed.connect(self._moment_changed)
        for line in (self.start.editor, self.end.editor):
            line.textEdited.connect(self._moment_changed)
            line.editingFinished.connect(partial(_tidy_time, line))
        _take_post(self.convenor, self.convenor_post, self)
        _take_post(self.chair, self.chair_post, self)

    @property
    def texts(self) -> dict[str, CleanField]:
        """The free texts by the record's names."""
        names = ("number", "title", "place", "convenor", "convenor_post", "chair", "chair_post", "recorder", "opening")
        return {name: getattr(self, name) for name in names}

    def show_head(self, draft: MeetingDraft, month: Month, leaders: Sequence[LeaderRow], *, read_only: bool) -> None:
        self._month, self._leaders = month, tuple(leaders)
        for combo in (self.convenor.editor, self.chair.editor):
            if isinstance(combo, StillCombo):
                combo.blockSignals(True)
                combo.clear()
                for leader in leaders:
                    combo.addItem(leader.name, leader.post)
                combo.blockSignals(False)
        for name, field in self.texts.items():
            field.set_value(getattr(draft, name))
            field.set_read_only(read_only)
        self.day.editor.set_year(month.year)
        self.day.editor.set_value(draft.starts_at.date() if draft.starts_at else None)
        self.day.editor.setReadOnly(read_only)
        for line, moment in ((self.start.editor, draft.starts_at), (self.end.editor, draft.ends_at)):
            line.setText(_time_text(moment) if moment else "")
            line.setReadOnly(read_only)
        for shown in (self.day, self.start, self.end):
            shown.clear_error()

    def values(self) -> dict[str, object]:
        """The head's part of the draft."""
        texts: dict[str, object] = {name: field.value() for name, field in self.texts.items()}
        day = self._day()
        starts_at, ends_at = self._moment(day, self.start), self._moment(day, self.end)
        if starts_at and ends_at and ends_at < starts_at:
            self.end.show_error("结束时间应晚于开始时间")
        return texts | {"starts_at": starts_at, "ends_at": ends_at}

    def held_on(self) -> date | None:
        return self._day()

    def parts_of(self, gap: Missing) -> tuple[Missing, ...]:
        """A missing moment as the fields that are missing: the day, the times. Other gaps are as they are."""
        if gap.what not in ("starts_at", "ends_at"):
            return (gap,)
        typed = self.start if gap.what == "starts_at" else self.end
        day = (Missing("day"),) if gap.what == "starts_at" and self.held_on() is None else ()
        if typed.editor.text().strip() and not typed.error:
            return day
        return (*day, Missing("start") if gap.what == "starts_at" else gap)

    def show_incomplete(self) -> None:
        """Mark what cannot be recorded by half: a day needs the time it began at, a time needs its day."""
        if self.day.error or self.start.error:
            return
        typed = [field for field in (self.start, self.end) if field.editor.text().strip()]
        if typed and not self.day.editor.line.text().strip():
            self.day.show_error("请填写会议日期，时间才能一并记下。")
        elif self.day.editor.line.text().strip() and self.start not in typed:
            self.start.show_error("请填写开始时间，会议日期才能一并记下。")

    def _moment_changed(self) -> None:
        self.edited.emit()

    def _day(self) -> date | None:
        try:
            found = self.day.editor.value()
            if found is not None and self._month is not None and not self._month.holds(found):
                raise DateOutsideMonth(date=found, month=self._month)
        except (NotADate, DateOutsideMonth) as error:
            self.day.show_error(str(error))
            return None
        self.day.clear_error()
        return found

    def _moment(self, day: date | None, field: Field[QLineEdit]) -> datetime | None:
        try:
            found: time | None = read_time(field.editor.text())
        except ValueError:
            field.show_error("请这样填写时间：9:00")
            return None
        field.clear_error()
        return datetime.combine(day, found) if day and found else None


def _tidy_time(line: QLineEdit) -> None:
    """Show a time that was typed and left as it is read: 900 as 9:00. What is no time stays as it is."""
    try:
        found = read_time(line.text())
    except ValueError:
        return
    if found is not None and not line.isReadOnly():
        line.setText(_time_text(found))


def _time_text(moment: datetime | time) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _take_post(name: CleanField, post: CleanField, section: HeadSection) -> None:
    """Who is picked from the list brings the post along."""
    combo = name.editor
    if not isinstance(combo, StillCombo):
        return

    def picked(index: int) -> None:
        post.set_value(str(combo.itemData(index) or ""))
        section.edited.emit()

    combo.activated.connect(picked)
