"""One received package with all that a person needs to judge it: what its panel and its slip show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from jindu_desk.domain.answers import ReceiptState, RemarkPlace
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.exchange import NoSuchReceived, ReceivedFileMissing
from jindu_desk.errors.packages import PackageError
from jindu_desk.packages.keys import fingerprint_groups
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.answers import reports_of, standing_of, state_of
from jindu_desk.queries.exchange.checks import violations_in
from jindu_desk.queries.exchange.compare import item_name
from jindu_desk.queries.exchange.given_reasons import ReasonsForCheck, reasons_in
from jindu_desk.queries.exchange.introducers import Introducer, introducer_in
from jindu_desk.queries.exchange.keys import KeyOffered
from jindu_desk.queries.exchange.received import ReceivedRow, received_package, received_rows
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.units import unit_in, units_below_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Decision, Expense, Meeting, Receipt, Received, Remark, Sent, Signer

_BRIEF = 40  # characters of a matter or a summary
_RECORDS: dict[RemarkPlace, tuple[str, type[Meeting | Decision | Expense]]] = {
    RemarkPlace.MEETING: ("meetings", Meeting),
    RemarkPlace.DECISION: ("decisions", Decision),
    RemarkPlace.EXPENSE: ("expenses", Expense),
}


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """Why a report was returned, at one place. ``where``: unit, item or record as people call it; "" for the whole."""

    period: str
    number: int
    place: RemarkPlace
    unit_id: str
    item: str
    record: str
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class PackageDetails:
    """A received package. What stands in the file itself is None or empty where it could not be read; of one that was
    not taken, it is what the file claims.

    ``compared_at``: when a person compared the key; None where a known key introduced it (``introduced_by``, where
    it can still be told), or it is not known here (``key_known``). ``unknown_key``: the key that a person may
    compare and enrol. ``missing``: the runs of numbers that a held package waits for. ``state``: how its sender is
    told; ``judged_by`` and ``judged_at`` where a person decided. ``counts``: how many rows each table has.
    ``violations``: the hard checks that what counts does not hold; ``reasons``: what was said to the soft ones.
    ``keys_of_unit``: how many keys count for the unit that an unknown key claims.
    """

    row: ReceivedRow
    kind: PackageKind | None
    sender_name: str
    sender_code: str
    sender_tier: str
    receiver_name: str
    period: str
    number: int | None
    revision: int | None
    created: datetime | None
    reason: str
    keeper: str
    groups: tuple[str, ...]
    key_known: bool
    compared_at: datetime | None
    key_revoked: bool
    unknown_key: KeyOffered | None
    missing: tuple[tuple[int, int], ...]
    descriptor_sha256: str
    previous_sha256: str
    rules: str
    roster: int
    program: str
    audit_head: str
    audit_continues: bool | None
    attachments: tuple[str, ...]
    counts: Mapping[str, int]
    state: ReceiptState | None
    state_reason: str
    judged_by: str
    judged_at: datetime | None
    remarks: tuple[RemarkRow, ...]
    violations: tuple[str, ...]
    keys_of_unit: int = 0
    introduced_by: Introducer | None = None
    reasons: tuple[ReasonsForCheck, ...] = ()


def package_details(store: Store, paths: FolderPaths, received_id: str) -> PackageDetails:
    """Everything about one package, its kept file read again. Raises `NoSuchReceived`."""
    with store.read() as session:
        row = session.get(Received, received_id)
        if row is None:
            raise NoSuchReceived
        package = _read(paths, row)
        fingerprint = row.signer or (package.key.fingerprint if package else "")
        signer = session.exec(
            select(Signer).where(Signer.fingerprint == fingerprint).order_by(col(Signer.unit_id) != row.stream)
        ).first()
        receipt = session.get(Receipt, (row.stream, row.number)) if row.stream and row.number else None
        of_report = row.kind is PackageKind.REPORT and row.descriptor_sha256 is not None
        mine = receipt if receipt is not None and receipt.descriptor_sha256 == row.descriptor_sha256 else None
        about = package.descriptor if package else None
        shown = received_rows(session, [row])[0]
        unknown = package if signer is None and row.verdict is Verdict.UNTRUSTED and not shown.own else None
        return PackageDetails(
            row=shown,
            kind=row.kind or (about.kind if about else None),
            sender_name=row.from_unit or (about.sender.name if about else ""),
            sender_code=about.sender.code if about else "",
            sender_tier=about.sender.tier.value if about else "",
            receiver_name=about.receiver.name if about else "",
            period=row.period or (about.period if about else "") or "",
            number=row.number or (about.number if about else None),
            revision=row.revision or (about.revision if about else None),
            created=about.created if about else None,
            reason=about.reason if about else "",
            keeper=signer.keeper if signer else "",
            groups=fingerprint_groups(fingerprint) if fingerprint else (),
            key_known=signer is not None,
            compared_at=signer.compared_at if signer else None,
            key_revoked=signer is not None and signer.revoked_at is not None,
            unknown_key=_offered(unknown) if unknown is not None else None,
            missing=_missing(session, row) if row.verdict is Verdict.GAP else (),
            descriptor_sha256=row.descriptor_sha256 or (package.descriptor_sha256 if package else ""),
            previous_sha256=row.previous_sha256 or "",
            rules=about.rules if about else "",
            roster=about.roster if about else 0,
            program=" ".join(about.program) if about else "",
            audit_head=row.audit_head or (about.audit_head if about else ""),
            audit_continues=row.audit_continues,
            attachments=tuple(entry.name for entry in about.attachments) if about else (),
            counts={name: len(rows) for name, rows in package.tables.items()} if package else {},
            state=state_of(row, receipt) if of_report else None,
            state_reason=mine.reason if mine else "",
            judged_by=mine.decided_by if mine else "",
            judged_at=mine.decided_at if mine else None,
            remarks=_remarks(session, row.stream or "", row.number or 0, package) if mine else (),
            violations=_violations(session, row, about.sender.tier if about else None) if of_report else (),
            keys_of_unit=_keys_of(session, unknown.descriptor.stream) if unknown is not None else 0,
            introduced_by=introducer_in(session, paths, fingerprint) if signer is not None else None,
            reasons=_reasons(session, row) if of_report else (),
        )


def own_remarks(store: Store, unit_id: str, month: Month) -> tuple[RemarkRow, ...]:
    """Why the superior returned this desk's newest report of ``month``, place by place; the whole report first.

    Empty as soon as a correction went out.
    """
    with store.read() as session:
        receipt = session.exec(
            select(Receipt)
            .where(Receipt.stream == unit_id, Receipt.period == str(month))
            .order_by(col(Receipt.number).desc())
        ).first()
        if receipt is None or receipt.state is not ReceiptState.RETURNED or _corrected(session, receipt):
            return ()
        whole = RemarkRow(receipt.period, receipt.number, RemarkPlace.REPORT, "", "", "", "", receipt.reason)
        return (whole, *_remarks(session, unit_id, receipt.number, None))


def _corrected(session: Session, receipt: Receipt) -> bool:
    query = select(Sent.number).where(
        Sent.stream == receipt.stream,
        Sent.kind == PackageKind.REPORT,
        Sent.period == receipt.period,
        Sent.number > receipt.number,
    )
    return session.exec(query).first() is not None


def _violations(session: Session, row: Received, tier: Tier | None) -> tuple[str, ...]:
    """Of what counts; of a district's report those of its townships, by name."""
    if not row.counted:
        return ()
    stream, month = row.stream or "", Month.parse(row.period or "")
    if tier is not Tier.DISTRICT:
        return violations_in(session, stream, month)
    return tuple(
        f"{unit.name} {violation}"
        for unit in units_below_in(session, stream, month)
        for violation in violations_in(session, unit.id, month)
    )


