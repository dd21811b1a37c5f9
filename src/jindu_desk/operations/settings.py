"""Settings of the unit (letterhead, wording) and unfinished forms."""

from __future__ import annotations

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.free_text import clean_text
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Draft, Setting


def change_setting(store: Store, key: str, value: str) -> Changes:
    """Set one of the unit's settings, e.g. the letterhead of its minutes."""
    with store.write("change_setting") as w:
        w.session.merge(Setting(key=key, value=clean_text(value, key)))
        w.note(Subject.SETTINGS, key, {"value": value})
        return w.changes(key)


def keep_draft(store: Store, key: str, body: str) -> None:
    """Keep an unfinished form (its own JSON) durably. Not a change of record, so not in the audit chain."""
    with store.write("keep_draft") as w:
        w.session.merge(Draft.model_validate({"key": key, "body": body, "saved_at": w.now}))


def drop_draft(store: Store, key: str) -> None:
    with store.write("drop_draft") as w:
        found = w.session.get(Draft, key)
        if found is not None:
            w.session.delete(found)
