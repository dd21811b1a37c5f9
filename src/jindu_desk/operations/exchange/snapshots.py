"""Taking enrolments, directives and answers: the newest of a chain holds, what it says is put into the tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, select

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.exchange_order import Snapshot, place_snapshot
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import VERDICT_SENTENCES
from jindu_desk.errors.packages import AddressedToOther, KeyUnknown, SenderNotAbove, SenderNotBelow
from jindu_desk.operations.exchange.answers import apply_answer
from jindu_desk.operations.exchange.directives import apply_directive, apply_roster
from jindu_desk.operations.exchange.enrolments import apply_enrolment
from jindu_desk.operations.exchange.kept import new_row
from jindu_desk.operations.exchange.settle import REFUSED
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.chains import held_snapshot_in
from jindu_desk.queries.exchange.received import received_package
from jindu_desk.queries.units import OwnUnit, own_unit_in, unit_in
from jindu_desk.store.engine import Write
from jindu_desk.store.tables import Received


@dataclass(frozen=True, slots=True)
class Taken:
    row: Received
    verdict: Verdict
    explanation: str


def unknown_key_of(package: VerifiedPackage) -> KeyUnknown:
    """For an enrolment that nobody compared yet: the key that a person must compare."""
    about, key = package.descriptor, package.key
    return KeyUnknown(
        unit=f"“{about.sender.name}”", fingerprint=key.fingerprint, public_key=key.line, stream=about.stream
    )


def take_snapshot(w: Write, paths: FolderPaths, package: VerifiedPackage, file: Path, *, encrypted: bool) -> Taken:
    """Give a verified snapshot its verdict and, where it is the newest, let it hold.

    Raises `AddressedToOther`, `SenderNotAbove`, `SenderNotBelow`, `RulesRefused`, `RecordOfOther`.
    """
    about = package.descriptor
    _refuse_wrong_way(w, package)
    held = held_snapshot_in(w.session, about.kind, about.stream)
    came = _snapshot_of(package)
    newest = None if held is None else _snapshot_of(received_package(paths, held.file_sha256))
    verdict = place_snapshot(newest, came)
    row = w.session.exec(
        select(Received).where(
            Received.descriptor_sha256 == package.descriptor_sha256, col(Received.verdict).not_in(REFUSED)
        )
    ).first()
    if row is not None and (row.counted or verdict is row.verdict):
        word = "same_snapshot" if row.counted else "older_snapshot" if verdict is Verdict.OLDER else "fork_snapshot"
        return Taken(row, Verdict.SAME if row.counted else verdict, _sentence(word, about.number, held))
    row = row or new_row(w, file, package, verdict, encrypted=encrypted)
    row.verdict = verdict
    if verdict is Verdict.NEW:
        _let_hold(w, row, held, package)
    else:
        row.explanation = _sentence(
            "older_snapshot" if verdict is Verdict.OLDER else "fork_snapshot", about.number, held
        )
    w.session.add(row)
    w.note(
        Subject.EXCHANGE,
        row.id,
        {"verdict": verdict.value, "kind": about.kind.value, "stream": about.stream, "number": about.number},
    )
    return Taken(row, verdict, row.explanation)


def decide_snapshot(w: Write, paths: FolderPaths, row: Received) -> None:
    """A person decided for this one in a fork: it holds from now on, whatever held before."""
    package = received_package(paths, row.file_sha256)
    assert row.kind is not None  # noqa: S101 - it was read
    held = held_snapshot_in(w.session, row.kind, row.stream or "")
    row.verdict = Verdict.NEW
    _let_hold(w, row, held, package)
    decided = VERDICT_SENTENCES["decided"].format(number=row.number, decided=row.decided_reason)
    row.explanation = f"{decided}{row.explanation}"
    w.session.add(row)


def _let_hold(w: Write, row: Received, held: Received | None, package: VerifiedPackage) -> None:
    if held is not None:
        held.counted = False
        w.session.add(held)
    row.counted = True
    row.explanation = _applied(w, package)
    w.session.add(row)
    w.session.flush()


def _applied(w: Write, package: VerifiedPackage) -> str:
    kind = package.descriptor.kind
    if kind is PackageKind.ENROLMENT:
        return apply_enrolment(w, package)
    if kind is PackageKind.ANSWER:
        return apply_answer(w, package)
    own = _own(w)
    if own.superior is not None and own.superior.id == package.descriptor.stream:
        return apply_directive(w, package)
    return apply_roster(w, package)


def _refuse_wrong_way(w: Write, package: VerifiedPackage) -> None:
    """An answer comes from above, an enrolment from below; a directive from above, or from below for its roster."""
    about, own = package.descriptor, _own(w)
    month = Month.of(w.now.date())
    above = own.superior is not None and own.superior.id == about.stream
    sender = unit_in(w.session, about.stream, month)
    below = sender is not None and sender.reports_to == own.unit.id and sender.tier is about.sender.tier
    if about.kind is PackageKind.ANSWER and not above:
        raise SenderNotAbove(unit=about.sender.name)
    if about.kind is PackageKind.ENROLMENT and not below:
        raise SenderNotBelow(unit=about.sender.name)
    if about.kind is PackageKind.DIRECTIVE:
        listed = {row["id"] for row in package.tables["units"]}
        if not above and not below:
            raise SenderNotAbove(unit=about.sender.name)
        if above and own.unit.id not in listed:
            raise AddressedToOther(sender=f"“{about.sender.name}”", receiver=about.sender.name)


def _own(w: Write) -> OwnUnit:
    own = own_unit_in(w.session, Month.of(w.now.date()))
    assert own is not None  # noqa: S101 - a folder without a unit receives nothing
    return own


def _snapshot_of(package: VerifiedPackage) -> Snapshot:
    history = {int(str(row["number"])): str(row["descriptor_sha256"]) for row in package.tables["history"]}
    return Snapshot(package.descriptor_sha256, package.descriptor.number, history)


def _sentence(word: str, number: int, held: Received | None) -> str:
    return VERDICT_SENTENCES[word].format(number=number, newest=held.number if held else number)
