"""Two reports of a district side by side: its own part, and township by township what changed inside.

What a district's report has of its townships counts as they signed it, so that the packages inside are compared, not
the rows that the district made of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from jindu_desk.domain.tallies.catalogue import Catalogue
from jindu_desk.domain.units import Tier
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.queries.exchange.compare import (
    CellDifference,
    Content,
    RecordsDifference,
    cell_differences,
    content_of,
    records_differences,
)
from jindu_desk.queries.exchange.nested_packages import SUFFIX, nested_entries, nested_package
from jindu_desk.queries.month_rows import own_rows


class InsideChange(StrEnum):
    NEW = "new"
    REPLACED = "replaced"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TownshipDifference:
    """A township whose package inside is another one. ``before`` and ``after``: number and revision, None where it has
    none; ``reason``: why it was corrected. ``cells``: how many differ, or how many a new one has and a gone one had.
    """

    unit_name: str
    change: InsideChange
    before: tuple[int, int] | None
    after: tuple[int, int] | None
    reason: str
    cells: int
    records: tuple[RecordsDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class InsideDifferences:
    """``cells``: the district's own, then of every township whose package was replaced; ``records``: the district's
    own. A township whose package did not change is not in ``townships``."""

    cells: tuple[CellDifference, ...]
    records: tuple[RecordsDifference, ...]
    townships: tuple[TownshipDifference, ...]


def inside_differences(before: VerifiedPackage, after: VerifiedPackage, catalogue: Catalogue) -> InsideDifferences:
    """What the report ``after`` of a district changes. Raises `PackageError` where a package inside cannot be read."""
    own_before, own_after = _own(before), _own(after)
    cells = list(cell_differences(own_before, own_after, catalogue))
    townships = []
    for one, other in _pairs(before, after):
        found, differing = _township(one, other, catalogue)
        townships.append(found)
        cells += differing
    return InsideDifferences(tuple(cells), records_differences(own_before, own_after), tuple(townships))


def _township(
    one: VerifiedPackage | None, other: VerifiedPackage | None, catalogue: Catalogue
) -> tuple[TownshipDifference, tuple[CellDifference, ...]]:
    there = other or one
    assert there is not None  # noqa: S101 - a pair has at least one side
    name = there.descriptor.sender.name
    if one is None or other is None:
        change = InsideChange.NEW if one is None else InsideChange.GONE
        reason = other.descriptor.reason if other is not None else ""
        cells = len(there.tables["cells"])
        return TownshipDifference(name, change, _place(one), _place(other), reason, cells), ()
    first, second = content_of(one), content_of(other)
    differing = cell_differences(first, second, catalogue, township=name)
    return (
        TownshipDifference(
            name,
            InsideChange.REPLACED,
            _place(one),
            _place(other),
            other.descriptor.reason,
            len(differing),
            records_differences(first, second),
        ),
        differing,
    )


def _pairs(
    before: VerifiedPackage, after: VerifiedPackage
) -> Iterator[tuple[VerifiedPackage | None, VerifiedPackage | None]]:
    """The packages inside that are not the same in both, by township, in the order of the second report."""
    same = {entry.sha256 for entry in nested_entries(before)} & {entry.sha256 for entry in nested_entries(after)}

    def others(package: VerifiedPackage) -> dict[str, VerifiedPackage]:
        opened = [nested_package(package, entry) for entry in nested_entries(package) if entry.sha256 not in same]
        return {nested.descriptor.stream: nested for nested in opened}

    first, second = others(before), others(after)
    for stream in [*second, *(stream for stream in first if stream not in second)]:
        yield first.get(stream), second.get(stream)


def _own(package: VerifiedPackage) -> Content:
    """The district's own rows, and the list of its townships; their villages are theirs to say."""
    rows = own_rows(package.tables, package.descriptor.period or "", package.descriptor.stream)
    units = [row for row in package.tables["units"] if row["tier"] is not Tier.VILLAGE]
    listed = {row["id"] for row in units}
    versions = [row for row in package.tables["unit_versions"] if row["unit_id"] in listed]
    papers = tuple(entry.sha256 for entry in package.descriptor.attachments if not entry.path.endswith(SUFFIX))
    return Content({**rows, "units": units, "unit_versions": versions}, papers)


def _place(package: VerifiedPackage | None) -> tuple[int, int] | None:
    return None if package is None else (package.descriptor.number, package.descriptor.revision or 1)
