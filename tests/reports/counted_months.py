"""A district's desk with months of its townships that count, written into the tables: few figures, so that everything
can be added up by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlmodel import SQLModel, col, delete, select

from jindu_desk.app.desk import Desk
from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.decisions import Step
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.domain.units import Tier
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Cell, Decision, DecisionStep, Meeting, Receipt, Received, Unit, UnitVersion


def write(desk: Desk, *rows: SQLModel) -> None:
    with desk.store.write("test") as w:
        for row in rows:
            w.session.add(row)
            w.session.flush()


def add_villages(desk: Desk, township_id: str, *names: str) -> tuple[str, ...]:
    """Villages below a township; returns their ids."""
    ids = tuple(f"{township_id}-{number}" for number in range(len(names)))
    for number, (village, name) in enumerate(zip(ids, names, strict=True)):
        version = {"unit_id": village, "since": "2020-01", "name": name, "reports_to": township_id}
        write(
            desk,
            Unit.model_validate({"id": village, "tier": Tier.VILLAGE, "position": number}),
            UnitVersion.model_validate(version),
        )
    return ids


def count_month(
    desk: Desk, township_id: str, month: Month, cells: Mapping[tuple[str, str], int], *, day: int = 3, **fields: object
) -> None:
    """A report of ``month`` that counts: (unit, item) → figure, received on ``day`` of the month after."""
    received = datetime.combine(month.last_day, datetime.min.time()) + timedelta(days=day, hours=9)
    row = {
        "id": f"{township_id}-{month}",
        "file_sha256": "0" * 64,
        "file_name": "测试.jdpkg",
        "received_at": received,
        "verdict": Verdict.NEW,
        "counted": True,
        "stream": township_id,
        "kind": PackageKind.REPORT,
        "period": str(month),
        "number": month.number,
        "revision": 1,
        "descriptor_sha256": "1" * 64,
        "signer": "SHA256:测试",
        **fields,
    }
    write(desk, Received.model_validate(row))
    for (unit, item), value in cells.items():
        cell = {"township_id": township_id, "unit_id": unit, "month": str(month), "item": item, "value": value}
        write(desk, Cell.model_validate({**cell, "state": CellState.NUMBER}))


def send_back(store: Store, township_id: str, month: Month, at: datetime) -> None:
    """The counted report of ``month`` is returned: its figures and its meeting are in the tables no more."""
    with store.write("test") as w:
        row = w.session.exec(
            select(Received).where(Received.stream == township_id, Received.period == str(month))
        ).one()
        row.counted = False
        fields = {"number": row.number, "period": row.period, "revision": row.revision, "decided_at": at}
        told = {"state": ReceiptState.RETURNED, "reason": "请核对", "descriptor_sha256": row.descriptor_sha256}
        w.session.add(Receipt.model_validate({"stream": township_id, **fields, **told}))
        w.session.execute(delete(Cell).where(col(Cell.township_id) == township_id, col(Cell.month) == str(month)))
        held = select(Meeting.id).where(Meeting.unit_id == township_id, Meeting.month == str(month))
        for meeting in w.session.exec(held).all():
            w.session.execute(delete(DecisionStep).where(col(DecisionStep.decision_id) == meeting))
            w.session.execute(delete(Decision).where(col(Decision.id) == meeting))
            w.session.execute(delete(Meeting).where(col(Meeting.id) == meeting))


def hold_meeting(desk: Desk, unit_id: str, held: date, *steps: Step, signed: bool = True) -> None:
    """A meeting with one decision that went through ``steps``; without any it decided nothing."""
    month, key = Month.of(held), f"{unit_id}-{held}"
    fields: dict[str, object] = {"id": key, "series": key, "unit_id": unit_id, "month": str(month)}
    start = datetime.combine(held, datetime.min.time()).replace(hour=9)
    signature = {"state": MeetingState.SIGNED_OFF, "signed_by": "测试甲", "signed_on": held}
    write(
        desk,
        Meeting.model_validate(
            {**fields, "starts_at": start, **(signature if signed else {"state": MeetingState.DRAFTED})}
        ),
    )
    if steps:
        decision = {"id": key, "series": key, "unit_id": unit_id, "number": 1, "decided_on": held, "matter": "测试事项"}
        write(desk, Decision.model_validate(decision))
    for position, step in enumerate(steps):
        told = {"on": step.on, "state": step.state, "deadline": step.deadline, "approved_by": step.approved_by}
        write(desk, DecisionStep.model_validate({"decision_id": key, "position": position, **told}))
