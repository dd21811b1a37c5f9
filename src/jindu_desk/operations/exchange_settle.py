"""The place of every package of a stream, and the tables brought in line with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.exchange_order import Link, Place, settle
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import VERDICT_SENTENCES, MonthClosedHere
from jindu_desk.operations.exchange_projection import apply_report, withdraw_report
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange import received_package
from jindu_desk.queries.units import own_unit_in
from jindu_desk.store.engine import Write
from jindu_desk.store.tables import MonthLock, Received

_CHAINED = (Verdict.NEW, Verdict.REVISION, Verdict.OLDER, Verdict.LOCKED)


def settle_stream(
    w: Write,
    paths: FolderPaths,
    stream: str,
    incoming: VerifiedPackage | None,
    *,
    confirmed: str | None = None,
    protect: bool = False,
) -> tuple[tuple[Place, ...], tuple[int, ...]]:
    """Give every package of the stream its place, and bring the tables in line. Returns (places, numbers released).

    ``protect``: raise `MonthClosedHere` where a month that was handed on would lose what counts in it.
    """
    rows = packages_of(w.session, stream)
    closed = closed_months(w.session)
    places = settle(links_of(rows, confirmed), closed)
    by_descriptor = {row.descriptor_sha256: row for row in rows}
    released: list[int] = []
    gained: list[Received] = []
    lost: list[Received] = []
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
            row.explanation = VERDICT_SENTENCES["replaced"].format(period=row.period)
        elif row.verdict is not place.verdict or row.counted is not place.counts or not row.explanation:
            row.explanation = _place_sentence(row, place, incoming, paths)
        row.verdict, row.counted = place.verdict, place.counts
        w.session.add(row)
    _project(
        w.session, paths, gained, lost, incoming, highest=max((r.number or 0 for r in rows if r.counted), default=0)
    )
    return places, tuple(released)


def _project(
    session: Session,
    paths: FolderPaths,
    gained: Sequence[Received],
    lost: Sequence[Received],
    incoming: VerifiedPackage | None,
    *,
    highest: int,
) -> None:
    renewed = {row.period for row in gained}
    for row in lost:
        if row.period is not None and row.period not in renewed:
            withdraw_report(session, row.stream or "", Month.parse(row.period))
    for row in sorted(gained, key=lambda row: row.number or 0):
        held = incoming is None or incoming.descriptor_sha256 != row.descriptor_sha256
        package = received_package(paths, row.file_sha256) if held else incoming
        assert package is not None  # noqa: S101 - one of the two branches gave it
        apply_report(session, package, newest=row.number == highest)


def links_of(rows: Iterable[Received], confirmed: str | None = None) -> list[Link]:
    """In order of receipt: what stands in the chain came before what does not."""
    ordered = sorted(rows, key=lambda row: (row.verdict not in _CHAINED, row.received_at, row.id))
    return [
        Link(
            descriptor=row.descriptor_sha256 or "",
            number=row.number or 0,
            previous=row.previous_sha256,
            period=row.period or "",
            revision=row.revision or 1,
            chosen=row.decided_reason != "",
            confirmed=row.counted or row.descriptor_sha256 == confirmed,
            counted=row.counted,
        )
        for row in ordered
    ]


def packages_of(session: Session, stream: str) -> list[Received]:
    return list(
        session.exec(
            select(Received).where(
                Received.stream == stream,
                Received.kind == PackageKind.REPORT,
                col(Received.descriptor_sha256).is_not(None),
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


def _place_sentence(row: Received, place: Place, incoming: VerifiedPackage | None, paths: FolderPaths) -> str:
    package = incoming
    if package is None or package.descriptor_sha256 != place.descriptor:
        package = received_package(paths, row.file_sha256)
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
