"""The place of every package of a stream, and the tables brought in line with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.changes import Subject
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.exchange_order import Link, Place, settle
from jindu_desk.errors.exchange import VERDICT_SENTENCES, MonthClosedHere, RecordOfOther, VillageOfOther
from jindu_desk.errors.packages import UntrustedPackage
from jindu_desk.operations.exchange.audit import note_continuity
from jindu_desk.operations.exchange.fill import CannotStand, Kept, fill_stream, refill_stream, standing
from jindu_desk.operations.exchange.nested import Report
from jindu_desk.operations.exchange.told import Told, told_of, told_of_counted
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.store.bulk import ask
from jindu_desk.store.engine import Write
from jindu_desk.store.tables import MonthLock, Profile, Receipt, Received

REFUSED = (Verdict.DAMAGED, Verdict.UNTRUSTED, Verdict.NOT_FOR_US)
_CHAINED = (Verdict.NEW, Verdict.REVISION, Verdict.OLDER, Verdict.LOCKED)


@dataclass(frozen=True, slots=True)
class Settled:
    """``released``: numbers that were held and count now. ``told``: by the descriptor's hash, of what counts from now
    on and of what has just come, what a person is told besides the verdict."""

    places: tuple[Place, ...]
    released: tuple[int, ...]
    told: Mapping[str | None, Told]


def settle_stream(
    w: Write,
    paths: FolderPaths,
    stream: str,
    incoming: Report | None,
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
    subject = incoming.package.descriptor_sha256 if incoming is not None else asked
    while True:
        savepoint = w.session.begin_nested()
        try:
            settled = _settled(w.session, Kept(paths, incoming), stream, incoming, confirmed, protect=protect)
        except CannotStand as found:
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
    counted = [row for row in packages_of(session, stream) if row.counted]
    refill_stream(session, Kept(paths), stream, counted)
    return len(counted)


def _keep_out(w: Write, found: CannotStand) -> None:
    row = w.session.get_one(Received, found.row_id)
    foreign = isinstance(found.cause, VillageOfOther | RecordOfOther | UntrustedPackage)
    row.verdict = Verdict.UNTRUSTED if foreign else Verdict.DAMAGED
    row.counted, row.explanation, row.decided_reason = False, str(found.cause), ""
    w.session.add(row)
    w.session.flush()
    w.note(Subject.EXCHANGE, row.id, {"verdict": row.verdict.value, "error": found.cause.code, "number": row.number})


def _settled(
    session: Session,
    kept: Kept,
    stream: str,
    incoming: Report | None,
    confirmed: Collection[str],
    *,
    protect: bool,
) -> Settled:
    rows = packages_of(session, stream)
    closed = closed_months(session)
    returned = returned_in(session, stream)
    places = settle(links_of(rows, confirmed, returned=returned), closed)
    by_descriptor = {row.descriptor_sha256: row for row in rows}
    released: list[int] = []
    gained: list[Received] = []
    lost: list[Received] = []
    told: dict[str | None, Told] = {}
    for place in places:
        row = by_descriptor[place.descriptor]
        if row.counted and not place.counts:
            if protect and row.period in closed:
                raise MonthClosedHere(month=row.period)
            lost.append(row)
        if place.counts and not row.counted:
            gained.append(row)
            if row.verdict is Verdict.GAP:
                released.append(row.number or 0)
        if row.counted and not place.counts and place.in_chain:
            word = "returned" if row.descriptor_sha256 in returned else "replaced"
            row.explanation = VERDICT_SENTENCES[word].format(period=row.period)
        elif row.verdict is not place.verdict or row.counted is not place.counts or not row.explanation:
            row.explanation = _place_sentence(row, place, kept)
            if incoming is not None and incoming.package.descriptor_sha256 == row.descriptor_sha256:
                told[row.descriptor_sha256] = told_of(incoming)
        row.verdict, row.counted = place.verdict, place.counts
        session.add(row)
    session.flush()
    if gained or lost:
        fill_stream(session, kept, stream, [row for row in rows if row.counted], gained, lost)
    for row in gained:
        with standing(row):
            told[row.descriptor_sha256] = told_of_counted(session, kept, row)
    for descriptor, each in told.items():
        by_descriptor[descriptor].explanation = each.after(by_descriptor[descriptor].explanation)
    note_continuity(rows, kept.package)
    return Settled(places, tuple(released), told)


# Made once: putting a query together costs more than running it, and they are asked for at every package.
_PACKAGES = select(Received).where(
    Received.stream == bindparam("stream"),
    Received.kind == PackageKind.REPORT,
    col(Received.descriptor_sha256).is_not(None),
    col(Received.verdict).not_in(REFUSED),
)
_PACKAGE = _PACKAGES.where(col(Received.descriptor_sha256) == bindparam("descriptor"))
_RETURNED = select(Receipt.descriptor_sha256).where(
    Receipt.stream == bindparam("stream"), Receipt.state == ReceiptState.RETURNED
)
_CLOSED = (
    select(MonthLock.month)
    .join(Profile, col(Profile.unit_id) == MonthLock.unit_id)
    .where(col(MonthLock.reopened_at).is_(None))
)


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
    return frozenset(ask(session, _RETURNED, {"stream": stream}).scalars())


def packages_of(session: Session, stream: str) -> list[Received]:
    """The packages that have a place in the stream: not those that were refused."""
    return list(session.scalars(_PACKAGES, {"stream": stream}))


def package_of(session: Session, stream: str, descriptor: str) -> Received | None:
    """The one of `packages_of` with this descriptor's hash."""
    return session.scalars(_PACKAGE, {"stream": stream, "descriptor": descriptor}).first()


def closed_months(session: Session) -> set[str]:
    """Months that this desk has reported upward itself."""
    return set(ask(session, _CLOSED).scalars())


def _place_sentence(row: Received, place: Place, kept: Kept) -> str:
    with standing(row):
        package = kept.package(row)
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
