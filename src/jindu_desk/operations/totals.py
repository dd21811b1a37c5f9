"""Targets for the rates, and the totals as a file that leaves the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlmodel import select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.operations.saving import save_file
from jindu_desk.queries.exchange.given_reasons import given_reasons
from jindu_desk.queries.protected_months import Told, tell_nobody
from jindu_desk.queries.protection import hiding_below
from jindu_desk.queries.totals import all_cells, totals
from jindu_desk.queries.units import units_below
from jindu_desk.reports.totals.totals_workbook import totals_xlsx
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import RateTarget


def export_totals(
    store: Store, owner_id: str, month: Month, target: Path, *, protected: bool, told: Told = tell_nobody
) -> None:
    """Write the totals of ``owner_id`` as .xlsx, ``protected`` where they leave the office.

    Raises `CannotProtect`, `DiskFull` or `CannotWriteFile`, and what ``told`` raises; then nothing is left.
    """
    found = totals(store, owner_id, month)
    names = {row.unit.id: row.unit.name for row in found.units}
    below = list(names)
    while below:  # a city's districts have townships, and these have villages
        units = units_below(store, below.pop(), month)
        names |= {unit.id: unit.name for unit in units}
        below += [unit.id for unit in units if unit.tier is not Tier.VILLAGE]
    names.setdefault(owner_id, found.owner.name)
    hiding = hiding_below(store, owner_id, month, told) if protected else None
    reasons = () if protected else given_reasons(store, owner_id, month)
    save_file(target, totals_xlsx(found, all_cells(store, found.owner, month), names, hiding, reasons))


def set_rate_targets(store: Store, unit_id: str, since: Month, targets: Mapping[str, int | None]) -> Changes:
    """What a district demands of its rates from ``since`` on (Art. 13(3)), in hundredths of a percent.

    None takes the target of that month away again; earlier months keep what was in force then.
    """
    with store.write("set_rate_targets") as w:
        for rate, target in targets.items():
            known = w.session.exec(
                select(RateTarget).where(
                    RateTarget.unit_id == unit_id, RateTarget.rate == rate, RateTarget.since == str(since)
                )
            ).one_or_none()
            if target is None and known is not None:
                w.session.delete(known)
            elif target is not None:
                fields = {"unit_id": unit_id, "rate": rate, "since": str(since), "target": target}
                w.session.merge(RateTarget.model_validate(fields))
        w.note(Subject.SETTINGS, str(since), {"targets": dict(targets)})
        return w.changes()
