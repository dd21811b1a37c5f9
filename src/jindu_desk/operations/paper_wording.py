"""The wording of the unit's papers."""

from __future__ import annotations

from collections.abc import Mapping

from jindu_desk.domain.changes import Changes
from jindu_desk.operations.settings import change_settings
from jindu_desk.queries.units import OwnUnit
from jindu_desk.reports.paper_wording import checked, field_named, key_of
from jindu_desk.store.engine import Store


def change_wording(store: Store, own: OwnUnit, typed: Mapping[str, str]) -> Changes:
    """Set these fields, all or none of them; an empty one is the usual again. Meetings that are there keep their words.

    Raises `UnknownWording` and what `checked` raises.
    """
    fields = {field_named(name): text for name, text in typed.items()}
    return change_settings(store, {key_of(each.name): checked(own.unit, each, text) for each, text in fields.items()})
