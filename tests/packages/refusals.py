"""How a package is asked for and how it must be refused: by one error, whose sentence can be shown as it is."""

from __future__ import annotations

import pytest
from tests.packages.forge import RECEIVER
from tests.packages.made_up import DISTRICT, OTHER_TOWNSHIP, TOWNSHIP, roster_of

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors import packages as errors
from jindu_desk.packages.roster import Roster
from jindu_desk.packages.verify import VerifiedPackage, verify_package

ROSTER = roster_of(TOWNSHIP.id, OTHER_TOWNSHIP.id, DISTRICT.id)
KINDS = list(PackageKind)
SNAPSHOTS = [kind for kind in KINDS if kind is not PackageKind.REPORT]


def verified(
    content: bytes,
    roster: Roster | None = ROSTER,
    receiver: str = "",
    kind: PackageKind = PackageKind.REPORT,
) -> VerifiedPackage:
    return verify_package(content, roster, receiver or RECEIVER[kind].id)


def refused(
    content: bytes,
    error: type[errors.PackageError],
    roster: Roster = ROSTER,
    kind: PackageKind = PackageKind.REPORT,
) -> errors.PackageError:
    with pytest.raises(errors.PackageError) as caught:
        verified(content, roster, kind=kind)
    assert type(caught.value) is error, repr(caught.value)
    assert str(caught.value).endswith("。")
    assert str(caught.value).isprintable()
    return caught.value


def faults(content: bytes, kind: PackageKind = PackageKind.REPORT) -> list[tuple[str, int, str, str]]:
    error = refused(content, errors.RowsInvalid, kind=kind)
    assert isinstance(error, errors.RowsInvalid)
    return [(fault.table, fault.row, fault.column, fault.code) for fault in error.faults]
