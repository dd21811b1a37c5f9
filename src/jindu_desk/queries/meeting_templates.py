"""The desk's templates for meetings; those that the program ships until it has its own."""

from __future__ import annotations

import tomllib

from jindu_desk.domain.meeting_templates import MeetingTemplates
from jindu_desk.paths import resource
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Setting

TEMPLATES_SETTING = "meetings.templates"


def meeting_templates(store: Store) -> MeetingTemplates:
    """The desk's own list; what cannot be read (another version of the program wrote it) gives the shipped one."""
    with store.read() as session:
        row = session.get(Setting, TEMPLATES_SETTING)
        own = row.value if row else None
    if own is not None:
        try:
            return MeetingTemplates.model_validate_json(own)
        except ValueError:
            pass
    return shipped_templates()


def shipped_templates() -> MeetingTemplates:
    return MeetingTemplates.model_validate(
        tomllib.loads(resource("meeting_templates.toml").read_text(encoding="utf-8"))
    )
