"""Search across all of a unit's minutes and decisions.

By LIKE (docs/decisions/search-by-like.md): ten years of meetings are some megabytes of text. What an older version
said and a correction changed is not found: the newest version of each meeting is what holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.months import Month
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import AgendaItem, Attachment, Attendee, Decision, DecisionStep, Meeting

MOST = 300  # hits of one search; who gets more types another word
_BEFORE, _AFTER = 24, 60  # characters around a hit


class Place(StrEnum):
    HEAD = "head"
    AGENDA = "agenda"
    DECISION = "decision"
    STEP = "step"
    ATTENDEE = "attendee"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Hit:
    """Where all the words stand: ``field`` is the record's name of the text that has the first word, shown in context.

    ``row`` counts from 1 within its table; ``decision_id`` for a decision and its steps.
    """

    month: Month
    meeting_id: str
    place: Place
    row: int
    field: str
    before: str
    hit: str
    after: str
    decision_id: str = ""

    @property
    def context(self) -> str:
        return f"{self.before}{self.hit}{self.after}"


@dataclass(frozen=True, slots=True)
class Found:
    """Newest meetings first. ``more``: there are others beyond `MOST`."""

    text: str
    hits: tuple[Hit, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Searched:
    """A table with the columns that are searched, and how it hangs on its meeting."""

    place: Place
    fields: Sequence[str]
    table: Any
    row: Any  # the column that counts within its meeting
    on: Callable[[Any], Any]
    decision: Any = None


_HEAD = ("title", "number", "place", "opening", "convenor", "chair", "recorder")
_DECISION = ("matter", "lead_unit", "helping_units", "person", "standard")
_SEARCHED = (
    _Searched(Place.HEAD, _HEAD, Meeting, col(Meeting.version), lambda newest: col(Meeting.id) == newest.c.id),
    _Searched(
        Place.AGENDA,
        ("title", "speaker", "said"),
        AgendaItem,
        col(AgendaItem.position),
        lambda newest: col(AgendaItem.meeting_id) == newest.c.id,
    ),
    _Searched(
        Place.DECISION,
        _DECISION,
        Decision,
        col(Decision.number),
        lambda newest: col(Decision.series) == newest.c.series,
        col(Decision.id),
    ),
    _Searched(
        Place.ATTENDEE,
        ("unit_name", "name", "post", "substitute", "note"),
        Attendee,
        col(Attendee.position),
        lambda newest: col(Attendee.meeting_id) == newest.c.id,
    ),
)


def search_meetings(store: Store, unit_id: str, text: str) -> Found:
    """Every place of the unit's meetings where all the words of ``text`` stand together, in any order.

    Words are parted by blanks; Chinese needs none. Letters are found in either case. Empty text finds nothing.
    """
    words = text.split()
    if not words:
        return Found(text)
    with store.read() as session:
        hits = [hit for searched in _SEARCHED for hit in _hits(session, searched, unit_id, words)]
        hits += _in_steps(session, unit_id, words)
        hits += _in_attachments(session, unit_id, words)
    order = {place: number for number, place in enumerate(Place)}
    hits.sort(key=lambda hit: (-hit.month.year, -hit.month.number, order[hit.place], hit.row))
    return Found(text, tuple(hits[:MOST]), len(hits) > MOST)


def _newest(unit_id: str) -> Any:
    """Id, series and month of each meeting's newest version."""
    latest = (
        select_columns(col(Meeting.series), func.max(Meeting.version).label("version"))
        .where(col(Meeting.unit_id) == unit_id)
        .group_by(col(Meeting.series))
        .subquery()
    )
    return (
        select_columns(col(Meeting.id), col(Meeting.series), col(Meeting.month))
        .join(latest, and_(latest.c.series == Meeting.series, latest.c.version == Meeting.version))
        .subquery()
    )


def _hits(session: Session, searched: _Searched, unit_id: str, words: Sequence[str]) -> list[Hit]:
    newest = _newest(unit_id)
    columns = [getattr(searched.table, name) for name in searched.fields]
    chosen = [newest.c.month, newest.c.id, searched.row, *columns]
    if searched.decision is not None:
        chosen.append(searched.decision)
    query = select_columns(*chosen).join(newest, searched.on(newest))
    found = []
    for month, meeting_id, row, *rest in session.execute(_narrowed(query, columns, words, newest.c.month)):
        texts = rest[: len(columns)]
        decision = rest[-1] if searched.decision is not None else ""
        place = 1 if searched.place is Place.HEAD else row
        found.append(_hit(month, meeting_id, searched.place, place, searched.fields, texts, words[0], decision))
    return found


def _in_steps(session: Session, unit_id: str, words: Sequence[str]) -> list[Hit]:
    """What was noted on a decision's way; it leads to the decision."""
    newest, columns = _newest(unit_id), [col(DecisionStep.note), col(DecisionStep.approved_by)]
    query = (
        select_columns(newest.c.month, newest.c.id, col(Decision.number), *columns, col(Decision.id))
        .join(Decision, col(Decision.id) == col(DecisionStep.decision_id))
        .join(newest, newest.c.series == col(Decision.series))
    )
    return [
        _hit(month, meeting_id, Place.STEP, number, ("note", "approved_by"), texts, words[0], decision)
        for month, meeting_id, number, *texts, decision in session.execute(
            _narrowed(query, columns, words, newest.c.month)
        )
    ]


def _in_attachments(session: Session, unit_id: str, words: Sequence[str]) -> list[Hit]:
    newest, name = _newest(unit_id), col(Attachment.name)
    query = (
        select_columns(newest.c.month, newest.c.id, name)
        .join(newest, newest.c.series == col(Attachment.record_id))
        .where(col(Attachment.subject) == Subject.MEETINGS.value)
    )
    return [
        _hit(month, meeting_id, Place.ATTACHMENT, 1, ("name",), texts, words[0])
        for month, meeting_id, *texts in session.execute(_narrowed(query, [name], words, newest.c.month))
    ]


def _narrowed(query: Select[Any], columns: Sequence[Any], words: Sequence[str], month: Any) -> Select[Any]:
    """The rows in which every word stands in one of the columns, the newest first, a few more than are shown."""
    whole = columns[0]
    for column in columns[1:]:
        whole = whole + "\n" + column
    return (
        query.where(and_(*(whole.icontains(word, autoescape=True) for word in words)))
        .order_by(month.desc())
        .limit(MOST + 1)
    )


def _hit(
    month: str,
    meeting_id: str,
    place: Place,
    row: int,
    fields: Sequence[str],
    texts: Sequence[str],
    word: str,
    decision_id: str = "",
) -> Hit:
    """The first text that has the first word, cut to what stands around it."""
    field, text, at = next(
        (
            (field, text, at)
            for field, text in zip(fields, texts, strict=True)
            if (at := text.casefold().find(word.casefold())) >= 0
        ),
        (fields[0], texts[0], 0),
    )
    plain = text.replace("\n", " ")
    start, end = max(0, at - _BEFORE), at + len(word)
    before = ("…" if start else "") + plain[start:at]
    after = plain[end : end + _AFTER] + ("…" if len(plain) > end + _AFTER else "")
    return Hit(Month.parse(month), meeting_id, place, row, field, before, plain[at:end], after, decision_id)
