"""Units named on the command line: by name, 12-digit code or id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jindu_desk.domain.months import Month

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.queries.units import UnitRow


def unit_named(desk: Desk, text: str, month: Month | None = None) -> UnitRow:
    """The one unit that ``text`` names. Raises `UnknownUnit`."""
    from jindu_desk.errors.units import UnknownUnit
    from jindu_desk.queries.units import all_units

    rows = all_units(desk.store, month or Month.of(desk.store.clock().date()))
    found = [row for row in rows if text in (row.name, row.code, row.id)]
    if len(found) != 1:
        raise UnknownUnit(unit=text)
    return found[0]
