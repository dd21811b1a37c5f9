"""Where on the form a hit of the search stands."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from jindu_desk.queries.meeting_search import Hit, Place
from jindu_desk.ui.meetings.attendance import NAME
from jindu_desk.ui.meetings.form import MeetingForm


def show_hit(form: MeetingForm, hit: Hit) -> None:
    """Scroll there and give it the keyboard; the meeting alone is shown where what was found is gone meanwhile."""
    form.finish()
    place = _place_of(form, hit)
    if place is not None:
        form.lead_to(place)


def _place_of(form: MeetingForm, hit: Hit) -> QWidget | None:
    found: QWidget | None = None
    match hit.place:
        case Place.HEAD:
            found = form.head.texts.get(hit.field)
        case Place.AGENDA if hit.row <= len(form.agenda.filled()):
            item = form.agenda.filled()[hit.row - 1]
            found = {"title": item.topic, "speaker": item.speaker, "said": item.said}[hit.field]
        case Place.ATTENDEE:
            form.attendance.go_to(hit.row - 1, NAME)
            found = form.attendance.view
        case Place.ATTACHMENT:
            found = form.attachments.list
    return found
