"""What was handed in, as it is kept: the file under ``received`` and its row."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.exchange import ReceivedFields, Verdict
from jindu_desk.domain.free_text import LONG_TEXT, clean_text
from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.errors.exchange import NoSuchReceived
from jindu_desk.errors.folder import reading_from, writing_to
from jindu_desk.errors.packages import PackageTooLarge
from jindu_desk.files import sha256_hex, sha256_of_file, write_whole
from jindu_desk.operations.exchange.settle import REFUSED
from jindu_desk.packages.container import LARGEST_FILE, MB
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.units import unit_in
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Received, Signer

_DIGITS = re.compile(r"\d")


def content_of(file: Path) -> bytes:
    """The bytes of a file that is not too large; raises `PackageTooLarge`, `CannotReadFile`."""
    with reading_from(file):
        size = file.stat().st_size
        if size > LARGEST_FILE:
            raise PackageTooLarge(size=-(-size // MB), limit=LARGEST_FILE // MB)
        return file.read_bytes()


def keep(paths: FolderPaths, content: bytes) -> str:
    """Store the file as received; the same bytes once. Returns its hash; raises `DiskFull`, `CannotWriteFile`."""
    sha256 = sha256_hex(content)
    path = paths.received / f"{sha256}.jdpkg"
    with writing_to(path):
        # A copy that was lost or spoilt since is put back.
        if not path.is_file() or sha256_of_file(path) != sha256:
            paths.received.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
    return sha256


def keep_refused(
    store: Store, paths: FolderPaths, file: Path, content: bytes, verdict: Verdict, error: DeskError, sender: str
) -> tuple[str, str]:
    """Keep a file that was not taken, with the reason. Returns (id of its row, the sentence as recorded)."""
    sha256, explanation = keep(paths, content), _recordable(str(error))
    with store.write("refuse_package") as w:
        row = w.session.exec(select(Received).where(Received.file_sha256 == sha256)).first()
        if row is None or row.verdict in REFUSED:
            row = row or Received(id=str(uuid.uuid4()))
            fields = ReceivedFields.read(
                {
                    "file_sha256": sha256,
                    "file_name": _safe_name(file),
                    "received_at": w.now,
                    "verdict": verdict,
                    "from_unit": sender,
                    "explanation": explanation,
                }
            )
            row.sqlmodel_update(fields.model_dump())
            w.session.add(row)
            w.note(Subject.EXCHANGE, row.id, {"verdict": verdict.value, "error": error.code, "file": sha256})
        return row.id, explanation


_OF_FILE = select(Received).where(Received.file_sha256 == bindparam("file"))


def new_row(w: Write, file: Path, package: VerifiedPackage, verdict: Verdict, *, encrypted: bool) -> Received:
    """A row for a package not seen yet; one that was refused before (an unknown key, say) is taken over."""
    descriptor = package.descriptor
    unit = unit_in(w.session, descriptor.stream, Month.parse(descriptor.period or f"{w.now:%Y-%m}"))
    refused = w.session.scalars(_OF_FILE, {"file": package.file_sha256}).first()
    audit = next(iter(package.tables.get("audit", ())), None)
    fields = ReceivedFields.read(
        {
            "file_sha256": package.file_sha256,
            "file_name": refused.file_name if refused else _safe_name(file),
            "received_at": w.now,
            "verdict": verdict,
            "stream": descriptor.stream,
            "kind": descriptor.kind,
            "from_unit": unit.name if unit else descriptor.sender.name,
            "period": descriptor.period,
            "number": descriptor.number,
            "revision": descriptor.revision,
            "descriptor_sha256": package.descriptor_sha256,
            "previous_sha256": descriptor.previous,
            "audit_head": descriptor.audit_head,
            "signer": package.key.fingerprint,
            "encrypted": encrypted,
            "audit_size": audit["size"] if audit else None,
            "audit_root": audit["root"] if audit else "",
        }
    )
    row = refused or Received(id=str(uuid.uuid4()))
    row.sqlmodel_update(fields.model_dump())
    w.session.add(row)
    w.session.flush()
    return row


def take_signature(session: Session, row: Received, package: VerifiedPackage) -> None:
    """Where the key that signed the copy held was revoked since, hold the copy that its sender signed anew: who gets
    it from here must be able to trust it."""
    if row.file_sha256 == package.file_sha256:
        return
    query = select(Signer.id).where(Signer.fingerprint == row.signer, col(Signer.revoked_at).is_not(None))
    if session.exec(query).first() is not None:
        row.file_sha256, row.signer = package.file_sha256, package.key.fingerprint
        session.add(row)


def found_row(session: Session, received_id: str) -> Received:
    """Raises `NoSuchReceived`."""
    row = session.get(Received, received_id)
    if row is None:
        raise NoSuchReceived
    return row


def _recordable(sentence: str) -> str:
    """A sentence that may quote the file (a member's name, a claimed sender): never a personal number from it."""
    try:
        return clean_text(sentence, "explanation")
    except DeskError:
        return _DIGITS.sub("#", sentence)[:LONG_TEXT]


def _safe_name(file: Path) -> str:
    """The file's name as shown, or a plain word where the name itself may not be recorded."""
    try:
        return clean_text(file.name, "file_name", limit=200) or "package"
    except DeskError:
        return "package"
