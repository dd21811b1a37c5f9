"""What the desk showed, as plain words: for the board to show, and to remember for the next start.

The libraries of the store take longer to load than the whole window. So the next start shows at once what was seen
last, if the database is byte for byte as old as it was then (see `stamp_of`) and the day is the same; otherwise it
waits. What was remembered is replaced as soon as the folder is open.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from jindu_desk.paths import FolderPaths
from jindu_desk.ui.desk.glance_card import Glance
from jindu_desk.ui.theme.tokens import Kind

LAST_SEEN = "desk.seen"
"""The name under which this PC remembers it."""


@dataclass(frozen=True, slots=True)
class CardHead:
    title: str
    icon: str


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty that is due. ``days`` is None where it has no date; ``screen`` is where it is done."""

    due: str
    what: str
    article: str
    left: str
    days: int | None
    kind: Kind
    screen: str
    more: str


@dataclass(frozen=True, slots=True)
class CameLine:
    """A package that came in. ``said``: the first sentence of it, ``more``: all of them."""

    when: str
    from_unit: str
    what: str
    verdict: str
    kind: Kind
    said: str
    more: str


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """An own report that came back and is to be corrected. ``month`` as 2026-10; ``screen``: where that is done."""

    said: str
    more: str
    month: str
    screen: str


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A form that was begun and not saved. ``month`` as 2026-10 or empty."""

    said: str
    screen: str
    month: str


@dataclass(frozen=True, slots=True)
class KeyLine:
    """Keys that are still to be exchanged. ``where``: what ``screen`` is to be opened at, as names and values."""

    said: str
    verb: str
    screen: str
    where: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """The whole board. ``month`` as 2026-10; ``stamp`` names the state of the database it was read from.

    ``came_screen``: where what came can be looked at. ``came_from_one``: all of it is from the superior.
    """

    month: str
    title: str
    heads: tuple[CardHead, ...]
    glances: tuple[Glance, ...]
    duties_title: str
    duties: tuple[DutyLine, ...]
    came_title: str
    came_nothing: str
    came: tuple[CameLine, ...]
    came_screen: str
    came_from_one: bool
    returned: tuple[ReturnedLine, ...]
    kept: tuple[KeptLine, ...]
    keys: tuple[KeyLine, ...]
    stamp: str


def stamp_of(paths: FolderPaths) -> str:
    """Size and time of the database and of its log, and the day: days left are counted from it."""
    parts = [date.today().isoformat()]  # noqa: DTZ011 - the day on this PC's wall
    for path in (paths.database, paths.database.with_name(paths.database.name + "-wal")):
        try:
            found = path.stat()
        except OSError:
            continue
        if found.st_size:
            parts.append(f"{found.st_size}.{found.st_mtime_ns}")
    return ":".join(parts)


def as_text(seen: Seen) -> str:
    return json.dumps(asdict(seen), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Seen | None:
    """None for what another version of the program wrote."""
    try:
        found: dict[str, Any] = json.loads(text)
        return Seen(
            **{
                **found,
                "heads": tuple(CardHead(**row) for row in found["heads"]),
                "glances": tuple(_glance(row) for row in found["glances"]),
                "duties": tuple(DutyLine(**row) for row in found["duties"]),
                "came": tuple(CameLine(**row) for row in found["came"]),
                "returned": tuple(ReturnedLine(**row) for row in found["returned"]),
                "kept": tuple(KeptLine(**row) for row in found["kept"]),
                "keys": tuple(_key_line(row) for row in found["keys"]),
            }
        )
    except (ValueError, TypeError, KeyError):
        return None


def _key_line(row: dict[str, Any]) -> KeyLine:
    return KeyLine(**{**row, "where": tuple((name, value) for name, value in row["where"])})


def last_seen(text: str, paths: FolderPaths) -> Seen | None:
    """What was remembered, if the database is still in the state it was read from."""
    seen = from_text(text) if text else None
    return seen if seen is not None and seen.stamp == stamp_of(paths) else None


def restamped(text: str, stamp: str) -> str:
    """The same words under another stamp: closing moves the log into the database and changes no row."""
    seen = from_text(text)
    return as_text(replace(seen, stamp=stamp)) if seen is not None else ""


def _glance(row: dict[str, Any]) -> Glance:
    return Glance(**{**row, "chip": tuple(row["chip"]) if row["chip"] else None, "trend": tuple(row["trend"])})