def _reasons(session: Session, row: Received) -> tuple[ReasonsForCheck, ...]:
    """Of what counts; a district's report leaves them with its townships' packages."""
    return reasons_in(session, row.stream or "", Month.parse(row.period or "")) if row.counted else ()


def _offered(package: VerifiedPackage) -> KeyOffered:
    key, about = package.key, package.descriptor
    named = [row for row in package.tables.get("signers", ()) if row["public_key"] == key.line]
    keeper = str(named[0]["keeper"] or "") if named and about.kind is PackageKind.ENROLMENT else ""
    return KeyOffered(key.line, key.fingerprint, fingerprint_groups(key.fingerprint), about.stream, keeper)


def _keys_of(session: Session, unit_id: str) -> int:
    query = select(func.count()).where(Signer.unit_id == unit_id, col(Signer.revoked_at).is_(None))
    return session.exec(query).one()


def _missing(session: Session, row: Received) -> tuple[tuple[int, int], ...]:
    """The runs of numbers below a held package that are not here: at most as many as packages are held."""
    reports = [other for other in reports_of(session, row.stream or "") if other.number]
    reached = standing_of(row.stream or "", reports).highest
    held = sorted({other.number or 0 for other in reports if reached < (other.number or 0) <= (row.number or 0)})
    runs = []
    for number in held:
        if number > reached + 1:
            runs.append((reached + 1, number - 1))
        reached = number
    return tuple(runs)


