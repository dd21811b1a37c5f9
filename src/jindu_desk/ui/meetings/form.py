"""The meeting as one scrolling form in the order of the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from time import perf_counter

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from jindu_desk.domain.meeting_drafts import MeetingDraft, Missing, missing, missing_signature
from jindu_desk.domain.units import Tier
from jindu_desk.queries.meeting_roster import FormPeople
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.ui.fields import Field
from jindu_desk.ui.meetings.agenda import AgendaSection, DecisionSection
from jindu_desk.ui.meetings.attachments import AttachmentSection
from jindu_desk.ui.meetings.attendance import MARK, NAME, AttendanceSection
from jindu_desk.ui.meetings.follow_ups import FollowUpSection
from jindu_desk.ui.meetings.head import HeadSection
from jindu_desk.ui.meetings.sections import FigureSection, SendingSection, SignOffSection
from jindu_desk.ui.theme.measures import BETWEEN, GROUP, scaled_font

_SLICE = 0.015  # seconds of filling at a time


class MeetingForm(QScrollArea):
    """``edited()`` after every change. `draft` gives what is typed at any moment and never raises."""

    edited = Signal()
    figures_wanted = Signal()
    refused = Signal(str)
    pasted = Signal(object)
    attachment_opened = Signal(object)
    attachment_removed = Signal(object)

    def __init__(self, add_attachment: Callable[[], object]) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._whole: MeetingWhole | None = None
        self._filling, self._read_only, self._foreign = False, False, False
        self._steps: Iterator[None] | None = None
        self.head = HeadSection()
        self.attendance = AttendanceSection()
        self.follow_ups = FollowUpSection()
        self.figures = FigureSection()
        self.agenda = AgendaSection()
        self.decisions = DecisionSection()
        self.sending = SendingSection()
        self.attachments = AttachmentSection(add_attachment)
        self.sign_off = SignOffSection()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, GROUP, 0)
        self._column.setSpacing(BETWEEN)
        for title, section in (
            ("会议", self.head),
            ("参会人员", self.attendance),
            ("上次议定事项落实情况", self.follow_ups),
            ("本月数据", self.figures),
            ("议程与发言", self.agenda),
            ("议定事项", self.decisions),
            ("发送", self.sending),
            ("附件", self.attachments),
            ("签发", self.sign_off),
        ):
            self._column.addWidget(_titled(title, section))
        self._column.addStretch(1)
        self.setWidget(inside)
        for part in (
            self.head,
            self.attendance,
            self.follow_ups,
            self.figures,
            self.agenda,
            self.decisions,
            self.sending,
            self.attachments,
            self.sign_off,
        ):
            part.edited.connect(self._changed)
        self.figures.wanted.connect(self.figures_wanted)
        self.attendance.refused.connect(self.refused)
        self.attendance.pasted.connect(self.pasted)
        self.attendance.view.walked.connect(self._follow_cursor)
        self.attachments.opened.connect(self.attachment_opened)
        self.attachments.removed.connect(self.attachment_removed)
        self.sign_off.wanted.connect(self.jump_to)
        for items in (self.agenda.items, self.decisions.items):
            items.added.connect(self._show_added)

    def show_meeting(
        self,
        whole: MeetingWhole,
        draft: MeetingDraft,
        people: FormPeople,
        today: date,
        *,
        read_only: bool,
        foreign: bool = False,
    ) -> None:
        """Show ``draft``, the content of ``whole`` or what was typed of it and not saved. ``foreign``: another unit's.

        Many cards are made in slices, between which the window lives; what asks for the form's content ends it first.
        """
        self._whole, self._read_only, self._foreign = whole, read_only, foreign
        self._steps = self._fill(whole, draft, people, today, read_only=read_only)
        self._go_on()

    def _fill(
        self, whole: MeetingWhole, draft: MeetingDraft, people: FormPeople, today: date, *, read_only: bool
    ) -> Iterator[None]:
        names = [leader.name for leader in people.leaders]
        everybody = list(dict.fromkeys([*names, *(row.name for row in draft.attendees if row.name)]))
        units = list(dict.fromkeys([*people.units, *(row.unit_name for row in draft.attendees if row.unit_name)]))
        near = min(max(today, whole.month.first_day), whole.month.last_day)
        held_on = draft.starts_at.date() if draft.starts_at else near
        self.head.show_head(draft, whole.month, people.leaders, read_only=read_only)
        self.attendance.show_rows(draft.attendees, read_only=read_only)
        self.sending.show_draft(draft, read_only=read_only)
        self.sign_off.show_whole(whole, people.leaders, today, read_only=read_only)
        self.attachments.show_annexes(draft.annexes, read_only=read_only, has_tally=whole.tier is Tier.TOWNSHIP)
        self.show_facts(whole)
        yield
        yield from self.follow_ups.show_rows(
            whole.follow_ups, draft.follow_ups, (held_on, today), names, read_only=read_only
        )
        self.figures.show_figures(draft.figures, read_only=read_only)
        yield from self.agenda.show_agenda(draft, everybody, looks_back=bool(whole.follow_ups), read_only=read_only)
        yield from self.decisions.show_decisions(
            draft.decisions, units, everybody, whole.month.year, read_only=read_only
        )

    def _go_on(self) -> None:
        """Fill for a short while, then let the window live."""
        until = perf_counter() + _SLICE
        while self._step():
            if perf_counter() > until:
                QTimer.singleShot(0, self, self._go_on)
                return

    def finish(self) -> None:
        """Fill what is still to be filled."""
        while self._step():
            pass

    def _step(self) -> bool:
        """One step of filling; False when there is none left."""
        if self._steps is None:
            return False
        self._filling = True
        try:
            next(self._steps)
        except StopIteration:
            self._steps = None
        finally:
            self._filling = False
        if self._steps is None:
            self.look_for_gaps()
        return self._steps is not None

    @property
    def _may_attach(self) -> bool:
        """The signed scan comes after sign-off, so a read-only record takes files too, while its month is open."""
        return self._whole is not None and self._whole.is_newest and not self._whole.locked and not self._foreign

    def show_facts(self, whole: MeetingWhole) -> None:
        """What changes without the form's content changing: attachments, state."""
        self._whole = whole
        self.agenda.show_times(whole.times)
        self.attachments.show_rows(whole.attachments, may_add=self._may_attach, may_remove=not self._read_only)

    def draft(self) -> MeetingDraft:
        """Everything that is typed and may be kept."""
        if self._whole is None:
            raise RuntimeError("no meeting is shown")
        self.finish()
        self.decisions.held_on = self.head.held_on()
        return self._whole.draft.model_copy(
            update=self.head.values()
            | self.sending.values()
            | {
                "attendees": self.attendance.rows(),
                "follow_ups": self.follow_ups.found(),
                "figures": self.figures.drafts(),
                "follow_ups_planned": self.agenda.earlier.value(),
                "agenda": self.agenda.drafts(),
                "decisions": self.decisions.drafts(),
                "annexes": self.attachments.annexes(),
            }
        )

    def gaps(self) -> tuple[Missing, ...]:
        """What stands between the form and its sign-off."""
        return self._gaps_of(self.draft())

    def _gaps_of(self, draft: MeetingDraft) -> tuple[Missing, ...]:
        found = (*missing(draft), *missing_signature(draft, *self.sign_off.signature()))
        return tuple(part for gap in found for part in self.head.parts_of(gap))

    def not_taken(self, *, signature: bool = False) -> tuple[QWidget, ...]:
        """The fields that are marked because `draft` does not take what is typed there, from top to bottom.

        ``signature``: the sign-off's fields too, which saving does not need.
        """
        found = [
            field
            for field in self.findChildren(Field)
            if field.error and field.isVisibleTo(self) and not self._is_kept(field, signature=signature)
        ]
        return tuple(sorted(found, key=self._height_of))

    def _height_of(self, field: QWidget) -> tuple[int, int]:
        place = field.mapTo(self.viewport(), QPoint())
        return place.y(), place.x()

    def _is_kept(self, field: Field[QWidget], *, signature: bool) -> bool:
        """Whether saving loses nothing of a field, though something is said below it."""
        if self.sign_off.isAncestorOf(field):
            return not signature
        return any(form.deadline is field and form.early for form in self.decisions.items.forms)

    def begin(self) -> None:
        """A new meeting starts at its top, in the first field that is to be filled."""
        self.finish()
        self.verticalScrollBar().setValue(0)
        if gaps := self.gaps():
            self.jump_to(gaps[0])

    def lead_to(self, place: QWidget) -> None:
        """Scroll to ``place`` and put the keyboard there."""
        self.ensureWidgetVisible(place, 0, 120)
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def jump_to(self, gap: Missing) -> None:
        """Put the keyboard where ``gap`` is to be filled."""
        self.finish()
        place = _place_of(self, gap)
        if place is not None:
            self.lead_to(place)

    def _follow_cursor(self) -> None:
        """Keep the attendance row that the keyboard is in, and the next ones, in sight."""
        view, inside = self.attendance.view, self.widget()
        if inside is not None:
            row = view.visualRect(view.currentIndex())
            place = view.viewport().mapTo(inside, row.center())
            self.ensureVisible(0, place.y(), 0, 3 * row.height())

    def _show_added(self, card: QWidget) -> None:
        # It has its place only once the form is laid out again.
        QTimer.singleShot(40, card, lambda: self.ensureWidgetVisible(card, 0, GROUP))

    def _changed(self) -> None:
        if not self._filling:
            self.edited.emit()

    def look_for_gaps(self) -> None:
        """Show what is missing and when the meeting would end; called again once typing rests."""
        if self._whole is not None and not self._read_only:
            draft = self.draft()
            self.agenda.show_moments(draft.starts_at, draft.ends_at)
            self.sign_off.show_gaps(self._gaps_of(draft))


