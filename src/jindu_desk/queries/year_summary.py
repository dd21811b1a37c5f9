"""A unit's year: meetings, decisions, figures, money, duties, and the months that are missing in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from jindu_desk.domain.decisions import is_open, is_overdue
from jindu_desk.domain.duty_rules import DATED, DutyRow, DutyRule, DutyState
from jindu_desk.domain.expense_rules import Balance, Elapsed, elapsed_of, total_of
from jindu_desk.domain.meetings import DecisionState, MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.domain.units import Tier
from jindu_desk.queries.decisions import DecisionRow, decisions_in
from jindu_desk.queries.duties import duties_of_year
from jindu_desk.queries.expenses import BudgetLineRow, budget_lines_in, line_course_in
from jindu_desk.queries.totals import Arrival, Totals, all_cells, totals
from jindu_desk.queries.units import UnitRow
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import BudgetLine, Meeting


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    held_on: date | None
    signed: bool


@dataclass(frozen=True, slots=True)
class YearDecisions:
    """``made`` and ``done`` in the year; ``open`` and ``overdue`` at its end, whenever they were made."""

    made: int
    done: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A unit that holds meetings. ``meetings``: by number of the month; ``money``: at the year's end."""

    unit: UnitRow
    meetings: Mapping[int, HeldMeeting]
    decisions: YearDecisions
    money: Balance


@dataclass(frozen=True, slots=True)
class DutyCount:
    """A duty's periods of the year. ``late``: done after their day; ``missed``: that day is over; what fell due before
    the folder was begun counts nowhere."""

    rule: DutyRule
    on_time: int
    late: int
    missed: int
    to_come: int


@dataclass(frozen=True, slots=True)
class AbsentUnits:
    """Whose figures of a month are not in it. ``returned``: their month was sent back, with the day."""

    month: Month
    missing: tuple[UnitRow, ...]
    returned: tuple[tuple[UnitRow, date], ...]


@dataclass(frozen=True, slots=True)
class YearSummary:
    """``last``: the last month with figures, whose stocks are the year's; ``day``: the year's last day, or today.
    ``units``: of a township itself, of a district its townships; ``lines``: the unit's own budget, each with where it
    stands on ``day``. ``missing``: per month of the year so far the units whose figures are not in it; ``own_row``: of
    a township its own row of the sheet in ``last``."""

    owner: UnitRow
    year: int
    day: date
    last: Month
    totals: Totals
    units: tuple[UnitYear, ...]
    lines: tuple[tuple[BudgetLineRow, Balance], ...]
    elapsed: Elapsed
    duties: tuple[DutyCount, ...]
    missing: tuple[AbsentUnits, ...]
    own_row: Mapping[str, Cell]


def year_summary(store: Store, owner_id: str, year: int, today: date) -> YearSummary | None:
    """None where no month of the year has figures."""
    ends = min(Month(year, 12), Month.of(today))
    if ends.year != year:
        return None
    now = totals(store, owner_id, ends)
    come = {month: _absent(now, month) for month in ends.year_to_date}
    filled = [month for month, absent in come.items() if len(absent) < len(now.units)]
    if not filled:
        return None
    last = filled[-1]
    found = now if last == ends else totals(store, owner_id, last)
    owner, day = found.owner, min(date(year, 12, 31), today)
    township = owner.tier is Tier.TOWNSHIP
    with store.read() as session:
        held = [owner] if township else [row.unit for row in found.units]
        units = tuple(_unit(session, unit, year, day) for unit in held)
        lines = tuple((row, _at(session, row.id, day)) for row in budget_lines_in(session, owner_id, year))
    over = [month for month in ends.year_to_date if month.last_day < today or month in filled]
    return YearSummary(
        owner,
        year,
        day,
        last,
        found,
        units,
        lines,
        elapsed_of(year, day),
        _duties(duties_of_year(store, owner_id, year, today).rows),
        tuple(_absent_units(now, month, come[month]) for month in over if come[month]),
        all_cells(store, owner, last).get((owner.id, owner.id), {}) if township else {},
    )


def _absent(found: Totals, month: Month) -> tuple[UnitRow, ...]:
    """The units whose figures of ``month`` are not in the totals."""
    place = found.months.index(month)
    return tuple(row.unit for row in found.units if found.arrivals[row.unit.id][place] is not Arrival.COUNTED)


def _absent_units(found: Totals, month: Month, absent: tuple[UnitRow, ...]) -> AbsentUnits:
    returned = tuple((unit, on) for unit in absent if (on := found.returned.get((unit.id, month))) is not None)
    sent_back = {unit.id for unit, _ in returned}
    return AbsentUnits(month, tuple(unit for unit in absent if unit.id not in sent_back), returned)


def _unit(session: Session, unit: UnitRow, year: int, day: date) -> UnitYear:
    ids = session.exec(select(BudgetLine.id).where(BudgetLine.unit_id == unit.id, BudgetLine.year == year)).all()
    money = total_of(_at(session, line_id, day) for line_id in ids)
    return UnitYear(
        unit, _meetings(session, unit.id, year), _decisions(decisions_in(session, unit.id), year, day), money
    )


def _at(session: Session, line_id: str, day: date) -> Balance:
    return line_course_in(session, session.get_one(BudgetLine, line_id)).at(day)


def _meetings(session: Session, unit_id: str, year: int) -> dict[int, HeldMeeting]:
    """By the newest version of each month's."""
    rows = session.exec(
        select(Meeting)
        .where(Meeting.unit_id == unit_id, Meeting.month >= f"{year}-01", Meeting.month <= f"{year}-12")
        .order_by(col(Meeting.version))
    )
    return {
        Month.parse(row.month).number: HeldMeeting(
            row.starts_at.date() if row.starts_at else None, row.state is MeetingState.SIGNED_OFF
        )
        for row in rows
        if row.state is not MeetingState.PREPARING
    }


def _decisions(rows: Sequence[DecisionRow], year: int, day: date) -> YearDecisions:
    made = done = still = overdue = 0
    for row in rows:
        steps = [each.step for each in row.steps if each.step.on <= day]
        if not steps:
            continue
        last = steps[-1]
        made += row.decided_on.year == year
        done += last.state is DecisionState.DONE and last.on.year == year
        still += is_open(last.state)
        overdue += is_overdue(last.state, last.deadline, day)
    return YearDecisions(made, done, still, overdue)


def _duties(rows: Sequence[DutyRow]) -> tuple[DutyCount, ...]:
    """The duties with a date, in the order of the rules."""
    by_rule: defaultdict[str, list[DutyRow]] = defaultdict(list)
    for row in rows:
        if row.rule.rhythm in DATED and row.state is not DutyState.BEFORE_USE:
            by_rule[row.rule.code].append(row)
    return tuple(_count(of_rule) for of_rule in by_rule.values())


def _count(rows: Sequence[DutyRow]) -> DutyCount:
    done = [row for row in rows if row.done is not None]
    late = sum(_late(row) for row in done)
    missed = sum(row.overdue for row in rows)
    return DutyCount(rows[0].rule, len(done) - late, late, missed, len(rows) - len(done) - missed)


def _late(row: DutyRow) -> bool:
    """What has no day is taken as in time: the data shows it, and nothing says that it was late."""
    return row.done is not None and row.done.on is not None and row.due is not None and row.done.on > row.due
