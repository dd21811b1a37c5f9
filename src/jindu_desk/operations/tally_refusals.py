"""What a cell may not be given: another unit's item, no count, another figure than follows from the rest. And what
a finding may not: the reason that was given for everything else."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlmodel import Session, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Catalogue, Level
from jindu_desk.domain.tallies.cells import BLANK, LARGEST, Cell
from jindu_desk.domain.tallies.reasons import CHECKS_PER_REASON, code_of
from jindu_desk.errors.entry import NotACount
from jindu_desk.errors.tallies import (
    CarriedCell,
    DerivedCell,
    FigureTooLarge,
    ItemEnded,
    ItemNotOfUnit,
    ReasonForEverything,
    UnitNotInSheet,
)
from jindu_desk.store.tables import Reason


def refuse_wrong_row(
    catalogue: Catalogue, unit_id: str, code: str, township_id: str, villages: Collection[str], month: Month
) -> None:
    """A cell of another unit, or an item of another level. Raises `ItemNotOfUnit`, `UnitNotInSheet`, `UnknownItem`.

    An item that has ended takes no figures any more: `ItemEnded`.
    """
    item = catalogue.item(code)
    if item.ends_before(str(month)):
        raise ItemEnded(name=item.name, until=item.valid_until)
    if unit_id == township_id:
        if item.level is not Level.TOWNSHIP:
            raise ItemNotOfUnit(name=item.name)
    elif unit_id not in villages:
        raise UnitNotInSheet(month=str(month))
    elif item.level is not Level.VILLAGE:
        raise ItemNotOfUnit(name=item.name)


def refuse_no_count(cell: Cell) -> None:
    """Numbers are counts. Raises `NotACount`, `FigureTooLarge`."""
    if isinstance(cell, int):
        if isinstance(cell, bool) or cell < 0:
            raise NotACount(text=str(cell))
        if cell > LARGEST:
            raise FigureTooLarge(text=str(cell), limit=LARGEST)


def refuse_other_figures(catalogue: Catalogue, given: Mapping[str, Cell], computed: Mapping[str, Cell]) -> None:
    """A carried or derived cell given with another figure than it has. Raises `CarriedCell`, `DerivedCell`."""
    for code, cell in given.items():
        if cell is not BLANK and cell != computed.get(code, BLANK):
            item = catalogue.item(code)
            raise (CarriedCell if item.carried else DerivedCell)(name=item.name)


def refuse_for_everything(session: Session, township_id: str, month: Month, key: str, reason: str) -> None:
    """Many villages may have the same reason; many different checks hardly. Raises `ReasonForEverything`."""
    same = session.exec(
        select(Reason.check).where(
            Reason.township_id == township_id, Reason.month == str(month), Reason.reason == reason
        )
    )
    others = {code_of(each) for each in same} - {code_of(key)}
    if len(others) >= CHECKS_PER_REASON:
        raise ReasonForEverything(text=reason[:20], count=len(others))