def _place_of(form: MeetingForm, gap: Missing) -> QWidget | None:
    """Where ``gap`` is to be filled."""
    row = (gap.row or 1) - 1
    found: QWidget | None = None
    match gap.what:
        case "day":
            found = form.head.day
        case "start":
            found = form.head.start
        case "ends_at" | "times":
            found = form.head.end
        case "members" | "nobody_present" | "attendee_mark" | "attendee_name":
            form.attendance.go_to(row, NAME if gap.what == "attendee_name" else MARK)
            found = form.attendance.view
        case "follow_up":
            found = form.follow_ups.cards[row].state
        case "agenda":
            found = form.agenda.items.add_button
        case "agenda_title" | "agenda_said":
            item = form.agenda.filled()[row]
            found = item.topic if gap.what == "agenda_title" else item.said
        case "matter" | "lead_unit" | "person":
            found = form.decisions.filled()[row].by_name(gap.what)
        case "deadline" | "deadline_early":
            found = form.decisions.filled()[row].deadline
        case "signed_on" | "signed_early":
            found = form.sign_off.signed_on
        case "signed_by":
            found = form.sign_off.signed_by
        case name:
            found = form.head.texts.get(name)
    return found


def _titled(title: str, section: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    card.setAccessibleName(title)
    head = QLabel(title)
    head.setFont(scaled_font(1.15, bold=True))
    column = QVBoxLayout(card)
    column.setContentsMargins(BETWEEN, 12, BETWEEN, BETWEEN)
    column.setSpacing(GROUP)
    column.addWidget(head)
    column.addWidget(section)
    return card
