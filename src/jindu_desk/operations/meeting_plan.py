"""A step for operations that keep a meeting: its planned minutes, beside the items that reports carry."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, delete

from jindu_desk.domain.meeting_drafts import AgendaDraft
from jindu_desk.domain.meeting_plan import EARLIER_DECISIONS_AT, AgendaPlanFields
from jindu_desk.store.engine import Write
from jindu_desk.store.tables import AgendaPlan


def put_plan(w: Write, meeting_id: str, agenda: Sequence[AgendaDraft], follow_ups_planned: int | None) -> None:
    """Keep the plan of ``agenda``, which are the items as they are stored, in place of the one before."""
    w.session.execute(delete(AgendaPlan).where(col(AgendaPlan.meeting_id) == meeting_id))
    minutes = (follow_ups_planned, *(item.planned for item in agenda))
    for position, planned in enumerate(minutes, EARLIER_DECISIONS_AT):
        if planned is not None:
            values = {"meeting_id": meeting_id, "position": position, "planned": planned}
            w.session.add(AgendaPlan.model_validate(AgendaPlanFields.read(values).model_dump()))
    w.session.flush()
