"""The desk's templates for meetings, saved as a whole: the list is small."""

from __future__ import annotations

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.meeting_templates import MeetingTemplates
from jindu_desk.queries.meeting_templates import TEMPLATES_SETTING
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Setting


def save_templates(store: Store, templates: MeetingTemplates) -> Changes:
    """Keep these as the desk's own. Texts were cleaned by their type when ``templates`` was made."""
    with store.write("save_templates") as w:
        w.session.merge(Setting(key=TEMPLATES_SETTING, value=templates.model_dump_json()))
        w.note(Subject.MEETINGS, TEMPLATES_SETTING, {"templates": len(templates.items)})
        return w.changes(TEMPLATES_SETTING)