def _read(paths: FolderPaths, row: Received) -> VerifiedPackage | None:
    try:
        return received_package(paths, row.file_sha256)
    except (PackageError, ReceivedFileMissing):
        return None


def _remarks(session: Session, stream: str, number: int, package: VerifiedPackage | None) -> tuple[RemarkRow, ...]:
    found = session.exec(
        select(Remark).where(Remark.stream == stream, Remark.number == number).order_by(col(Remark.position))
    ).all()
    receipt = session.get(Receipt, (stream, number))
    period = receipt.period if receipt else ""
    return tuple(
        RemarkRow(
            period,
            number,
            row.place,
            row.unit_id or "",
            row.item or "",
            row.record or "",
            _where(session, row, period, package),
            row.reason,
        )
        for row in found
    )


def _where(session: Session, row: Remark, period: str, package: VerifiedPackage | None) -> str:
    parts = []
    if row.unit_id:
        unit = unit_in(session, row.unit_id, Month.parse(period))
        parts.append(unit.name if unit else _named(package, row.unit_id))
    if row.item:
        parts.append(item_name(rules_in(session, Month.parse(period)).catalogue, row.item))
    if row.record:
        parts.append(_record_name(session, row, package))
    return " ".join(filter(None, parts))


def _named(package: VerifiedPackage | None, unit_id: str) -> str:
    versions = package.tables["unit_versions"] if package else []
    return next((str(version["name"]) for version in versions if version["unit_id"] == unit_id), unit_id)


def _record_name(session: Session, remark: Remark, package: VerifiedPackage | None) -> str:
    """A meeting by its number, a decision by its matter, an expense by number and summary: as the report has it, since
    what was returned is in the tables no more; of this desk's own, as they stand."""
    row = _carried(remark, package) or _recorded(session, remark)
    if not row:
        return ""
    if remark.place is RemarkPlace.MEETING:
        return str(row["number"] or row["title"])
    words = row["matter"] if remark.place is RemarkPlace.DECISION else row["summary"]
    return f"{row['number']}{'.' if remark.place is RemarkPlace.DECISION else ''} {str(words)[:_BRIEF]}"


def _carried(remark: Remark, package: VerifiedPackage | None) -> Mapping[str, object] | None:
    rows = package.tables[_RECORDS[remark.place][0]] if package is not None else []
    return next((row for row in rows if row["id"] == remark.record), None)


def _recorded(session: Session, remark: Remark) -> Mapping[str, object]:
    found = session.get(_RECORDS[remark.place][1], remark.record)
    return found.model_dump() if found is not None else {}
