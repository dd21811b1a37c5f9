"""The place of every package of a stream, and the tables brought in line with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.changes import Subject
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.exchange_order import Link, Place, settle
from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.errors.exchange import (
    VERDICT_SENTENCES,
    MonthClosedHere,
    ReceivedFileMissing,
    RecordOfOther,
    VillageOfOther,
)
from jindu_desk.errors.packages import PackageError, UntrustedPackage
from jindu_desk.operations.exchange_projection import (
    apply_expenses,
    apply_report,
    clear_stream,
    drop_unused_lines,
    refuse_foreign_villages,
)
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange import received_package
from jindu_desk.queries.exchange_checks import violations_in
from jindu_desk.queries.units import own_unit_in
from jindu_desk.store.engine import Write
from jindu_desk.store.tables import MonthLock, Receipt, Received

REFUSED = (Verdict.DAMAGED, Verdict.UNTRUSTED, Verdict.NOT_FOR_US)
_TOLD = 3  # violations that the sentence itself names
_CHAINED = (Verdict.NEW, Verdict.REVISION, Verdict.OLDER, Verdict.LOCKED)


@dataclass(frozen=True, slots=True)
class Settled:
    """``released``: numbers that were held and count now. ``violations``: by the descriptor's hash, of what counts
    from now on, the hard checks that do not hold; it counts nevertheless, and a person is told."""

    places: tuple[Place, ...]
    released: tuple[int, ...]
    violations: Mapping[str, tuple[str, ...]]


class _CannotStand(Exception):
    """This package's rows cannot be in the tables, for ``cause``."""

    def __init__(self, row: Received, cause: DeskError) -> None:
        super().__init__()
        self.row_id, self.descriptor, self.cause = row.id, row.descriptor_sha256, cause


def settle_stream(
    w: Write,
    paths: FolderPaths,
    stream: str,
    incoming: VerifiedPackage | None,
    *,
    asked: str | None = None,
    confirmed: Collection[str] = (),
    protect: bool = False,
) -> Settled:
    """Give every package of the stream its place, and bring the tables in line.

    A held package that would count now but cannot (a village of another's, a record's id that is taken, its file
    gone) gets its own verdict, and the others are settled without it. Is it the package that this is about
    (``incoming``, or ``asked``: descriptor hash), its error is raised: `VillageOfOther`, `RecordOfOther`,
    `SenderNotBelow`, `ReceivedFileMissing`. ``protect``: raise `MonthClosedHere` where a month that was handed on
    would lose what counts in it.
    """
    subject = incoming.descriptor_sha256 if incoming is not None else asked
    while True:
        savepoint = w.session.begin_nested()
        try:
            settled = _settled(w.session, paths, stream, incoming, confirmed=confirmed, protect=protect)
        except _CannotStand as found:
            savepoint.rollback()
            if found.descriptor == subject:
                raise found.cause from None
            _keep_out(w, found)
        else:
            savepoint.commit()
            return settled


def rebuild_stream(session: Session, paths: FolderPaths, stream: str) -> int:
    """Fill the stream's tables again from what counts in it. Returns how many packages; raises
    `ReceivedFileMissing`, `RecordOfOther`."""
    counted = _by_number(row for row in packages_of(session, stream) if row.counted)
    clear_stream(session, stream)
    try:
        _apply(session, paths, counted, (), None, highest=max((row.number or 0 for row in counted), default=0))
    except _CannotStand as found:
        raise found.cause from None
    return len(counted)


def _keep_out(w: Write, found: _CannotStand) -> None:
    row = w.session.get_one(Received, found.row_id)
    foreign = isinstance(found.cause, VillageOfOther | RecordOfOther | UntrustedPackage)
    row.verdict = Verdict.UNTRUSTED if foreign else Verdict.DAMAGED
    row.counted, row.explanation, row.decided_reason = False, str(found.cause), ""
    w.session.add(row)
    w.session.flush()
    w.note(Subject.EXCHANGE, row.id, {"verdict": row.verdict.value, "error": found.cause.code, "number": row.number})


