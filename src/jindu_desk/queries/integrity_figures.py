"""Do the tables still say what was signed? Closed months beside the copies of what was sent, and what counts here
beside the packages it came from: a township's own, a district's with the townships' packages inside it.

What a package must have left in the tables is what the receiver takes of it: of a district's report its own rows, and
of each township what that township signed. Records of months of others that nobody signed are told as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.exchange_rows import LABELS, OF_VILLAGES
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import ReceivedFileMissing
from jindu_desk.errors.packages import PackageError
from jindu_desk.packages.schema import Row, Table
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.nested_packages import is_districts, nested_entries, nested_package
from jindu_desk.queries.exchange.received import received_package
from jindu_desk.queries.exchange.sent_copies import sent_package
from jindu_desk.queries.month_rows import Signed, month_differences, months_in_the_tables, own_rows
from jindu_desk.queries.units import unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import MonthLock, Profile, Received, Sent

_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Difference:
    """The first record of a table that is not as it was signed. ``table`` is empty where the copy itself is gone.

    ``unit``: who reported it; of a township whose package came inside a district's, that district first.
    """

    month: str
    unit: str
    table: str
    record: str


@dataclass(slots=True)
class _Seen:
    """``files``: packages that were compared, by the hash of the file; ``months``: (reporting unit, month) of which
    something was signed; ``unread``: months of which a package could not be opened."""

    files: set[str] = field(default_factory=set)
    months: set[tuple[str, str]] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)


def differences_from_signed(session: Session, paths: FolderPaths) -> Iterator[Difference]:
    """All that stands here otherwise than it was signed. A received package whose file is gone is found elsewhere."""
    seen = _Seen()
    yield from _from_received(session, paths, seen)
    yield from _from_sent(session, paths, seen)
    yield from _of_nobody(session, seen)


def received_differences(store: Store, paths: FolderPaths, month: Month) -> tuple[Difference, ...]:
    """What of ``month`` stands here otherwise than the reports that count for it were signed."""
    with store.read() as session:
        return tuple(_from_received(session, paths, _Seen(), month))


def _from_received(
    session: Session, paths: FolderPaths, seen: _Seen, month: Month | None = None
) -> Iterator[Difference]:
    """The reports that count here, or those of one month, beside the rows that came of them."""
    query = select(Received).where(Received.kind == PackageKind.REPORT, col(Received.counted).is_(True))
    if month is not None:
        query = query.where(Received.period == str(month))
    for row in session.exec(query.order_by(col(Received.stream), col(Received.period))).all():
        try:
            package = received_package(paths, row.file_sha256)
        except (ReceivedFileMissing, PackageError):
            seen.months.add((row.stream or "", row.period or ""))
            seen.unread.add(row.period or "")
            continue
        yield from _of_package(session, package, seen)


def _from_sent(session: Session, paths: FolderPaths, seen: _Seen) -> Iterator[Difference]:
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
        package = sent_package(paths, sent)
        if package is None:
            yield Difference(lock.month, _name(session, lock.unit_id, lock.month), "", sent.file_name)
            seen.unread.add(lock.month)
        else:
            yield from _of_package(session, package, seen)


def _of_package(session: Session, package: VerifiedPackage, seen: _Seen) -> Iterator[Difference]:
    about = package.descriptor
    own: Signed = package.tables
    if is_districts(package):
        own = own_rows(package.tables, about.period or "", about.stream)
    yield from _of_unit(session, about.stream, about.period or "", own, seen)
    for entry in nested_entries(package) if is_districts(package) else ():
        if entry.sha256 in seen.files:  # what a district hands up is what it received
            continue
        seen.files.add(entry.sha256)
        try:
            inner = nested_package(package, entry)
        except PackageError:
            seen.unread.add(about.period or "")
            continue
        above = _name(session, about.stream, about.period or "")
        unit, month = inner.descriptor.stream, inner.descriptor.period or ""
        yield from _of_unit(session, unit, month, inner.tables, seen, above)
    seen.files.add(package.file_sha256)


def _of_unit(
    session: Session, unit: str, period: str, signed: Signed, seen: _Seen, above: str = ""
) -> Iterator[Difference]:
    seen.months.add((unit, period))
    month = Month.parse(period)
    for table, row in month_differences(session, unit, month, signed):
        named = " ".join(filter(None, (above, _name(session, unit, period))))
        yield Difference(period, named, table.name, _record(session, table, row, period))


def _of_nobody(session: Session, seen: _Seen) -> Iterator[Difference]:
    """Records of other units' months that came of no package."""
    own = set(session.exec(select(Profile.unit_id)).all())
    for unit, period in sorted(months_in_the_tables(session) - seen.months):
        if unit not in own and period not in seen.unread:
            yield from _of_unit(session, unit, period, {}, seen)


def _record(session: Session, table: Table, row: Row, period: str) -> str:
    """A row as a person finds it: the village's name, and what it is called."""
    words = [_name(session, str(row["unit_id"]), period)] if table.name in OF_VILLAGES else []
    words += [str(row[name])[:_LONGEST] for name in LABELS[table.name] if name != "month" and row[name] is not None]
    return " ".join(filter(None, words))


def _name(session: Session, unit_id: str, period: str) -> str:
    unit = unit_in(session, unit_id, Month.parse(period))
    return unit.name if unit is not None else unit_id
