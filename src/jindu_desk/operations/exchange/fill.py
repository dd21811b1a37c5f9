"""The tables of a stream filled from the packages that count in it.

A township's package speaks of one unit. A district's speaks of itself, and holds the packages in which each of its
townships speaks: of every unit its own packages are applied by their own numbers, whoever brought them, so that a city
has what the districts have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.exchange_rows import no_rows, rows_by_unit
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors import DeskError
from jindu_desk.errors.exchange import ReceivedFileMissing, RecordOfOther, VillageOfOther
from jindu_desk.errors.packages import PackageError
from jindu_desk.log import logger
from jindu_desk.operations.exchange.nested import (
    Inner,
    Report,
    inner_package,
    inner_packages,
    open_report,
    refuse_foreign_inner,
)
from jindu_desk.operations.exchange.projection import (
    Row,
    Tables,
    apply_expenses,
    apply_records,
    clear_unit,
    drop_unused_lines,
    put_units,
    refuse_foreign_villages,
)
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.received import received_content, received_package
from jindu_desk.store.bulk import ask
from jindu_desk.store.tables import Received, Unit, UnitVersion


class CannotStand(Exception):
    """This package's rows cannot be in the tables, for ``cause``."""

    def __init__(self, row: Received, cause: DeskError) -> None:
        super().__init__()
        self.row_id, self.descriptor, self.cause = row.id, row.descriptor_sha256, cause


@contextmanager
def standing(row: Received) -> Iterator[None]:
    """What goes wrong with the packages of ``row`` is raised as `CannotStand`."""
    try:
        yield
    except (VillageOfOther, PackageError, ReceivedFileMissing) as error:
        raise CannotStand(row, error) from error
    except IntegrityError as error:
        # An id of another unit's record: the package is whole, but what it says cannot stand here.
        raise CannotStand(row, RecordOfOther()) from error


class Kept:
    """The packages as received, opened when asked for. What has just come (``incoming``) is not opened again."""

    def __init__(self, paths: FolderPaths, incoming: Report | None = None) -> None:
        self._paths, self._incoming = paths, incoming
        self._inner: dict[str, tuple[Inner, ...]] = {}

    def package(self, row: Received) -> VerifiedPackage:
        here = self._incoming
        if here is not None and here.package.descriptor_sha256 == row.descriptor_sha256:
            return here.package
        return received_package(self._paths, row.file_sha256)

    def report(self, row: Received) -> Report:
        here = self._incoming
        if here is not None and here.package.descriptor_sha256 == row.descriptor_sha256:
            return here
        return open_report(self.package(row), None)

    def inner(self, row: Received) -> tuple[Inner, ...]:
        """What lies in a district's report; read once."""
        if row.file_sha256 not in self._inner:
            self._inner[row.file_sha256] = inner_packages(received_content(self._paths, row.file_sha256))
        return self._inner[row.file_sha256]

    def nested(self, row: Received, inner: Inner) -> VerifiedPackage:
        for there in self._incoming.nested if self._incoming is not None else ():
            if there.file_sha256 == inner.sha256:
                return there
        return inner_package(received_content(self._paths, row.file_sha256), inner.path)


@dataclass(frozen=True, slots=True)
class _Part:
    """What a package says of one unit. ``inner`` is None where it is the sender itself; ``receiver``: to whom the
    unit sent it, ``number`` counts its packages to that receiver."""

    unit: str
    receiver: str
    number: int
    period: str
    row: Received
    inner: Inner | None = None


