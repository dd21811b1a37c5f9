"""After an old backup was restored: packages that this desk wrote, but no longer remembers.

Their copies under ``sent/`` are not part of a backup of the database. What they used up must not be given out again:
the receiver would hold two contents under one number.
"""

from __future__ import annotations

from pathlib import Path

from sqlmodel import Session, col, select

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.exchange import MonthLockFields, PackageKind, SentFields
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import ReportsRecalled
from jindu_desk.errors.packages import PackageError
from jindu_desk.files import sha256_of_file
from jindu_desk.log import logger
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.chains import last_sent_in
from jindu_desk.queries.units import own_unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import MonthLock, Sent, Signer

UNRECORDED = ".unrecorded"
"""Ends the name of a copy whose package is not recorded yet; it is taken off after the record was committed."""


def recall_packages(store: Store, paths: FolderPaths, fingerprint: str) -> None:
    """Record forgotten packages of this desk's keys (``fingerprint``: the one in use); lock reported months again.

    Raises `ReportsRecalled` where there were any, so that a person knows before anything is written.
    """
    with store.read() as session:
        _name_recorded(session, paths)
        forgotten = _forgotten(session, paths, fingerprint)
    if not forgotten:
        return
    with store.write("recall_packages") as w:
        for path, package in forgotten:
            about = package.descriptor
            fields = SentFields.read(
                {
                    "stream": about.stream,
                    "kind": about.kind,
                    "receiver": about.receiver.id,
                    "number": about.number,
                    "period": about.period,
                    "revision": about.revision,
                    "reason": about.reason,
                    "descriptor_sha256": package.descriptor_sha256,
                    "file_sha256": package.file_sha256,
                    "file_name": path.name,
                    "written_to": "",
                    "sent_at": about.created,
                    "signer": package.key.fingerprint,
                    "audit_size": package.audit_size or 0,
                }
            )
            w.session.add(Sent.model_validate(fields.model_dump()))
            if about.period is not None:
                lock_month(w.session, about.stream, Month.parse(about.period), about.number, about.created)
            w.note(Subject.EXCHANGE, f"{about.stream}:{about.number}", {"recalled": package.descriptor_sha256})
    raise ReportsRecalled(
        numbers=[package.descriptor.number for _, package in forgotten],
        months=sorted({package.descriptor.period for _, package in forgotten if package.descriptor.period}),
    )


def lock_month(session: Session, unit_id: str, month: Month, number: int, at: object) -> None:
    """Close a month for the package ``number``; an earlier lock that was opened goes."""
    earlier = session.get(MonthLock, (unit_id, str(month)))
    if earlier is not None:
        session.delete(earlier)
        session.flush()
    fields = MonthLockFields.read({"unit_id": unit_id, "month": str(month), "sent_number": number, "locked_at": at})
    session.add(MonthLock.model_validate(fields.model_dump()))
    session.flush()


def name_recorded(copy: Path) -> None:
    """The package of this copy is recorded now. A name that cannot be changed is changed the next time."""
    try:
        copy.replace(copy.with_name(copy.name.removesuffix(UNRECORDED)))
    except OSError:
        logger.warning("a copy under sent keeps its provisional name", exc_info=True)


def _name_recorded(session: Session, paths: FolderPaths) -> None:
    """What was recorded by a run that was killed before it could name its copy."""
    for copy in paths.sent.glob(f"*{UNRECORDED}"):
        if session.exec(select(Sent.number).where(Sent.file_sha256 == sha256_of_file(copy))).first() is not None:
            name_recorded(copy)


def _forgotten(session: Session, paths: FolderPaths, fingerprint: str) -> list[tuple[Path, VerifiedPackage]]:
    """Own packages that continue their chains from the last one on record, chain by chain in their order."""
    own = own_unit_in(session, Month(2099, 12))
    if own is None:
        return []
    known = set(session.exec(select(Sent.file_name)))
    keys = {fingerprint, *session.exec(select(Signer.fingerprint).where(col(Signer.own).is_(True)))}
    chains: dict[tuple[PackageKind, str], dict[int, tuple[Path, VerifiedPackage]]] = {}
    for path in sorted(paths.sent.glob("*.jdpkg")):
        if path.name in known:
            continue
        try:
            package = verify_package(path.read_bytes(), None)
        except (PackageError, OSError):
            continue
        about = package.descriptor
        if about.stream == own.unit.id and package.key.fingerprint in keys:
            chains.setdefault((about.kind, about.receiver.id), {})[about.number] = path, package
    forgotten: list[tuple[Path, VerifiedPackage]] = []
    for (kind, receiver), found in chains.items():
        last = last_sent_in(session, own.unit.id, kind, receiver)
        number, head = (last.number, last.descriptor_sha256) if last else (0, None)
        while (following := found.get(number + 1)) is not None and following[1].descriptor.previous == head:
            forgotten.append(following)
            number, head = number + 1, following[1].descriptor_sha256
    return forgotten
