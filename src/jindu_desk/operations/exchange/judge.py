"""What a superior decides about reports: accept, return with reasons, unlock a month. Told by the next answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from jindu_desk.domain.answers import ReceiptFields, ReceiptState, RemarkFields, RemarkPlace, UnlockFields
from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import NothingToUnlock, NotJudgeable, RemarkElsewhere, ReturnReasonWeak
from jindu_desk.operations.exchange.kept import found_row
from jindu_desk.operations.exchange.settle import returned_in, settle_stream
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.answers import CHAINED
from jindu_desk.queries.exchange.received import received_package
from jindu_desk.queries.rules import rules_in
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Receipt, Received, Remark, Unlock

TOUCHED = frozenset({Subject.EXCHANGE, Subject.MEETINGS, Subject.TALLIES, Subject.EXPENSES})
_FEWEST = 3  # different characters in a reason that tells something
_TABLES = {
    RemarkPlace.MEETING: "meetings",
    RemarkPlace.DECISION: "decisions",
    RemarkPlace.EXPENSE: "expenses",
}


@dataclass(frozen=True, slots=True)
class RemarkDraft:
    """Why a report is returned, at one place of it; the fields as `RemarkFields`."""

    reason: str
    place: RemarkPlace = RemarkPlace.REPORT
    unit_id: str | None = None
    item: str | None = None
    record: str | None = None


def accept_report(store: Store, received_id: str) -> Changes:
    """A person accepts a report that counts. Raises `NotJudgeable`."""
    return accept_reports(store, [received_id])


def accept_reports(store: Store, received_ids: Sequence[str]) -> Changes:
    """A person accepts several reports that count: all of them or, with `NotJudgeable`, none."""
    with store.write("accept_report") as w:
        for received_id in received_ids:
            row = found_row(w.session, received_id)
            if not row.counted or row.kind is not PackageKind.REPORT:
                raise NotJudgeable
            _forget(w.session, row)
            _record(w, row, ReceiptState.ACCEPTED, "", store.actor)
        return w.changes(received_ids[0] if len(received_ids) == 1 else None)


def return_report(
    store: Store, paths: FolderPaths, received_id: str, reason: str, remarks: Sequence[RemarkDraft] = ()
) -> Changes:
    """Send a report back: from now on it does not count, and its sender gets ``reason`` and ``remarks``.

    Raises `NotJudgeable` where it has no place in the chain, `TextMissing` or `ReturnReasonWeak` where a reason does
    not tell what to put right, `RemarkElsewhere` where a remark is about something that the report does not have,
    `MonthClosedHere` where this desk has handed the month on, and the settling's errors.
    """
    with store.write("return_report") as w:
        row = found_row(w.session, received_id)
        if row.kind is not PackageKind.REPORT or row.verdict not in CHAINED:
            raise NotJudgeable
        weak = rules_in(w.session, Month.parse(row.period or "")).checks.weak_reasons
        said = _telling(reason, weak)
        package = received_package(paths, row.file_sha256)
        _forget(w.session, row)
        _record(w, row, ReceiptState.RETURNED, said, store.actor)
        for position, draft in enumerate(remarks, 1):
            _refuse_elsewhere(package, draft)
            fields = RemarkFields.read(
                {
                    "number": row.number,
                    "position": position,
                    "place": draft.place,
                    "unit_id": draft.unit_id,
                    "item": draft.item,
                    "record": draft.record,
                    "reason": _telling(draft.reason, weak),
                }
            )
            w.session.add(Remark.model_validate({"stream": row.stream, **fields.model_dump()}))
        w.session.flush()
        settle_stream(w, paths, row.stream or "", None, asked=row.descriptor_sha256, protect=True)
        return Changes(TOUCHED, row.id) | w.changes(row.id)


def withdraw_judgement(store: Store, paths: FolderPaths, received_id: str) -> Changes:
    """Take an acceptance or a return back; a report that was returned counts again, or waits again if it waited. Raises
    as `return_report`."""
    with store.write("withdraw_judgement") as w:
        row = found_row(w.session, received_id)
        receipt = w.session.get(Receipt, (row.stream, row.number))
        if receipt is None or receipt.descriptor_sha256 != row.descriptor_sha256:
            raise NotJudgeable
        confirmed = {row.descriptor_sha256 or ""} if _had_replaced(w.session, row) else set()
        _forget(w.session, row)
        w.note(Subject.EXCHANGE, row.id, {"judgement_withdrawn": row.number, "was": receipt.state.value})
        settle_stream(w, paths, row.stream or "", None, asked=row.descriptor_sha256, confirmed=confirmed, protect=True)
        return Changes(TOUCHED, row.id) | w.changes(row.id)


def unlock_month(store: Store, stream: str, month: Month, reason: str) -> Changes:
    """Let a unit open a month again that it has reported; what it reported goes on counting until a correction comes.

    Raises `NothingToUnlock` where nothing of that month was received, `TextMissing` and `ReturnReasonWeak`.
    """
    with store.write("unlock_month") as w:
        held = [row for row in _reports(w.session, stream, month) if row.verdict in CHAINED]
        if not held:
            raise NothingToUnlock(month=str(month))
        fields = UnlockFields.read(
            {
                "period": str(month),
                "number": max(row.number or 0 for row in held),
                "reason": _telling(reason, rules_in(w.session, month).checks.weak_reasons),
                "unlocked_at": w.now.replace(microsecond=0),
            }
        )
        w.session.merge(Unlock.model_validate({"stream": stream, **fields.model_dump()}))
        w.note(Subject.EXCHANGE, f"{stream}:{month}", {"unlocked": fields.reason})
        return w.changes(f"{stream}:{month}")


def checked_reason(store: Store, month: Month, reason: str) -> str:
    """A reason as it would be recorded, before the whole form is sent. Raises `TextMissing`, `ReturnReasonWeak` and
    what free text raises."""
    with store.read() as session:
        return _telling(reason, rules_in(session, month).checks.weak_reasons)


def _telling(reason: str, weak: Collection[str]) -> str:
    """The reason, which must say something: its reader has nothing else to go by."""
    said = clean_text(reason, "reason", required=True)
    if is_weak(said, weak):
        raise ReturnReasonWeak(field="reason", reason=said[:20])
    return said


def is_weak(said: str, weak: Collection[str]) -> bool:
    """A reason that only fills its field."""
    bare = said.rstrip("。.!！ ")
    return len(set(bare)) < _FEWEST or bare in weak


def _record(w: Write, row: Received, state: ReceiptState, reason: str, by: str) -> None:
    fields = ReceiptFields.read(
        {
            "number": row.number,
            "period": row.period,
            "revision": row.revision,
            "descriptor_sha256": row.descriptor_sha256,
            "state": state,
            "reason": reason,
            "decided_by": by,
            "decided_at": w.now.replace(microsecond=0),
        }
    )
    w.session.add(Receipt.model_validate({"stream": row.stream, **fields.model_dump()}))
    w.session.flush()
    w.note(Subject.EXCHANGE, row.id, {"judged": state.value, "number": row.number, "reason": reason})


def _had_replaced(session: Session, row: Received) -> bool:
    """Whether this correction was confirmed before it was sent back: what it corrects counts no more, though nobody
    sent that back."""
    returned = returned_in(session, row.stream or "")
    return any(
        (other.revision or 1) < (row.revision or 1) and not other.counted and other.descriptor_sha256 not in returned
        for other in _reports(session, row.stream or "", Month.parse(row.period or ""))
        if other.verdict in CHAINED
    )


def _forget(session: Session, row: Received) -> None:
    """An earlier judgement of this number, with its remarks."""
    for table in (Remark, Receipt):
        session.execute(delete(table).where(col(table.stream) == row.stream, col(table.number) == row.number))
    session.flush()


def _refuse_elsewhere(package: VerifiedPackage, draft: RemarkDraft) -> None:
    """A remark must lead to something that the sender has; else nobody would find it."""
    table = _TABLES.get(draft.place)
    if table is not None and draft.record not in {row["id"] for row in package.tables[table]}:
        raise RemarkElsewhere
    if draft.place in (RemarkPlace.CELL, RemarkPlace.VILLAGE) and draft.unit_id not in {
        row["id"] for row in package.tables["units"]
    }:
        raise RemarkElsewhere
    if draft.place is RemarkPlace.CELL and not draft.item:
        raise RemarkElsewhere


def _reports(session: Session, stream: str, month: Month) -> Sequence[Received]:
    return session.exec(
        select(Received).where(
            Received.stream == stream, Received.kind == PackageKind.REPORT, Received.period == str(month)
        )
    ).all()