def fill_stream(
    session: Session,
    kept: Kept,
    stream: str,
    counted: Sequence[Received],
    gained: Collection[Received],
    lost: Collection[Received],
) -> None:
    """Bring the tables in line with ``counted``, of which ``gained`` did not count before, as ``lost`` did.

    What only continues the stream is added. Else the stream is filled anew, so that nothing is left of what no longer
    counts, and what came late does not turn back what came before it. Raises `CannotStand`, `ReceivedFileMissing`.
    """
    before = [row for row in counted if row not in gained]
    try:
        parts, earlier = _parts_of(session, kept, stream, gained), _parts_of(session, kept, stream, before)
        gone = _parts_lost(session, kept, stream, lost)
        elsewhere = _brought_by_others(session, kept, stream, {part.unit for part in (*parts, *earlier, *gone)})
        if not lost and not elsewhere and _goes_on(gained, before) and _continue(parts, earlier):
            _apply(session, kept, parts, gained)
        else:
            cleared = _units_of(session, stream) | {part.unit for part in (*parts, *earlier, *gone, *elsewhere)}
            for unit in sorted(cleared):
                clear_unit(session, unit)
            _apply(session, kept, [*earlier, *parts, *elsewhere], gained)
    except CannotStand as found:
        if any(row.id == found.row_id for row in gained):
            raise
        if isinstance(found.cause, ReceivedFileMissing):
            raise found.cause from None
        # What counted already stood before: what came now is in its way.
        if gained:
            raise CannotStand(max(gained, key=lambda row: row.number or 0), found.cause) from None
        raise


def refill_stream(session: Session, kept: Kept, stream: str, counted: Sequence[Received]) -> None:
    """Throw the stream's rows away and make them again from what counts. Raises `ReceivedFileMissing`,
    `RecordOfOther`."""
    try:
        parts = _parts_of(session, kept, stream, counted)
        elsewhere = _brought_by_others(session, kept, stream, {part.unit for part in parts})
        for unit in sorted(_units_of(session, stream) | {part.unit for part in (*parts, *elsewhere)}):
            clear_unit(session, unit)
        _apply(session, kept, [*parts, *elsewhere], ())
    except CannotStand as found:
        raise found.cause from None


def units_in(session: Session, kept: Kept, row: Received) -> list[str]:
    """The units whose figures a report brings: its sender, or the townships inside a district's."""
    if not _is_district(session, row.stream or ""):
        return [row.stream or ""]
    return sorted(inner.stream for inner in kept.inner(row))


def _goes_on(gained: Iterable[Received], before: Sequence[Received]) -> bool:
    return all(
        (row.number or 0) > (other.number or 0) and (row.period or "") > (other.period or "")
        for row in gained
        for other in before
    )


def _continue(parts: Iterable[_Part], earlier: Iterable[_Part]) -> bool:
    """Whether every unit's number is higher than all of its earlier ones."""
    highest: dict[str, int] = {}
    for part in earlier:
        highest[part.unit] = max(part.number, highest.get(part.unit, 0))
    return all(part.number > highest.get(part.unit, 0) for part in parts)


def _parts_of(session: Session, kept: Kept, stream: str, rows: Iterable[Received]) -> list[_Part]:
    district = _is_district(session, stream)
    parts: list[_Part] = []
    for row in rows:
        parts.append(_Part(stream, "", row.number or 0, row.period or "", row))
        if district:
            with standing(row):
                parts += [
                    _Part(inner.stream, inner.receiver, inner.number, inner.period, row, inner)
                    for inner in kept.inner(row)
                ]
    return parts


def _parts_lost(session: Session, kept: Kept, stream: str, lost: Iterable[Received]) -> list[_Part]:
    """Of what no longer counts, to know whose rows must go; where its file is gone too, the list must do."""
    found: list[_Part] = []
    for row in lost:
        try:
            found += _parts_of(session, kept, stream, [row])
        except CannotStand:
            logger.warning("a package that no longer counts cannot be opened", exc_info=True)
    return found


def _brought_by_others(session: Session, kept: Kept, stream: str, units: Collection[str]) -> list[_Part]:
    """A township that has moved from one district to another has earlier or later months in that one's reports."""
    above: dict[str, set[str]] = {}
    if not _is_district(session, stream):
        return []
    query = select(UnitVersion.unit_id, col(UnitVersion.reports_to)).where(col(UnitVersion.unit_id).in_(units))
    for unit, superior in session.exec(query):
        if superior is not None and stream not in (superior, unit) and _is_district(session, superior):
            above.setdefault(superior, set()).add(unit)
    found: list[_Part] = []
    for other, moved in above.items():
        rows = session.exec(
            select(Received).where(
                Received.stream == other, Received.kind == PackageKind.REPORT, col(Received.counted).is_(True)
            )
        ).all()
        found += [part for part in _parts_of(session, kept, other, rows) if part.unit in moved]
    return found


