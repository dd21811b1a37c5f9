"""What a district's report holds: the rows of its townships, and the signed packages that they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from jindu_desk.domain.months import Month
from jindu_desk.errors.district_reports import NestedNoLongerGood, TooLargeToSend
from jindu_desk.errors.packages import PackageError, PackageTooLarge, TooManyMembers, UnpackedTooLarge
from jindu_desk.packages.container import LARGEST_FILE, MB, open_container
from jindu_desk.packages.csv_text import MOST_ROWS
from jindu_desk.packages.roster import Roster
from jindu_desk.packages.rows import Rows
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.district_month import TownshipMonth, TownshipState, township_months_in
from jindu_desk.queries.exchange.keys import roster_in
from jindu_desk.queries.exchange.nested_packages import SUFFIX
from jindu_desk.queries.exchange.received import received_content
from jindu_desk.queries.report_rows import district_rows
from jindu_desk.queries.units import UnitRow

_SEAL = 64 * 1024  # what encrypting adds to the largest file, with room for many recipients


@dataclass(frozen=True, slots=True)
class DistrictContents:
    """``packages``: (name for people, bytes as they were received)."""

    tables: Mapping[str, Rows]
    packages: list[tuple[str, bytes]]


def district_contents(session: Session, paths: FolderPaths, district: UnitRow, month: Month) -> DistrictContents:
    """Everything that counts for the month, verified once more: the city would find what no longer holds.

    Raises `NestedNoLongerGood`, `TooLargeToSend`, `ReceivedFileMissing`.
    """
    roster = roster_in(session)
    counted = [row for row in township_months_in(session, district.id, month) if row.state is TownshipState.COUNTED]
    packages: list[tuple[str, bytes]] = []
    tables: list[Mapping[str, Rows]] = []
    for row in counted:
        content = received_content(paths, row.file_sha256)
        tables.append(_verified(content, roster, district, row).tables)
        packages.append((f"{row.unit.name}-{month}{SUFFIX}", content))
    whole = district_rows(session, district.id, month, tables)
    longest = max(len(rows) for rows in whole.values())
    if longest > MOST_ROWS:
        raise TooLargeToSend(what="rows", size=longest, limit=MOST_ROWS, largest=largest_of(packages))
    return DistrictContents(whole, packages)


def refuse_oversized(content: bytes, attachments: Sequence[tuple[str, bytes]]) -> None:
    """Raises `TooLargeToSend` where no reader would open the package, before anything of it is on a stick."""
    if len(content) > LARGEST_FILE - _SEAL:
        size = -(-(len(content) + _SEAL) // MB)
        raise TooLargeToSend(what="file", size=size, limit=LARGEST_FILE // MB, largest=largest_of(attachments))
    try:
        open_container(content)
    except (PackageTooLarge, TooManyMembers, UnpackedTooLarge) as error:
        members = isinstance(error, TooManyMembers)
        raise TooLargeToSend(
            what="members" if members else "unpacked",
            size=error.facts["count" if members else "size"],
            limit=error.facts["limit"],
            largest=largest_of(attachments),
        ) from error


def largest_of(attachments: Sequence[tuple[str, bytes]]) -> list[str]:
    """The names of the three largest."""
    return [name for name, _ in sorted(attachments, key=lambda pair: -len(pair[1]))[:3]]


def _verified(content: bytes, roster: Roster, district: UnitRow, row: TownshipMonth) -> VerifiedPackage:
    try:
        return verify_package(content, roster, district.id)
    except PackageError as error:
        raise NestedNoLongerGood(unit=row.unit.name, cause=str(error)) from error