def _settled(
    session: Session,
    paths: FolderPaths,
    stream: str,
    incoming: VerifiedPackage | None,
    *,
    confirmed: Collection[str],
    protect: bool,
) -> Settled:
    rows = packages_of(session, stream)
    closed = closed_months(session)
    returned = returned_in(session, stream)
    places = settle(links_of(rows, confirmed, returned=returned), closed)
    by_descriptor = {row.descriptor_sha256: row for row in rows}
    released: list[int] = []
    gained: list[Received] = []
    lost = False
    for place in places:
        row = by_descriptor[place.descriptor]
        if row.counted and not place.counts:
            if protect and row.period in closed:
                raise MonthClosedHere(month=row.period)
            lost = True
        if place.counts and not row.counted:
            gained.append(row)
            if row.verdict is Verdict.GAP:
                released.append(row.number or 0)
        if row.counted and not place.counts and place.in_chain:
            word = "returned" if row.descriptor_sha256 in returned else "replaced"
            row.explanation = VERDICT_SENTENCES[word].format(period=row.period)
        elif row.verdict is not place.verdict or row.counted is not place.counts or not row.explanation:
            row.explanation = _place_sentence(row, place, incoming, paths)
        row.verdict, row.counted = place.verdict, place.counts
        session.add(row)
    session.flush()
    if gained or lost:
        _project(session, paths, stream, [row for row in rows if row.counted], gained, incoming, lost=lost)
    violations = {
        row.descriptor_sha256 or "": violations_in(session, stream, Month.parse(row.period or "")) for row in gained
    }
    for row in gained:
        row.explanation = with_violations(row.explanation, violations[row.descriptor_sha256 or ""])
    return Settled(places, tuple(released), violations)


def _project(
    session: Session,
    paths: FolderPaths,
    stream: str,
    counted: Sequence[Received],
    gained: Sequence[Received],
    incoming: VerifiedPackage | None,
    *,
    lost: bool,
) -> None:
    """What only continues the stream is added. Else the stream is filled anew, so that nothing is left of what no
    longer counts, and what came late does not turn back what came before it."""
    before = [row for row in counted if row not in gained]
    goes_on = not lost and all(
        (row.number or 0) > (other.number or 0) and (row.period or "") > (other.period or "")
        for row in gained
        for other in before
    )
    if not goes_on:
        clear_stream(session, stream)
    applied = gained if goes_on else counted
    highest = max((row.number or 0 for row in counted), default=0)
    try:
        _apply(session, paths, _by_number(applied), gained, incoming, highest=highest)
    except _CannotStand as found:
        if not any(row.id == found.row_id for row in before):
            raise
        if isinstance(found.cause, ReceivedFileMissing):
            raise found.cause from None
        # What counted already stood before: what came now is in its way.
        if gained:
            raise _CannotStand(max(gained, key=lambda row: row.number or 0), found.cause) from None
        raise


def _apply(
    session: Session,
    paths: FolderPaths,
    rows: Sequence[Received],
    gained: Collection[Received],
    incoming: VerifiedPackage | None,
    *,
    highest: int,
) -> None:
    """Put the packages into the tables, in the order given; raises `_CannotStand`.

    Whose the villages are is asked of what is new: it was asked of the others when they came to count, and our list
    may have changed since then for the months after them.
    """
    expenses: list[tuple[str, Received, Sequence[Mapping[str, object]]]] = []
    newest: VerifiedPackage | None = None
    for row in rows:
        with _standing(row):
            held = incoming is None or incoming.descriptor_sha256 != row.descriptor_sha256
            package = received_package(paths, row.file_sha256) if held or incoming is None else incoming
            if row in gained:
                refuse_foreign_villages(session, package)
            apply_report(session, package, newest=row.number == highest)
        expenses.append((row.period or "", row, package.tables["expenses"]))
        newest = package if row.number == highest else newest
    for period, row, entries in sorted(expenses, key=lambda each: each[0]):
        with _standing(row):
            apply_expenses(session, row.stream or "", Month.parse(period), entries)
    if newest is not None:
        drop_unused_lines(session, newest)


