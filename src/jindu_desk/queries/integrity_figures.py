"""Do the tables still say what was signed? Closed months beside the copies of what was sent, and what counts here
beside the packages it came from.

Only what belongs to a month is compared. Decisions and their steps go on after the month was reported; units,
officials and the budget's lines belong to no month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.packages import PackageError
from jindu_desk.files import sha256_hex
from jindu_desk.packages.schema import Row, Table, report_tables
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.report_rows import report_rows
from jindu_desk.queries.units import unit_in
from jindu_desk.store.tables import Expense, MonthLock, Received, Sent

OF_A_MONTH = (
    "meetings",
    "attendees",
    "agenda_items",
    "figures",
    "signed_decisions",
    "cells",
    "nil_returns",
    "reasons",
    "expenses",
)
_COPY_NAMES = ("", ".unrecorded")  # the second: recorded, and killed before the copy got its name


@dataclass(frozen=True, slots=True)
class Difference:
    """The first record of a table that is not as it was signed. ``table`` is empty where the copy itself is gone."""

    month: str
    unit: str
    table: str
    record: str


def differences_from_sent(session: Session, paths: FolderPaths) -> Iterator[Difference]:
    """The closed months of this desk beside the copies under ``sent``."""
    query = select(MonthLock).where(col(MonthLock.reopened_at).is_(None)).order_by(MonthLock.unit_id, MonthLock.month)
    for lock in session.exec(query).all():
        of_month = select(Sent).where(
            Sent.stream == lock.unit_id,
            Sent.kind == PackageKind.REPORT,
            Sent.number == lock.sent_number,
            Sent.period == lock.month,
        )
        sent = session.exec(of_month.order_by(col(Sent.sent_at).desc()).limit(1)).first()
        if sent is None:
            continue
        package = _opened([paths.sent / f"{sent.file_name}{end}" for end in _COPY_NAMES], sent.file_sha256)
        if package is None:
            yield Difference(lock.month, _name(session, lock.unit_id, lock.month), "", sent.file_name)
        elif package.descriptor.sender.tier is Tier.TOWNSHIP:
            yield from _differences(session, package)


def differences_from_received(session: Session, paths: FolderPaths) -> Iterator[Difference]:
    """The townships' reports that count here beside the rows that came of them. One whose file is gone is found
    elsewhere."""
    query = select(Received).where(Received.kind == PackageKind.REPORT, col(Received.counted).is_(True))
    for row in session.exec(query.order_by(col(Received.stream), col(Received.period))).all():
        package = _opened([paths.received / f"{row.file_sha256}.jdpkg"], row.file_sha256)
        if package is not None and package.descriptor.sender.tier is Tier.TOWNSHIP:
            yield from _differences(session, package)


def _differences(session: Session, package: VerifiedPackage) -> Iterator[Difference]:
    stream, month = package.descriptor.stream, Month.parse(package.descriptor.period or "")
    now = report_rows(session, stream, month)
    for table in report_tables():
        if table.name not in OF_A_MONTH:
            continue
        here, signed = now[table.name], list(package.tables[table.name])
        if table.name == "expenses":
            here, signed = _booked_in(month, here), _booked_in(month, signed)
            there = {row["id"] for row in here}
            signed = [row for row in signed if row["id"] in there or _counts(session, stream, month, row)]
        found = _first_difference(table, here, signed)
        if found is not None:
            yield Difference(
                str(month), _name(session, stream, str(month)), table.name, _record(session, table, found, month)
            )


def _first_difference(table: Table, here: Iterable[Row], signed: Iterable[Row]) -> Row | None:
    """By key, the first row that is on one side only or not the same on both."""
    now, then = _by_key(table, here), _by_key(table, signed)
    for key in sorted(now.keys() | then.keys()):
        if key not in now or key not in then:
            return (now.get(key) or then[key])[1]
        if now[key][0] != then[key][0]:
            return now[key][1]
    return None


def _by_key(table: Table, rows: Iterable[Row]) -> dict[tuple[str, ...], tuple[tuple[str, ...], Row]]:
    """key → (the row as a package writes it, the row)."""
    found = {}
    for row in rows:
        texts = {column.name: column.write(row[column.name]) for column in table.columns}
        found[tuple(texts[name] for name in table.key)] = tuple(texts.values()), row
    return found


def _booked_in(month: Month, rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Without the earlier entries that travel along with a reversal."""
    return [dict(row) for row in rows if month.holds(row["on"])]  # type: ignore[arg-type]


def _counts(session: Session, stream: str, month: Month, row: Row) -> bool:
    """A reversal is not taken where what it reverses does not count, or counts with another amount."""
    if row["reverses"] is None:
        return True
    entry = session.get(Expense, str(row["reverses"]))
    return (
        entry is not None
        and entry.unit_id == stream
        and entry.on <= month.last_day
        and isinstance(row["amount_fen"], int)
        and entry.amount_fen == -row["amount_fen"]
    )


def _opened(places: Iterable[Path], file_sha256: str) -> VerifiedPackage | None:
    for place in places:
        try:
            content = place.read_bytes()
            if sha256_hex(content) == file_sha256:
                return verify_package(content, None)
        except (OSError, PackageError):
            continue
    return None


def _record(session: Session, table: Table, row: Row, month: Month) -> str:
    """A row as a person finds it: the village's name, and what else its key says."""
    words = [
        _name(session, str(row[name]), str(month)) if name == "unit_id" else str(row[name])
        for name in table.key
        if name != "month"
    ]
    return " ".join(words)


def _name(session: Session, unit_id: str, month: str) -> str:
    unit = unit_in(session, unit_id, Month.parse(month))
    return unit.name if unit is not None else unit_id
