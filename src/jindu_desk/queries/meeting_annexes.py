"""What is printed behind a version's minutes: kept as a setting under its id, as no row of the record depends on it."""

from __future__ import annotations

from pydantic import ValidationError
from sqlmodel import Session

from jindu_desk.domain.meeting_drafts import AnnexesDraft
from jindu_desk.store.tables import Setting


def annexes_key(meeting_id: str) -> str:
    return f"meetings.annexes:{meeting_id}"


def annexes_in(session: Session, meeting_id: str) -> AnnexesDraft:
    """What was chosen; nothing where another version of the program wrote it: the record itself is whole."""
    row = session.get(Setting, annexes_key(meeting_id))
    try:
        return AnnexesDraft.model_validate_json(row.value) if row else AnnexesDraft()
    except ValidationError:
        return AnnexesDraft()