@contextmanager
def _standing(row: Received) -> Iterator[None]:
    try:
        yield
    except (VillageOfOther, PackageError, ReceivedFileMissing) as error:
        raise _CannotStand(row, error) from error
    except IntegrityError as error:
        # An id of another unit's record: the package is whole, but what it says cannot stand here.
        raise _CannotStand(row, RecordOfOther()) from error


def _by_number(rows: Iterable[Received]) -> list[Received]:
    return sorted(rows, key=lambda row: row.number or 0)


def links_of(
    rows: Iterable[Received], confirmed: Collection[str] = (), *, returned: Collection[str] = ()
) -> list[Link]:
    """In order of receipt: what stands in the chain came before what does not. ``confirmed`` and ``returned`` are
    descriptor hashes."""
    ordered = sorted(rows, key=lambda row: (row.verdict not in _CHAINED, row.received_at, row.id))
    return [
        Link(
            descriptor=row.descriptor_sha256 or "",
            number=row.number or 0,
            previous=row.previous_sha256,
            period=row.period or "",
            revision=row.revision or 1,
            chosen=row.decided_reason != "",
            confirmed=row.counted or row.descriptor_sha256 in confirmed,
            counted=row.counted,
            returned=row.descriptor_sha256 in returned,
        )
        for row in ordered
    ]


def returned_in(session: Session, stream: str) -> frozenset[str]:
    """The descriptor hashes of the reports that were sent back."""
    query = select(Receipt.descriptor_sha256).where(Receipt.stream == stream, Receipt.state == ReceiptState.RETURNED)
    return frozenset(session.exec(query))


def packages_of(session: Session, stream: str) -> list[Received]:
    """The packages that have a place in the stream: not those that were refused."""
    return list(
        session.exec(
            select(Received).where(
                Received.stream == stream,
                Received.kind == PackageKind.REPORT,
                col(Received.descriptor_sha256).is_not(None),
                col(Received.verdict).not_in(REFUSED),
            )
        )
    )


def closed_months(session: Session) -> set[str]:
    """Months that this desk has reported upward itself."""
    own = own_unit_in(session, Month(2099, 12))
    if own is None:
        return set()
    return set(
        session.exec(
            select(MonthLock.month).where(MonthLock.unit_id == own.unit.id, col(MonthLock.reopened_at).is_(None))
        )
    )


def with_violations(sentence: str, violations: Sequence[str]) -> str:
    """What is said of a package that counts, and the first of the checks that do not hold."""
    if not violations:
        return sentence
    first = "".join(violations[:_TOLD]) + ("……" if len(violations) > _TOLD else "")
    return sentence + VERDICT_SENTENCES["violations"].format(count=len(violations), first=first)


def _place_sentence(row: Received, place: Place, incoming: VerifiedPackage | None, paths: FolderPaths) -> str:
    package = incoming
    if package is None or package.descriptor_sha256 != place.descriptor:
        with _standing(row):
            package = received_package(paths, row.file_sha256)
    assert package is not None  # noqa: S101 - one of the two
    if row.decided_reason and place.in_chain:
        return VERDICT_SENTENCES["decided"].format(number=row.number, decided=row.decided_reason)
    return sentence_of(package, place.verdict, place, counted=place.counts)


def sentence_of(package: VerifiedPackage, verdict: Verdict, place: Place, *, counted: bool) -> str:
    descriptor = package.descriptor
    first, last = place.missing or (0, 0)
    key = "confirmed" if verdict is Verdict.REVISION and counted else verdict.value
    return VERDICT_SENTENCES[key].format(
        number=descriptor.number,
        period=descriptor.period,
        revision=descriptor.revision,
        reason=descriptor.reason,
        missing=str(first) if first == last else f"{first}-{last}",
    )
