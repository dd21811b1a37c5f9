"""Settings of the unit (letterhead, wording) and unfinished forms."""

from __future__ import annotations

import json
import re

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.free_text import clean_text
from jindu_desk.errors.entry import IdNumberInText, PhoneNumberInText
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Draft, Setting

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # the id of a record, whatever its digits are


def change_setting(store: Store, key: str, value: str) -> Changes:
    """Set one of the unit's settings, e.g. the letterhead of its minutes."""
    with store.write("change_setting") as w:
        w.session.merge(Setting(key=key, value=clean_text(value, key)))
        w.note(Subject.SETTINGS, key, {"value": value})
        return w.changes(key)


def keep_draft(store: Store, key: str, body: str) -> None:
    """Keep an unfinished form (its own JSON) durably. Not a change of record, so not in the audit chain.

    A text with an ID or mobile number in it is left out: it could not be saved, and a draft lies in the folder too.
    """
    kept = json.dumps(_without_personal_numbers(json.loads(body)), ensure_ascii=False)
    with store.write("keep_draft") as w:
        w.session.merge(Draft.model_validate({"key": key, "body": kept, "saved_at": w.now}))


def _without_personal_numbers(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_personal_numbers(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_personal_numbers(part) for part in value]
    return "" if isinstance(value, str) and _has_personal_number(value) else value


def _has_personal_number(text: str) -> bool:
    if _UUID.fullmatch(text):
        return False
    try:
        clean_text(text, "", limit=len(text))
    except (IdNumberInText, PhoneNumberInText):
        return True
    return False


def drop_draft(store: Store, key: str) -> None:
    with store.write("drop_draft") as w:
        found = w.session.get(Draft, key)
        if found is not None:
            w.session.delete(found)
