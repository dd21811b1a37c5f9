"""How a package of any kind leaves the house: sign, keep a copy, encrypt, write, read back; only then is it recorded.

A failure at any point leaves no half file and no used-up number. Was the program killed after writing and before
recording, somebody may hold that file: as long as nothing changed since, the very same signed bytes are handed out
again, so that one number never stands for two contents.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from jindu_desk import __version__
from jindu_desk.domain.exchange import PackageKind, SentFields
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import (
    AGAIN,
    FILE_WORDS,
    ListsLostKey,
    ReadBackDiffers,
    SentCopyMissing,
    TargetExists,
    TargetNotAFolder,
)
from jindu_desk.errors.folder import writing_to
from jindu_desk.errors.packages import PackageError
from jindu_desk.files import sha256_hex, write_whole
from jindu_desk.operations.exchange.keys import OwnKeys
from jindu_desk.operations.exchange.recall import UNRECORDED, name_recorded
from jindu_desk.operations.exchange.report_upward import refuse_oversized
from jindu_desk.packages.descriptor import Party
from jindu_desk.packages.roster import Roster, RosterKey
from jindu_desk.packages.schema import Row
from jindu_desk.packages.sealing import is_sealed, seal, unseal
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.packages.write import PackageHead, WrittenPackage, sign_again, write_package
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.chains import audit_size_in, last_sent_in, roster_number_in, sent_history_in
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.units import UnitRow
from jindu_desk.store import audit
from jindu_desk.store.engine import Write
from jindu_desk.store.tables import Sent, Signer

PROGRAM = "jindu-desk"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be written. ``recipients``: the receiver's age recipients; none = not encrypted.

    ``label``: what the file's name says between the sender and the number.
    """

    kind: PackageKind
    sender: UnitRow
    receiver: UnitRow
    tables: Mapping[str, Iterable[Row]]
    recipients: Collection[str] = ()
    attachments: Sequence[tuple[str, bytes]] = ()
    period: Month | None = None
    revision: int = 1
    reason: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A package that lies at ``path``, was read back and is recorded. ``bytes``: of the file as it lies there."""

    path: Path
    kind: PackageKind
    number: int
    revision: int
    fingerprint: str
    file_sha256: str
    descriptor_sha256: str
    sent_at: datetime
    bytes: int
    encrypted: bool
    receiver: str


class Placing:
    """Packages written in one transaction: either all are recorded, or none of their files is left."""

    def __init__(self, paths: FolderPaths, keys: OwnKeys, target: Path) -> None:
        self._paths, self._keys, self._target = paths, keys, target
        self._written: list[Path] = []
        self._copies: list[Path] = []

    def place(self, w: Write, outgoing: Outgoing) -> Placed:
        """Raises `CannotWriteFile`, `DiskFull`, `TargetExists`, `ReadBackDiffers`, `RecipientUnreadable`,
        `TooLargeToSend`."""
        head = _head(w.session, outgoing, w.now)
        path = self._target / _file_name(outgoing, head.number)
        copy = self._paths.sent / f"{path.name}{UNRECORDED}"
        written = self._made(copy, outgoing, head)
        self._copies.append(copy)
        content = written.content
        if outgoing.recipients:
            content = seal(content, {*outgoing.recipients, self._keys.identity.recipient})
        if self._put(path, content, written.content):
            self._written.append(path)
        size, package = self._read_back(path, written, head)
        # Of a package that is handed out again, the length that it shows: the next proof starts from there.
        rows = package.audit_size if package.audit_size is not None else audit_size_in(w.session)
        w.session.add(Sent.model_validate(self._record(outgoing, head, written, path, rows).model_dump()))
        w.session.flush()
        return Placed(
            path=path,
            kind=outgoing.kind,
            number=head.number,
            revision=head.revision,
            fingerprint=written.fingerprint,
            file_sha256=written.file_sha256,
            descriptor_sha256=written.descriptor_sha256,
            sent_at=head.created,
            bytes=size,
            encrypted=bool(outgoing.recipients),
            receiver=outgoing.receiver.name,
        )

    def place_again(self, session: Session, row: Sent, recipients: Collection[str]) -> tuple[Path, int]:
        """Write a package once more, for the keys that its receiver has by now. Returns the file and its size.

        Its contents are what they were, and so is its signature, unless that key was revoked since: then the present
        one signs the same descriptor. What the stick still holds under its name stays: it may be for keys that are
        gone. Raises `SentCopyMissing`, `ListsLostKey` and as `place` does.
        """
        copy = self._paths.sent / row.file_name
        try:
            signed = copy.read_bytes()
        except OSError as error:
            raise SentCopyMissing(number=row.number) from error
        if sha256_hex(signed) != row.file_sha256:
            raise SentCopyMissing(number=row.number)
        if _is_revoked(session, row.signer):
            if row.kind in (PackageKind.ENROLMENT, PackageKind.DIRECTIVE):
                # They say which keys count, and cannot be believed under one that they do not name.
                raise ListsLostKey(number=row.number, what=FILE_WORDS[row.kind.value])
            signed = sign_again(verify_package(signed, None), signed, self._keys.signing)
        path = _free(self._target / row.file_name)
        content = seal(signed, {*recipients, self._keys.identity.recipient}) if recipients else signed
        if self._put(path, content, signed):
            self._written.append(path)
        return path, self._same_as(path, signed)

    def withdraw(self) -> None:
        """Also where only the commit failed: a package that is not on record must not leave the house."""
        for file in self._written:
            file.unlink(missing_ok=True)

    def settle(self) -> None:
        for copy in self._copies:
            name_recorded(copy)

    def _made(self, copy: Path, outgoing: Outgoing, head: PackageHead) -> WrittenPackage:
        """The package's bytes, kept as ``copy`` before anyone gets them."""
        written = write_package(outgoing.kind, head, outgoing.tables, self._keys.signing, outgoing.attachments)
        refuse_oversized(written.content, outgoing.attachments)
        with writing_to(copy):
            before = copy.read_bytes() if copy.exists() else None
            kept = self._same_contents(before, written, head) if before is not None else None
            if kept is not None and before is not None:
                return WrittenPackage(before, kept.descriptor_sha256, kept.file_sha256, kept.key.fingerprint)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.unlink(missing_ok=True)
        self._put(copy, written.content, written.content)
        return written

    def _same_contents(self, before: bytes, written: WrittenPackage, head: PackageHead) -> VerifiedPackage | None:
        roster = self._roster(head)
        try:
            kept = verify_package(before, roster)
        except PackageError:
            return None
        now = verify_package(written.content, roster)
        facts = [
            (d.kind, d.receiver.id, d.number, d.previous, d.period, d.revision, d.reason)
            for d in (kept.descriptor, now.descriptor)
        ]
        same = facts[0] == facts[1] and _contents(kept) == _contents(now)
        return kept if same else None

    def _put(self, path: Path, content: bytes, signed: bytes) -> bool:
        """Write a whole file. One that is there already is left alone if it holds the same package (False), else
        refused."""
        with writing_to(path):
            if path.exists():
                if path.is_file() and self._opened(path.read_bytes()) == signed:
                    return False
                raise TargetExists(file=str(path))
            write_whole(path, content)
        return True

    def _read_back(self, path: Path, written: WrittenPackage, head: PackageHead) -> tuple[int, VerifiedPackage]:
        """What lies on the stick now, through the same check as the receiver's. Returns its size, and what it is."""
        size = self._same_as(path, written.content)
        return size, verify_package(written.content, self._roster(head), head.receiver.id)

    def _same_as(self, path: Path, signed: bytes) -> int:
        """Raises `ReadBackDiffers` where the file does not hold these bytes, encrypted or not. Returns its size."""
        try:
            found = path.read_bytes()
        except OSError as error:
            raise ReadBackDiffers(folder=str(path.parent)) from error
        if self._opened(found) != signed:
            raise ReadBackDiffers(folder=str(path.parent))
        return len(found)

    def _opened(self, content: bytes) -> bytes | None:
        try:
            return unseal(content, [self._keys.identity]) if is_sealed(content) else content
        except PackageError:
            return None

    def _roster(self, head: PackageHead) -> Roster:
        return Roster((RosterKey(head.sender.id, self._keys.signing.public),))

    def _record(
        self, outgoing: Outgoing, head: PackageHead, written: WrittenPackage, path: Path, audit_size: int
    ) -> SentFields:
        return SentFields.read(
            {
                "stream": head.sender.id,
                "kind": outgoing.kind,
                "receiver": head.receiver.id,
                "number": head.number,
                "period": head.period,
                "revision": head.revision,
                "reason": head.reason,
                "descriptor_sha256": written.descriptor_sha256,
                "file_sha256": written.file_sha256,
                "file_name": path.name,
                "written_to": str(path.parent),
                "sent_at": head.created,
                "signer": written.fingerprint,
                "encrypted": bool(outgoing.recipients),
                "audit_size": audit_size,
            }
        )


