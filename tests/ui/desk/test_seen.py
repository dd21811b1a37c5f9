"""What the desk showed is remembered whole, and believed only while the database is as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.operations.exchange.months import make_ready

from jindu_desk.domain.months import Month
from jindu_desk.queries.exchange.introductions import introductions
from jindu_desk.queries.overview import overview
from jindu_desk.queries.settings import unfinished
from jindu_desk.ui.desk.lines import seen_of
from jindu_desk.ui.desk.seen import Seen, as_text, from_text, last_seen, restamped, stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jindu_desk.app.desk import Desk

OCTOBER = Month(2026, 10)


def seen(desk: Desk) -> Seen:
    found, met = overview(desk.store, desk.unit, OCTOBER), introductions(desk.store)
    return seen_of(found, unfinished(desk.store), met, stamp_of(desk.paths))


def test_words_come_back_as_they_were(desk: Desk, make_desk: Callable[[str, str], Desk]) -> None:
    make_ready(desk, OCTOBER)
    for each in (desk, make_desk("district", "320411000000")):
        before = seen(each)
        assert before.glances
        assert before.duties
        assert before.keys
        assert from_text(as_text(before)) == before


def test_it_is_not_believed_after_a_change(desk: Desk) -> None:
    before = as_text(seen(desk))
    assert last_seen(before, desk.paths) is not None
    make_ready(desk, OCTOBER)
    assert last_seen(before, desk.paths) is None


def test_it_is_not_believed_on_another_day(desk: Desk) -> None:
    shown = seen(desk)
    day, rest = shown.stamp.split(":", 1)
    assert last_seen(as_text(replace(shown, stamp=f"2000-01-01:{rest}")), desk.paths) is None
    assert last_seen(as_text(replace(shown, stamp=f"{day}:{rest}")), desk.paths) == shown


def test_what_another_version_wrote_is_passed_over() -> None:
    for text in ("", "{", "[]", json.dumps({"month": "2026-10"}), json.dumps({"heads": 1})):
        assert from_text(text) is None


def test_closing_gives_the_same_words_another_stamp(desk: Desk) -> None:
    shown = seen(desk)
    moved = from_text(restamped(as_text(shown), "2026-10-28:1.2"))
    assert moved == replace(shown, stamp="2026-10-28:1.2")
