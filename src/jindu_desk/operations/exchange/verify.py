"""Checking a package without a data folder, a window or a network: what a third party does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jindu_desk.domain.exchange import Verdict
from jindu_desk.errors.folder import reading_from
from jindu_desk.errors.packages import PackageError, PackageNotForUs, PackageTooLarge, RowsInvalid, UntrustedPackage
from jindu_desk.operations.exchange.differences import compare
from jindu_desk.operations.exchange.nested import open_report
from jindu_desk.packages.container import LARGEST_FILE, MB
from jindu_desk.packages.descriptor import Descriptor
from jindu_desk.packages.roster import Roster, read_roster
from jindu_desk.packages.verify import verify_package


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """``verdict`` is None for a good package, else damaged, untrusted or not_for_us with its sentence and code.

    ``signer_known``: a roster was given and names the key. ``rows``: table → how many rows. ``nested``: how many
    township packages lie in a district's report, all of them checked too. ``faults``: what is wrong in the rows; of a
    good one, where a district's rows are not those that its townships signed.
    """

    verdict: Verdict | None
    sentence: str
    code: str
    signer_known: bool
    keeper: str
    fingerprint: str
    descriptor: Descriptor | None
    descriptor_sha256: str
    file_sha256: str
    rows: dict[str, int]
    faults: tuple[str, ...]
    nested: int = 0

    @property
    def good(self) -> bool:
        return self.verdict is None


def verify_file(content: bytes, roster: Roster | None) -> FileVerdict:
    """Check ``content``. Without a roster the contents are checked against the key in the file: whole, but by whom?"""
    try:
        package = verify_package(content, roster)
        report = open_report(package, roster)
    except PackageError as error:
        verdict = Verdict.DAMAGED
        if isinstance(error, UntrustedPackage):
            verdict = Verdict.UNTRUSTED
        elif isinstance(error, PackageNotForUs):
            verdict = Verdict.NOT_FOR_US
        faults = tuple(map(str, error.faults)) if isinstance(error, RowsInvalid) else ()
        return FileVerdict(verdict, str(error), error.code, False, "", "", None, "", "", {}, faults)
    return FileVerdict(
        None,
        "",
        "",
        package.signer is not None,
        package.signer.keeper if package.signer else "",
        package.key.fingerprint,
        package.descriptor,
        package.descriptor_sha256,
        package.file_sha256,
        {name: len(rows) for name, rows in package.tables.items()},
        compare(package, report.nested).differences,
        len(report.nested),
    )


def verify_path(path: Path, roster_path: Path | None = None) -> FileVerdict:
    """`verify_file` on files. Revoked keys are read from ``<roster>.revoked`` where that lies beside the roster.

    Raises `CannotReadFile`, `RosterUnreadable`.
    """
    roster = None
    if roster_path is not None:
        beside = roster_path.with_name(f"{roster_path.name}.revoked")
        revoked = _read(beside) if beside.exists() else b""
        roster = read_roster(_read(roster_path).decode("utf-8", "replace"), revoked.decode("utf-8", "replace"))
    with reading_from(path):
        size = path.stat().st_size
    if size > LARGEST_FILE:
        error = PackageTooLarge(size=-(-size // MB), limit=LARGEST_FILE // MB)
        return FileVerdict(Verdict.DAMAGED, str(error), error.code, False, "", "", None, "", "", {}, ())
    return verify_file(_read(path), roster)


def _read(path: Path) -> bytes:
    with reading_from(path):
        return path.read_bytes()
