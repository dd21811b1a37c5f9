"""What was decided about a received package, by whom and when: read from the audit chain."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from jindu_desk.domain.changes import Subject
from jindu_desk.queries.exchange.received import rivals
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Audit

_STEPS = {
    "decided": "decided",
    "confirmed": "confirmed",
    "judgement_withdrawn": "withdrawn",
}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One step. ``step``: received, refused, accepted, returned, withdrawn, confirmed, decided. ``of_other``: it was
    decided for the other package under the same number. ``seq``: its place in the audit chain."""

    seq: int
    at: datetime
    by: str
    step: str
    reason: str
    of_other: bool


def package_history(store: Store, received_id: str) -> tuple[HistoryRow, ...]:
    """Oldest first; of a fork also what was decided for the others. Raises `NoSuchReceived`."""
    others = {row.id for row in rivals(store, received_id)} - {received_id}
    with store.read() as session:
        own = _rows(session, received_id, of_other=False)
        decided = [row for other in others for row in _rows(session, other, of_other=True) if row.step == "decided"]
    return tuple(sorted((*own, *decided), key=lambda row: row.seq))


def _rows(session: Session, record: str, *, of_other: bool) -> list[HistoryRow]:
    query = select(Audit).where(Audit.subject == Subject.EXCHANGE.value, Audit.record == record)
    found = []
    for row in session.exec(query.order_by(col(Audit.seq))):
        detail = json.loads(row.detail)
        if step := _step(detail):
            at = datetime.fromisoformat(row.at)
            found.append(HistoryRow(row.seq, at, row.actor, step, str(detail.get("reason", "")), of_other))
    return found


def _step(detail: dict[str, object]) -> str:
    if "judged" in detail:
        return str(detail["judged"])
    if "verdict" in detail:
        return "refused" if "error" in detail else "received"
    return next((step for name, step in _STEPS.items() if name in detail), "")
