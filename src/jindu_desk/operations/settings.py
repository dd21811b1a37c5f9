"""Settings of the unit (letterhead, wording) and unfinished forms."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.free_text import clean_text, without_numbers
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Draft, Setting

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # the id of a record, whatever its digits are


def change_setting(store: Store, key: str, value: str) -> Changes:
    """Set one of the unit's settings, e.g. the letterhead of its minutes."""
    return change_settings(store, {key: value})


def change_settings(store: Store, values: Mapping[str, str]) -> Changes:
    """Set several of the unit's settings in one go; an empty value takes one back to what it is where nobody set it."""
    with store.write("change_settings") as w:
        changed: dict[str, object] = {}
        for key, value in values.items():
            text, row = clean_text(value, key), w.session.get(Setting, key)
            if text == (row.value if row else ""):
                continue
            if text:
                w.session.merge(Setting(key=key, value=text))
            else:
                w.session.delete(row)
            changed[key] = text
        if changed:
            w.note(Subject.SETTINGS, " ".join(changed), changed)
        return w.changes(next(iter(changed), None))


def keep_draft(store: Store, key: str, body: str) -> None:
    """Keep an unfinished form (its own JSON) durably. Not a change of record, so not in the audit chain.

    An ID or mobile number in a text is masked: it could not be saved, and a draft lies in the folder too.
    """
    kept = json.dumps(_without_personal_numbers(json.loads(body)), ensure_ascii=False)
    with store.write("keep_draft") as w:
        w.session.merge(Draft.model_validate({"key": key, "body": kept, "saved_at": w.now}))


def _without_personal_numbers(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_personal_numbers(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_personal_numbers(part) for part in value]
    return without_numbers(value) if isinstance(value, str) and not _UUID.fullmatch(value) else value


def drop_draft(store: Store, key: str) -> None:
    with store.write("drop_draft") as w:
        found = w.session.get(Draft, key)
        if found is not None:
            w.session.delete(found)
