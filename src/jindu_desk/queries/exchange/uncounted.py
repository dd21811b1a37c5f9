"""Months of units below that are here and do not count: sent back, or waiting for a number or a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.store.tables import Receipt, Received

_READ = (Verdict.NEW, Verdict.REVISION, Verdict.OLDER, Verdict.LOCKED, Verdict.GAP, Verdict.FORK)


@dataclass(frozen=True, slots=True)
class Uncounted:
    """``returned_on``: the day on which the month was sent back; None where what came last waits."""

    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Report:
    number: int
    verdict: Verdict
    returned_at: datetime | None


def uncounted_in(session: Session, streams: Collection[str] | None = None) -> dict[tuple[str, str], Uncounted]:
    """(unit, month) → why nothing of it counts, though a report of it was read; ``streams`` None: of all units."""
    wanted = [col(Received.kind) == PackageKind.REPORT, col(Received.period).is_not(None)]
    if streams is not None:
        wanted.append(col(Received.stream).in_(streams))
    not_counted = (*wanted, col(Received.counted).is_(False), col(Received.verdict).in_(_READ))
    outside = session.exec(select(Received).where(*not_counted)).all()
    if not outside:
        return {}
    counting = select(Received.stream, Received.period).where(*wanted, col(Received.counted).is_(True))
    counted = set(session.exec(counting))
    receipts = session.exec(select(Receipt).where(Receipt.state == ReceiptState.RETURNED))
    returned = {(row.stream, row.descriptor_sha256): row.decided_at for row in receipts}
    decided = set(session.exec(select(Received.stream, Received.number).where(Received.decided_reason != "")))
    months: dict[tuple[str, str], list[_Report]] = defaultdict(list)
    for row in outside:
        lost = row.verdict is Verdict.FORK and (row.stream, row.number) in decided
        if row.stream is None or row.period is None or (row.stream, row.period) in counted or lost:
            continue
        returned_at = returned.get((row.stream, row.descriptor_sha256 or ""))
        months[row.stream, row.period].append(_Report(row.number or 0, row.verdict, returned_at))
    return {key: found for key, rows in months.items() if (found := _why(rows)) is not None}


def _why(rows: Sequence[_Report]) -> Uncounted | None:
    """What came after the last return is its correction, or waits to be placed; what came before was replaced."""
    last = max((row for row in rows if row.returned_at is not None), key=lambda row: row.number, default=None)
    after = last.number if last is not None else 0
    if any(
        row.verdict in (Verdict.GAP, Verdict.FORK)
        or (row.verdict in (Verdict.REVISION, Verdict.LOCKED) and row.number > after)
        for row in rows
    ):
        return Uncounted()
    return Uncounted(last.returned_at.date()) if last is not None and last.returned_at is not None else None
