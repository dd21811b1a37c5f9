"""What the receiver's own rules say of a received month."""

from __future__ import annotations

from sqlmodel import Session, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Level
from jindu_desk.domain.tallies.check_rules import Carried, Missing
from jindu_desk.errors.packages import Fault, RowsInvalid
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.queries.rules import rules, rules_in
from jindu_desk.queries.tallies import findings_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Cell


def refuse_unknown_items(store: Store, package: VerifiedPackage) -> None:
    """Raises `RowsInvalid` with every cell whose item is not in the catalogue or belongs in a row of another level."""
    items = rules(store, Month.parse(package.descriptor.period or "")).catalogue.items
    faults = []
    for number, row in enumerate(package.tables["cells"], 2):
        item = items.get(str(row["item"]))
        level = Level.TOWNSHIP if row["unit_id"] == row["township_id"] else Level.VILLAGE
        if item is None:
            faults.append(Fault("cells", number, "item", "unknown_item", str(row["item"])))
        elif item.level is not level:
            faults.append(Fault("cells", number, "item", "item_of_other_level", item.code))
    if faults:
        raise RowsInvalid(faults=faults)


def violations_in(session: Session, township_id: str, month: Month) -> tuple[str, ...]:
    """The hard checks that do not hold in a received month, each with its unit, in the words of the check: first
    where figures contradict each other, then where some are missing.

    What is carried over from last month is judged only where last month is here to compare with.
    """
    judges = rules_in(session, month).checks.judges
    carried = {judge.check.code for judge in judges if isinstance(judge.rule, Carried)}
    missing = {judge.check.code for judge in judges if isinstance(judge.rule, Missing)}
    before = session.exec(
        select(Cell.item).where(Cell.township_id == township_id, Cell.month == str(month.previous)).limit(1)
    ).first()
    broken = [
        judged
        for judged in findings_in(session, township_id, month)
        if judged.finding.hard and (before is not None or judged.finding.code not in carried)
    ]
    broken.sort(key=lambda judged: judged.finding.code in missing)
    return tuple(f"{judged.unit_name}：{judged.finding.officer}" for judged in broken)