def _units_of(session: Session, stream: str) -> set[str]:
    """The stream's own unit, and of a district the townships that report to it or ever did and to nobody else."""
    if not _is_district(session, stream):
        return {stream}
    above: dict[str, set[str | None]] = {}
    query = (
        select(UnitVersion.unit_id, col(UnitVersion.reports_to))
        .join(Unit, col(Unit.id) == UnitVersion.unit_id)
        .where(Unit.tier == Tier.TOWNSHIP)
    )
    for unit, superior in session.exec(query):
        above.setdefault(unit, set()).add(superior)
    return {stream, *(unit for unit, superiors in above.items() if superiors == {stream})}


_TIER = select(Unit.tier).where(Unit.id == bindparam("unit"))  # made once: it is asked for at every package


def _is_district(session: Session, unit_id: str) -> bool:
    return ask(session, _TIER, {"unit": unit_id}).scalar() is Tier.DISTRICT


def _apply(session: Session, kept: Kept, parts: Sequence[_Part], gained: Collection[Received]) -> None:
    """Put the parts into the tables: senders first, for what lies in their packages rests on their lists; then each
    unit's by number, and its expenses by month. Raises `CannotStand`.

    Whose the villages are is asked of what is new: it was asked of the others when they came to count, and our list
    may have changed since then for the months after them.
    """
    by_unit: dict[str, list[_Part]] = {}
    for part in parts:
        by_unit.setdefault(part.unit, []).append(part)
    for unit in sorted(by_unit, key=lambda unit: (by_unit[unit][0].inner is not None, unit)):
        _apply_unit(session, kept, _in_order(by_unit[unit]), gained)


def _in_order(parts: Sequence[_Part]) -> list[_Part]:
    """By number; the packages to one receiver before those to one to which it reported later."""
    last: dict[str, str] = {}
    for part in parts:
        last[part.receiver] = max(part.period, last.get(part.receiver, ""))
    return sorted(parts, key=lambda part: (last[part.receiver], part.receiver, part.number))


def _apply_unit(session: Session, kept: Kept, parts: Sequence[_Part], gained: Collection[Received]) -> None:
    expenses: list[tuple[_Part, Sequence[Row]]] = []
    lines: list[str] = []
    for part in parts:
        with standing(part.row):
            tables = _put(session, kept, part, newest=part is parts[-1], new=part.row in gained)
        expenses.append((part, tables["expenses"]))
        lines = [str(row["id"]) for row in tables["budget_lines"]]
    for part, entries in sorted(expenses, key=lambda pair: pair[0].period):
        with standing(part.row):
            apply_expenses(session, part.unit, Month.parse(part.period), entries)
    newest = parts[-1]
    drop_unused_lines(session, newest.unit, Month.parse(newest.period), lines)


def _put(session: Session, kept: Kept, part: _Part, *, newest: bool, new: bool) -> Tables:
    """Put in a part, all but its expenses. Returns its rows."""
    if part.inner is not None:
        package = kept.nested(part.row, part.inner)
        if new:
            refuse_foreign_inner(session, package, part.row.from_unit)
    else:
        package = kept.package(part.row)
        if new:
            refuse_foreign_villages(session, package)
    tables: Tables = package.tables
    units = [str(row["id"]) for row in tables["units"]]
    if package.descriptor.sender.tier is Tier.DISTRICT:
        # How its townships are called, and whose their villages are, it says by its directives.
        put_units(session, part.unit, tables["units"], tables["unit_versions"], newest=False)
        units, tables = [part.unit], rows_by_unit(tables, part.period).get(part.unit, no_rows())
    else:
        put_units(session, part.unit, tables["units"], tables["unit_versions"], newest=newest)
    apply_records(session, part.unit, units, tables, newest=newest)
    return tables
