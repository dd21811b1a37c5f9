"""Search across minutes and decisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.operations.meeting_forms import OCTOBER, SEPTEMBER, prepared, signed

from jindu_desk.domain.decisions import Step
from jindu_desk.domain.meeting_drafts import AgendaDraft, DecisionDraft
from jindu_desk.domain.meetings import DecisionState
from jindu_desk.operations.meeting_decisions import record_step
from jindu_desk.operations.meetings import attach_to_meeting, correct_meeting, save_meeting
from jindu_desk.queries import meeting_search
from jindu_desk.queries.meeting_search import Found, Place, search_meetings
from jindu_desk.queries.meetings import meeting_whole

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

SAID = "会议开头说了许多别的话，接着说到了很远的地方，" + "其间" * 20 + "要求做好秋季踏查工作，" + "此后" * 60
DECIDED = DecisionDraft(
    matter="开展 Autumn 100% 踏查", lead_unit="农业农村局", person="测试丁", deadline=date(2026, 10, 31)
)


@pytest.fixture
def searched(desk: Desk, tmp_path: Path) -> Desk:
    """September's meeting signed off, with a step after it and a file beside it; October's in preparation."""
    whole = signed(
        desk,
        SEPTEMBER,
        agenda=(AgendaDraft(title="通报情况", speaker="测试甲", said=SAID),),
        decisions=(
            DecisionDraft(
                matter="开展 Autumn 100% 踏查", lead_unit="农业农村局", person="测试丁", deadline=date(2026, 10, 31)
            ),
        ),
    )
    (decided,) = whole.draft.decisions
    assert decided.id is not None
    record_step(desk.store, decided.id, Step(date(2026, 10, 8), DecisionState.IN_PROGRESS, note="山脚已走完"))
    scan = tmp_path / "签到表（扫描）.pdf"
    scan.write_bytes(b"%PDF-1.4")
    attach_to_meeting(desk.store, desk.paths, whole.id, scan)
    prepared(desk, OCTOBER)
    return desk


def found(desk: Desk, text: str) -> Found:
    return search_meetings(desk.store, desk.unit.unit.id, text)


@pytest.mark.parametrize(
    ("text", "place", "field"),
    [
        ("三楼会议", Place.HEAD, "place"),
        ("秋季踏查", Place.AGENDA, "said"),
        ("autumn", Place.DECISION, "matter"),
        ("农业农村", Place.DECISION, "lead_unit"),
        ("山脚", Place.STEP, "note"),
        ("扫描", Place.ATTACHMENT, "name"),
    ],
)
def test_a_word_is_found_where_it_stands(searched: Desk, text: str, place: Place, field: str) -> None:
    hits = [hit for hit in found(searched, text).hits if hit.month == SEPTEMBER]
    assert [(hit.place, hit.field) for hit in hits] == [(place, field)]
    assert hits[0].hit.casefold() == text
    assert bool(hits[0].decision_id) is (place in (Place.DECISION, Place.STEP))


def test_a_hit_stands_in_its_context(searched: Desk) -> None:
    (hit,) = found(searched, "秋季").hits
    assert hit.before.startswith("…")
    assert hit.before.endswith("要求做好")
    assert hit.after.startswith("踏查工作")
    assert hit.after.endswith("…")
    assert hit.context.strip("…") in SAID


def test_all_words_must_stand_in_one_place_and_in_any_order(searched: Desk) -> None:
    assert [hit.place for hit in found(searched, "踏查 农业").hits] == [Place.DECISION]
    assert found(searched, "踏查 三楼").hits == ()


def test_signs_of_the_pattern_language_are_only_signs(searched: Desk) -> None:
    assert [hit.place for hit in found(searched, "100%").hits] == [Place.DECISION]
    assert found(searched, "1%0").hits == ()
    assert found(searched, "_").hits == ()
    assert found(searched, "  ").hits == ()


def test_attendees_are_found_by_their_post_the_newest_meeting_first(searched: Desk) -> None:
    hits = found(searched, "主任").hits
    assert {hit.place for hit in hits} == {Place.ATTENDEE}
    assert len(hits) == 30
    assert [hit.month for hit in hits] == [OCTOBER] * 15 + [SEPTEMBER] * 15
    assert [hit.row for hit in hits[:3]] == [1, 2, 3]


def test_the_newest_version_holds(searched: Desk) -> None:
    old = found(searched, "秋季踏查").hits[0]
    second = correct_meeting(searched.store, old.meeting_id, "理由").key
    assert second is not None
    draft = meeting_whole(searched.store, second).draft
    agenda = (draft.agenda[0].model_copy(update={"said": "改成了别的话"}),)
    save_meeting(searched.store, draft.model_copy(update={"agenda": agenda}))
    assert found(searched, "秋季踏查").hits == ()
    (new,) = found(searched, "改成了").hits
    assert (new.meeting_id, new.month) == (second, SEPTEMBER)


def test_who_finds_too_much_is_told(searched: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not found(searched, "主任").more
    monkeypatch.setattr(meeting_search, "MOST", 20)
    cut = found(searched, "主任")
    assert (len(cut.hits), cut.more) == (20, True)


def test_other_units_meetings_are_not_ours(searched: Desk) -> None:
    assert search_meetings(searched.store, "another-unit", "踏查").hits == ()