@contextmanager
def placing(paths: FolderPaths, keys: OwnKeys, target: Path) -> Iterator[Placing]:
    """Around the transaction that records the packages: files of a failed one are taken away again.

    Raises `TargetNotAFolder`.
    """
    if not target.is_dir():
        raise TargetNotAFolder(folder=str(target))
    files = Placing(paths, keys, target)
    try:
        yield files
    except BaseException:
        files.withdraw()
        raise
    files.settle()


def _contents(package: VerifiedPackage) -> tuple[object, object]:
    """What a package says. Its audit chain is longer whenever anything happened in between, and says nothing else."""
    return {name: rows for name, rows in package.tables.items() if name != "audit"}, package.attachments.keys()


def _free(path: Path) -> Path:
    """``path``, or where there is a file already a name beside it."""
    place, number = path, 1
    while place.exists():
        place = path.with_stem(f"{path.stem}-{AGAIN}{number if number > 1 else ''}")
        number += 1
    return place


def _is_revoked(session: Session, fingerprint: str) -> bool:
    query = select(Signer.id).where(Signer.fingerprint == fingerprint, col(Signer.revoked_at).is_not(None))
    return session.exec(query).first() is not None


def history_rows(session: Session, kind: PackageKind, sender: UnitRow, receiver: UnitRow) -> list[dict[str, object]]:
    """The table ``history`` of the next package of this chain."""
    return [
        {"number": number, "descriptor_sha256": descriptor}
        for number, descriptor in sent_history_in(session, sender.id, kind, receiver.id)
    ]


