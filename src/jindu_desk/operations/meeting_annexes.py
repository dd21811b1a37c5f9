"""Steps for operations that keep what is printed behind a version's minutes."""

from __future__ import annotations

from jindu_desk.domain.meeting_drafts import AnnexesDraft
from jindu_desk.queries.meeting_annexes import annexes_key
from jindu_desk.store.engine import Write
from jindu_desk.store.tables import Setting


def put_annexes(w: Write, meeting_id: str, annexes: AnnexesDraft) -> None:
    """Keep the choice in place of the one before; none leaves nothing."""
    if annexes != AnnexesDraft():
        w.session.merge(Setting(key=annexes_key(meeting_id), value=annexes.model_dump_json()))
    else:
        drop_annexes(w, meeting_id)


def drop_annexes(w: Write, meeting_id: str) -> None:
    if (row := w.session.get(Setting, annexes_key(meeting_id))) is not None:
        w.session.delete(row)
