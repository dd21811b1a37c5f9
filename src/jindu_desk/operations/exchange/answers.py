"""Answers: written by a superior for the units below, taken in by the unit they are for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from sqlmodel import Session, SQLModel, col, delete, select

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.changes import Subject
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import FILE_WORDS, VERDICT_SENTENCES, NobodyToAnswer, NoReceiver
from jindu_desk.operations.exchange.keys import own_keys
from jindu_desk.operations.exchange.recall import recall_packages
from jindu_desk.operations.exchange.writing import Outgoing, Placed, history_rows, placing
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.answers import answer_rows_in
from jindu_desk.queries.exchange.chains import recipients_in
from jindu_desk.queries.units import own_unit_in, units_below_in
from jindu_desk.reports.exchange.said import lines_of_answer
from jindu_desk.settings.keys import KeyVault
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import MonthLock, Receipt, Remark, Reminder, Sent, Signer, Unlock

Rows = Sequence[dict[str, object]]


def write_answers(
    store: Store, vault: KeyVault, paths: FolderPaths, unit_ids: Collection[str], target: Path
) -> tuple[Placed, ...]:
    """Write one answer for each of these units below: all of them, or none.

    Encrypted where the unit's age recipient is known. Raises `NobodyToAnswer` where none of them reports to this desk,
    and what `writing.Placing.place` raises.
    """
    keys = own_keys(store, vault)
    recall_packages(store, paths, keys.signing.public.fingerprint)
    with placing(paths, keys, target) as files, store.write("write_answers") as w:
        month = Month.of(w.now.date())
        own = own_unit_in(w.session, month)
        if own is None:
            raise NoReceiver
        wanted = [unit for unit in units_below_in(w.session, own.unit.id, month) if unit.id in unit_ids]
        if not wanted:
            raise NobodyToAnswer
        placed = []
        for unit in wanted:
            outgoing = Outgoing(
                kind=PackageKind.ANSWER,
                sender=own.unit,
                receiver=unit,
                tables={
                    "history": history_rows(w.session, PackageKind.ANSWER, own.unit, unit),
                    **answer_rows_in(w.session, own.unit, unit, w.now.date()),
                },
                recipients=recipients_in(w.session, unit.id),
                label=f"{FILE_WORDS[PackageKind.ANSWER.value]}-{unit.name}",
            )
            placed.append(files.place(w, outgoing))
            w.note(Subject.EXCHANGE, f"answer:{unit.id}:{placed[-1].number}", {"sha256": placed[-1].descriptor_sha256})
    return tuple(placed)


def apply_answer(w: Write, package: VerifiedPackage) -> str:
    """Let an answer to this desk hold: its receipts, remarks and reminders replace the ones before.

    A month whose newest report was returned, or that was unlocked, is opened with that reason; revoked keys end.
    Returns what is to be said of it, one sentence a line.
    """
    own = package.descriptor.receiver.id
    tables = package.tables
    before = {row.number: row.state for row in w.session.exec(select(Receipt).where(Receipt.stream == own))}
    for table in (Remark, Receipt, Unlock):
        w.session.execute(delete(table).where(col(table.stream) == own))
    w.session.execute(delete(Reminder))
    w.session.flush()
    for table, rows in ((Receipt, tables["receipts"]), (Remark, tables["remarks"]), (Unlock, tables["unlocks"])):
        _insert(w.session, table, [{"stream": own, **row} for row in rows])
    _insert(w.session, Reminder, tables["reminders"])
    w.session.flush()
    sent = _sent(w.session, own, package.descriptor.stream)
    unlocked = _open_months(w, package, sent)
    revoked = _revoke(w, own, tables["revocations"])
    (standing,) = tables["standing"]
    highest = int(str(standing["highest"]))
    first_missing = standing["first_missing"]
    states = [
        (int(str(row["number"])), str(row["period"]), ReceiptState(str(row["state"])), str(row["reason"]))
        for row in tables["receipts"]
        if before.get(int(str(row["number"]))) is not row["state"]
    ]
    held = {int(str(row["number"])) for row in tables["receipts"]}
    lines = lines_of_answer(
        states=states,
        unlocked=unlocked,
        revoked=revoked,
        waited_for=[(str(row["period"]), str(row["due"])) for row in tables["reminders"]],
        first_missing=None if first_missing is None else int(str(first_missing)),
        not_held=sorted(number for number in sent if number > highest and number not in held),
        differing=_differing(tables["receipts"], sent),
        audit_broken=str(standing["audit"]) == "broken",
    )
    w.note(Subject.EXCHANGE, own, {"answer": package.descriptor.number, "highest": highest})
    for subject in (Subject.TALLIES, Subject.MEETINGS, Subject.EXPENSES):
        w.note(subject)
    return "\n".join((VERDICT_SENTENCES["answered"].format(number=package.descriptor.number, highest=highest), *lines))


def _open_months(w: Write, package: VerifiedPackage, sent: dict[int, Sent]) -> list[tuple[str, str]]:
    """Open what was returned or unlocked. Returns the unlocked months with their reasons."""
    by, own = package.descriptor.sender.name, package.descriptor.receiver.id
    for row in package.tables["receipts"]:
        number = int(str(row["number"]))
        lock = w.session.get(MonthLock, (own, str(row["period"])))
        ours = sent.get(number)
        if (
            row["state"] is ReceiptState.RETURNED
            and lock is not None
            and lock.sent_number == number  # a correction that went out since closes the month rightly
            and ours is not None
            and ours.descriptor_sha256 == row["descriptor_sha256"]
        ):
            _open(w, lock, by, str(row["reason"]))
    opened = []
    for row in package.tables["unlocks"]:
        lock = w.session.get(MonthLock, (own, str(row["period"])))
        # Numbers say what came after what; the clocks of two offices do not.
        if lock is not None and lock.reopened_at is None and lock.sent_number <= int(str(row["number"])):
            _open(w, lock, by, str(row["reason"]))
            opened.append((str(row["period"]), str(row["reason"])))
    return opened


def _open(w: Write, lock: MonthLock, by: str, reason: str) -> None:
    if lock.reopened_at is None:
        lock.reopened_at, lock.reopened_by, lock.reopen_reason = w.now, by, reason
        w.session.add(lock)
        w.note(Subject.EXCHANGE, f"{lock.unit_id}:{lock.month}", {"reopened_by": by, "reason": reason})


def _revoke(w: Write, unit_id: str, rows: Rows) -> list[str]:
    """End this unit's keys that the superior revoked. Returns the fingerprints that ended now."""
    ended = []
    for row in rows:
        signer = w.session.exec(
            select(Signer).where(Signer.unit_id == unit_id, Signer.public_key == row["public_key"])
        ).first()
        if signer is not None and signer.revoked_at is None:
            signer.revoked_at, signer.revoked_reason = w.now, str(row["reason"])
            w.session.add(signer)
            w.note(Subject.EXCHANGE, signer.id, {"revoked": signer.fingerprint, "by": "superior"})
            ended.append(signer.fingerprint)
    return ended


def _sent(session: Session, own: str, superior: str) -> dict[int, Sent]:
    query = select(Sent).where(Sent.stream == own, Sent.kind == PackageKind.REPORT, Sent.receiver == superior)
    return {row.number: row for row in session.exec(query)}


def _differing(receipts: Rows, sent: dict[int, Sent]) -> list[int]:
    """Numbers under which the superior holds something else than what was sent from here."""
    found = []
    for row in receipts:
        number = int(str(row["number"]))
        if number in sent and sent[number].descriptor_sha256 != row["descriptor_sha256"]:
            found.append(number)
    return found


def _insert(session: Session, table: type[SQLModel], rows: Rows) -> None:
    session.add_all(table.model_validate(row) for row in rows)
