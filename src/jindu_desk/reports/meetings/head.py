"""What every paper around a meeting says of it: its name, when and where, who leads and who writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.reports.wording import month_text, span_text

_MINUTES: Final = "纪要"
EARLIER_DECISIONS: Final = "听取上次会议议定事项落实情况"


@dataclass(frozen=True, slots=True)
class MeetingHead:
    """Empty where the record says nothing yet: on the paper a field for the pen."""

    unit: str
    name: str
    number: str = ""
    held: str = ""
    place: str = ""
    convenor: str = ""
    chair: str = ""
    recorder: str = ""


def head_of(meeting: MeetingWhole) -> MeetingHead:
    draft = meeting.draft
    return MeetingHead(
        meeting.unit_name,
        meeting_name(meeting),
        draft.number,
        span_text(draft.starts_at, draft.ends_at),
        draft.place,
        with_post(draft.convenor, draft.convenor_post),
        with_post(draft.chair, draft.chair_post),
        draft.recorder,
    )


def meeting_name(meeting: MeetingWhole) -> str:
    """The meeting itself: what its minutes are called, without the word for minutes."""
    named = meeting.draft.title.strip().removesuffix(_MINUTES)
    return named or f"{meeting.unit_name}{month_text(meeting.month)}例会"


def with_post(name: str, post: str) -> str:
    """``测试甲（党委书记）``."""
    return f"{name}（{post}）" if name and post else name
