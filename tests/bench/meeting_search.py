"""Search across ten years of minutes: 120 meetings of 20 items, 31 attendees and 5 decisions each with its steps.

    python tests/bench/meeting_search.py [--rounds 20]

Beside reading every text of the same tables once. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

TOWNSHIP = "320412411000"  # 南夏墅街道, 31 villages
YEARS, ITEMS, DECISIONS = 10, 20, 5
WORDS = ("踏查", "尿检 家访", "第117次", "主任", "没有这样的词", "会议")
PHRASES = (
    "会议听取了各村关于本月工作的汇报",
    "要求压实责任、按时报送",
    "对重点地块开展踏查并做好记录",
    "继续做好尿检和家访工作",
    "组织志愿者到学校开展宣传",
    "对上次议定事项逐项督办",
    "经费按预算执行，年底前完成结算",
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    from tests.shipped_desks import set_up_shipped

    from jindu_desk.app.desk import Desk
    from jindu_desk.queries.decisions import decision_board
    from jindu_desk.queries.meeting_search import search_meetings

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.open(Path(folder) / "data", create=True, clock=lambda: datetime(2026, 10, 28, 9, 30))
        set_up_shipped(desk, TOWNSHIP)
        unit_id = desk.unit.unit.id
        characters = fill(desk, unit_id)
        print(f"{YEARS * 12} meetings, {characters / 1e6:.1f} million characters of text")
        floor = median(lambda: read_all(desk), rounds)
        print(f"every text read once: {floor * 1000:.1f} ms")
        for text in WORDS:
            hits = len(search_meetings(desk.store, unit_id, text).hits)
            spent = median(lambda text=text: search_meetings(desk.store, unit_id, text), rounds)  # type: ignore[misc]
            print(f"search “{text}”: {hits} hits, {spent * 1000:.1f} ms, {spent / floor:.1f} ×")
        spent = median(lambda: decision_board(desk.store, unit_id, closed=True), rounds)
        print(f"the board with all {YEARS * 12 * DECISIONS} decisions: {spent * 1000:.1f} ms")
        desk.close(backup=False)


def median(work: Callable[[], object], rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def fill(desk: Any, unit_id: str) -> int:
    """Made-up minutes straight into the tables; how many characters they have."""
    from sqlmodel import insert

    from jindu_desk.store import tables

    chance = Random(4)
    meetings: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    people, decisions, steps = [], [], []
    for n in range(YEARS * 12):
        day = date(2017 + n // 12, n % 12 + 1, 20)
        key = f"meeting-{n}"
        head = {"id": key, "series": key, "version": 1, "unit_id": unit_id, "month": f"{day:%Y-%m}"}
        meetings.append(
            filled(tables.Meeting, head | {"title": f"测试街道第{n}次会议", "place": "会议室", "state": "drafted"})
        )
        for at in range(1, ITEMS + 1):
            said = "，".join(chance.choice(PHRASES) for _ in range(20)) + "。"
            items.append({"meeting_id": key, "position": at, "title": f"议程{at}", "speaker": "测试甲", "said": said})
        for at in range(1, 32):
            row = {
                "meeting_id": key,
                "position": at,
                "group": "member",
                "unit_name": f"测试{at}村",
                "name": f"测试{at}",
            }
            people.append(filled(tables.Attendee, row | {"post": "主任", "attendance": "present"}))
        for at in range(1, DECISIONS + 1):
            decided = f"decision-{n}-{at}"
            row = {"id": decided, "series": key, "unit_id": unit_id, "number": at, "decided_on": day}
            decisions.append(filled(tables.Decision, row | {"matter": chance.choice(PHRASES), "lead_unit": "测试站"}))
            for step, state in enumerate(("not_started", "in_progress", "done"), 1):
                on = day + timedelta(days=10 * step)
                row = {"decision_id": decided, "position": step, "on": on, "state": state, "note": "正在办理"}
                steps.append(filled(tables.DecisionStep, row | {"approved_by": "测试甲" if state == "done" else ""}))
    with desk.store.write("fill") as w:
        for table, rows in (
            (tables.Meeting, meetings),
            (tables.AgendaItem, items),
            (tables.Attendee, people),
            (tables.Decision, decisions),
            (tables.DecisionStep, steps),
        ):
            w.session.execute(insert(table), rows)
    return sum(len(item["said"]) + len(item["title"]) for item in items)


def filled(table: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    """A whole row: what is not given as the table has it."""
    return dict(table.model_validate(values).model_dump())


def read_all(desk: Any) -> int:
    from sqlmodel import select

    from jindu_desk.store import tables

    with desk.store.read() as session:
        said = session.execute(select(tables.AgendaItem.title, tables.AgendaItem.speaker, tables.AgendaItem.said)).all()
        people = session.execute(select(tables.Attendee.unit_name, tables.Attendee.name, tables.Attendee.post)).all()
        matters = session.execute(select(tables.Decision.matter, tables.Decision.lead_unit)).all()
        notes = session.execute(select(tables.DecisionStep.note)).all()
    return len(said) + len(people) + len(matters) + len(notes)


if __name__ == "__main__":
    main()
