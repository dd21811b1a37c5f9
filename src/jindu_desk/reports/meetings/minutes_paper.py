"""The rows of the coordination meeting's minutes, frozen (Art. 11; GB/T 9704-2012, 10.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jindu_desk.reports.typesetting.annex import Annex


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person in one of the attendance lists. ``unit`` is unit and post as printed before the name."""

    name: str
    unit: str = ""
    substitute_for: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """What became of an earlier decision. ``origin`` names it (``9月例会第3项``); ``state`` is its label."""

    matter: str
    state: str
    origin: str = ""
    lead_unit: str = ""
    deadline: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An agenda item and what was said about it (one or more paragraphs)."""

    title: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision (议定事项): who does what until when, and by what standard it is done."""

    matter: str
    lead_unit: str = ""
    helping_units: tuple[str, ...] = ()
    person: str = ""
    deadline: date | None = None
    standard: str = ""


@dataclass(frozen=True, slots=True)
class MinutesPaper:
    """Everything that the minutes print. Empty fields leave no trace on the paper.

    ``mark`` is the red line at the top; ``number`` is ready to print (``第10期`` or ``〔2026〕10号``). ``figures`` are
    paragraphs that the caller has already protected: the paper leaves the office.
    """

    mark: str
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    title: str = ""
    held: str = ""
    place: str = ""
    convenor: str = ""
    chair: str = ""
    recorder: str = ""
    opening: str = ""
    follow_ups: tuple[FollowUpLine, ...] = ()
    figures: tuple[str, ...] = ()
    agenda: tuple[AgendaLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    present: tuple[Attendee, ...] = ()
    excused: tuple[Attendee, ...] = ()
    absent: tuple[Attendee, ...] = ()
    observers: tuple[Attendee, ...] = ()
    signed_by: str = ""
    signed_on: date | None = None
    main_to: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    version: int = 1
    correction_reason: str = ""
    draft: bool = False
    annexes: tuple[Annex, ...] = ()
