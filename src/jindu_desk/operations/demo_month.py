"""One township's month of example data, made through the same operations that people use."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from jindu_desk.domain.expenses import FundSource, PayeeKind
from jindu_desk.domain.meeting_drafts import AgendaDraft, DecisionDraft, FollowUpDraft
from jindu_desk.domain.meetings import Attendance, DecisionState, Group
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Level
from jindu_desk.domain.tallies.cells import BLANK, Cell
from jindu_desk.domain.tallies.plausible import Size, plausible_month, plausible_township
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.expenses import ExpenseDraft, book_expense
from jindu_desk.operations.meeting_preparing import prepare_meeting
from jindu_desk.operations.meetings import save_meeting, sign_off
from jindu_desk.operations.tallies import CellEdit, give_reason, set_cells
from jindu_desk.paths import resource
from jindu_desk.queries import meetings, tallies
from jindu_desk.queries.expenses import expense_book
from jindu_desk.queries.meeting_decisions import FollowUpRow
from jindu_desk.queries.rules import rules
from jindu_desk.queries.units import UnitRow, units_below
from jindu_desk.store.engine import Store

Words = dict[str, object]


@cache
def words() -> Words:
    """The made-up words of ``resources/demo.toml``."""
    return tomllib.loads(resource("demo.toml").read_text(encoding="utf-8"))


def section(name: str) -> Words:
    found = words()[name]
    if not isinstance(found, dict):
        raise TypeError(name)
    return found


class DemoClock:
    """A clock that the example moves through its months."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Township:
    """A township whose example is being made. ``previous``: last month's row of each unit."""

    store: Store
    clock: DemoClock
    unit: UnitRow
    rng: Random
    previous: dict[str, dict[str, Cell]] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)

    def make_month(self, month: Month) -> None:
        """Fill, meet, spend; everything of the month is ready to be reported at the end."""
        villages = units_below(self.store, self.unit.id, month)
        day = datetime.combine(month.last_day - timedelta(days=self.rng.randint(1, 4)), time(9, 30))
        self.clock.now = day
        self._spend(month)
        self._fill(month, villages)
        self._meet(month, villages, day)
        self.clock.now = datetime.combine(month.next.first_day + timedelta(days=1), time(10, 0))

    def _fill(self, month: Month, villages: Sequence[UnitRow]) -> None:
        catalogue = rules(self.store, month).catalogue
        note = str(words()["opening_note"])
        edits: list[CellEdit] = []
        for village in villages:
            size = self.sizes.setdefault(village.id, self.rng.choice(tuple(Size)))
            before = self.previous.get(village.id)
            row = plausible_month(self.rng, catalogue, before, size)
            self.previous[village.id] = row
            for item in catalogue.level_items(Level.VILLAGE):
                opening = item.opens and before is None
                if (item.typed or opening) and row.get(item.code, BLANK) is not BLANK:
                    edits.append(CellEdit(village.id, item.code, row[item.code], note if opening else None))
        own = plausible_township(self.rng, catalogue, self.previous.get(self.unit.id))
        self.previous[self.unit.id] = own
        edits += [CellEdit(self.unit.id, code, cell) for code, cell in own.items()]
        set_cells(self.store, self.unit.id, month, edits)
        reasons = section("reasons")["words"]
        if not isinstance(reasons, list):
            raise TypeError(reasons)
        keeper = str(words()["keeper"])
        for number, judged in enumerate(tallies.findings(self.store, self.unit.id, month)):
            if judged.blocks and not judged.finding.hard:
                found = judged.finding
                reason = f"{judged.unit_name}：{reasons[number % len(reasons)]}"
                give_reason(self.store, self.unit.id, found.unit_id, month, found.key, reason, given_by=keeper)

    def _meet(self, month: Month, villages: Sequence[UnitRow], day: datetime) -> None:
        text = section("meeting")
        made = prepare_meeting(self.store, self.unit.id, month).key
        whole = meetings.meeting_whole(self.store, str(made))
        people = {row.unit_id: row.name for row in whole.draft.attendees}
        attendees = []
        for row in whole.draft.attendees:
            if row.group is Group.OBSERVER:
                attendees.append(row.model_copy(update={"attendance": Attendance.OBSERVER}))
                continue
            fate = self.rng.random()
            if row.group is Group.MEMBER and fate < 0.08:
                update = {"attendance": Attendance.EXCUSED, "note": str(text["excused"])}
            elif row.group is Group.MEMBER and fate < 0.14:
                update = {"attendance": Attendance.PRESENT, "substitute": f"{row.name}{text['substitute']}"}
            else:
                update = {"attendance": Attendance.PRESENT}
            attendees.append(row.model_copy(update=update))
        leader = whole.draft.chair or whole.draft.convenor
        agenda = [
            AgendaDraft(
                title=str(each["title"]), speaker=leader, planned=int(str(each["planned"])), said=str(each["said"])
            )
            for each in _tables(text["agenda"])
        ]
        decisions = [
            DecisionDraft(
                matter=str(each["matter"]),
                standard=str(each["standard"]),
                lead_unit=lead.name,
                helping_units=self.unit.name,
                person=people.get(lead.id, str(words()["keeper"])),
                deadline=day.date() + timedelta(days=self.rng.randint(15, 60)),
            )
            for each in self.rng.sample(_tables(text["decisions"]), self.rng.randint(2, 3))
            for lead in [self.rng.choice(villages)]
        ]
        draft = whole.draft.model_copy(
            update={
                "starts_at": day,
                "ends_at": day + timedelta(minutes=self.rng.choice((50, 65, 80))),
                "place": whole.draft.place or str(text["place"]),
                "attendees": tuple(attendees),
                "follow_ups_planned": text["follow_ups_planned"],
                "agenda": tuple(agenda),
                "decisions": tuple(decisions),
                "follow_ups": tuple(self._followed_up(row, whole, day.date()) for row in whole.follow_ups),
            }
        )
        save_meeting(self.store, draft)
        self.clock.now = day + timedelta(days=1)
        sign_off(self.store, draft, draft.chair or draft.convenor, (day + timedelta(days=1)).date())

    def _followed_up(self, row: FollowUpRow, whole: meetings.MeetingWhole, on: date) -> FollowUpDraft:
        text = section("meeting")["follow_up"]
        if not isinstance(text, dict):
            raise TypeError(text)
        leader = whole.draft.chair or whole.draft.convenor
        fate = self.rng.random()
        if row.state is DecisionState.COMPLETION_REQUESTED or fate < 0.55:
            return FollowUpDraft(
                decision_id=row.decision_id, state=DecisionState.DONE, note=text["done"], approved_by=leader
            )
        if fate < 0.65 and row.deadline is not None and row.deadline < on:
            return FollowUpDraft(
                decision_id=row.decision_id,
                state=DecisionState.POSTPONED,
                deadline=on + timedelta(days=30),
                note=text["postponed"],
                approved_by=leader,
            )
        return FollowUpDraft(decision_id=row.decision_id, state=DecisionState.IN_PROGRESS, note=text["progress"])

    def _spend(self, month: Month) -> None:
        text = section("expenses")
        book = expense_book(self.store, self.unit.id, month.year, month.last_day)
        if not book.lines:
            for wanted in _tables(text["lines"]):
                draft = BudgetLineDraft(
                    month.year,
                    str(wanted["category"]),
                    FundSource(str(wanted["fund_source"])),
                    int(str(wanted["yuan"])) * 100,
                    restricted=bool(wanted.get("restricted", False)),
                )
                add_budget_line(self.store, self.unit.id, draft)
            book = expense_book(self.store, self.unit.id, month.year, month.last_day)
        summaries, payees = text["entries"], text["payees"]
        if not (isinstance(summaries, dict) and isinstance(payees, dict)):
            raise TypeError(text)
        for line in book.lines:
            if self.rng.random() < 0.3:
                continue
            share = line.balance.adjusted_fen * self.rng.randint(55, 100) // 1300
            on = month.first_day + timedelta(days=self.rng.randint(3, 25))
            payee = str(payees[line.category])
            coded = payee == "BT"
            entry = ExpenseDraft(
                line.id,
                on,
                line.category,
                self.rng.choice(list(summaries[line.category])),
                min(share // 100 * 100, line.balance.left_fen),
                payee=f"{payee}-{month.year}{month.number:02}" if coded else payee,
                payee_kind=PayeeKind.CODED_RECEIPT if coded else PayeeKind.UNIT,
                voucher_number=f"{month.number:02}-{self.rng.randint(1, 9999):04}",
                voucher_on=on,
                papers=self.rng.randint(1, 4),
                handler=str(text["handler"]),
                witness=str(text["witness"]),
                approver=str(words()["keeper"]),
            )
            if entry.amount_fen > 0:
                book_expense(self.store, entry, confirmed=True)


def _tables(found: object) -> list[dict[str, object]]:
    if not isinstance(found, list):
        raise TypeError(found)
    return found