def _head(session: Session, outgoing: Outgoing, now: datetime) -> PackageHead:
    last = last_sent_in(session, outgoing.sender.id, outgoing.kind, outgoing.receiver.id)
    return PackageHead(
        sender=_party(outgoing.sender),
        receiver=_party(outgoing.receiver),
        period=str(outgoing.period) if outgoing.period else None,
        revision=outgoing.revision,
        reason=outgoing.reason,
        number=(last.number if last else 0) + 1,
        previous=last.descriptor_sha256 if last else None,
        rules=rules_in(session, outgoing.period or Month.of(now.date())).version,
        roster=roster_number_in(session, outgoing.sender.reports_to),
        program=(PROGRAM, __version__),
        audit_head=audit.head(session),
        created=now.replace(microsecond=0),
    )


def _party(unit: UnitRow) -> Party:
    return Party(unit.id, unit.code, unit.name, unit.tier)


def _file_name(outgoing: Outgoing, number: int) -> str:
    name = _NOT_IN_NAMES.sub("-", outgoing.sender.name).strip(".- ") or outgoing.sender.code
    middle = _NOT_IN_NAMES.sub("-", outgoing.label).strip(".- ") or FILE_WORDS[outgoing.kind.value]
    return f"{name}-{middle}-{number}.jdpkg"
