"""A township's month that is ready to be reported, and the two desks that exchange it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.operations.exchange.filled_months import filled_once
from tests.operations.meeting_forms import signed

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Level
from jindu_desk.operations.exchange.keys import create_signing_key, trust_key
from jindu_desk.operations.exchange.report import ReportResult, report_month
from jindu_desk.operations.tallies import CellEdit, declare_nil_return, set_cells, set_source_notes
from jindu_desk.queries.exchange.keys import own_signer
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.units import units_below
from jindu_desk.settings.keys import KeyVault

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


MONTH = Month(2026, 10)


def vault_of(desk: Desk) -> KeyVault:
    """A vault that needs neither keyring nor passphrase, and its key recorded."""
    vault = KeyVault(desk.paths.keys, desk.unit.folder_id, demo=True)
    if own_signer(desk.store) is None:
        create_signing_key(desk.store, vault)
    return vault


def make_ready(desk: Desk, month: Month) -> None:
    """Meeting held and signed off, every village a nil return, the township's own row filled."""
    unit = desk.unit.unit
    signed(desk, month)
    fill_in(desk, month)
    assert unit.id


def fill_in(desk: Desk, month: Month) -> None:
    filled_once(desk, month, lambda: fill_by_operations(desk, month))


def fill_by_operations(desk: Desk, month: Month) -> None:
    township = desk.unit.unit.id
    villages = units_below(desk.store, township, month)
    for village in villages:
        declare_nil_return(desk.store, township, village.id, month, declared_by="测试丙")
    fill_own_row(desk, month)
    set_source_notes(desk.store, township, month, [village.id for village in villages], "上年台账")


def fill_own_row(desk: Desk, month: Month) -> None:
    township = desk.unit.unit.id
    items = [item.code for item in shipped_rules().catalogue.level_items(Level.TOWNSHIP) if item.typed]
    set_cells(desk.store, township, month, [CellEdit(township, code, 1) for code in items])


def reported(desk: Desk, month: Month, target: Path) -> ReportResult:
    make_ready(desk, month)
    return report_month(desk.store, vault_of(desk), desk.paths, month, target)


def enrol(district: Desk, township: Desk) -> None:
    vault_of(township)
    key = own_signer(township.store)
    assert key is not None
    trust_key(district.store, township.unit.unit.id, key.public_key, keeper=key.keeper, compared=" ".join(key.groups))
