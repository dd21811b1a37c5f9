"""A text that the unit worded itself, and what the program proposed when it did: what has changed in it since.

The proposal of then is a setting of its own beside the text. A text without it (kept by an earlier version) is compared
with nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest

from jindu_desk.domain.free_text import clean_text
from jindu_desk.errors import DeskError
from jindu_desk.queries.settings import settings
from jindu_desk.reports.papers import Occasion, PaperKind
from jindu_desk.reports.wording import short_date_text


@dataclass(frozen=True, slots=True)
class EditedText:
    """``known``: what the program proposed when somebody last compared, on ``known_on``; None where nobody kept it.
    ``proposed``: what it proposes now; empty where there is nothing to compare with, or nothing to propose."""

    text: str
    known: str
    known_on: date | None
    proposed: str

    @property
    def is_stale(self) -> bool:
        return self.known_on is not None and bool(self.proposed) and self.proposed != self.known


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that reads otherwise now; one of both is empty where it is new, or gone."""

    before: str
    now: str


def edited_text(kind: PaperKind, occasion: Occasion) -> EditedText | None:
    """The unit's own text of an editable paper; None where the program's is printed."""
    if not kind.editable:
        return None
    found, key = settings(occasion.store), kind.text_key(occasion.month)
    text = found.get(key, "")
    if not text.strip():
        return None
    known_on, known = _remembered(found.get(memory_key(key), ""))
    proposed = ""
    if known_on is not None:
        try:
            proposed = kind.proposed_text(occasion).strip()
        except DeskError:  # nothing to propose now: then nothing to compare with
            proposed = ""
    return EditedText(text, known, known_on, proposed)


def memory_key(text_key: str) -> str:
    """The setting beside the text that holds what was proposed then."""
    return f"{text_key}.proposed"


def memory_of(proposed: str, day: date) -> str:
    """As it is kept; empty where it may not be, so that it never stands in the way of the text itself."""
    try:
        return clean_text(f"{day.isoformat()}\n{proposed.strip()}", "")
    except DeskError:
        return ""


def _remembered(kept: str) -> tuple[date | None, str]:
    day, _, proposed = kept.partition("\n")
    try:
        return date.fromisoformat(day), proposed
    except ValueError:
        return None, ""


def changed_lines(known: str, proposed: str) -> tuple[ChangedLine, ...]:
    """What reads otherwise, line by line."""
    before, now = known.splitlines(), proposed.splitlines()
    blocks = SequenceMatcher(None, before, now, autojunk=False).get_opcodes()
    return tuple(
        ChangedLine(one, other)
        for tag, i, j, k, m in blocks
        if tag != "equal"
        for one, other in zip_longest(before[i:j], now[k:m], fillvalue="")
    )


def stale_sentence(edited: EditedText) -> str:
    """For the page, beside the paper."""
    when = short_date_text(edited.known_on) or "以前"
    return f"文字是按{when}的数据改的，之后数据有变：可以对照系统现在起草的文字。"


def stale_remarks(kinds: Iterable[PaperKind], occasion: Occasion) -> Iterator[str]:
    """For those who print without looking: one sentence for each paper whose text may be outdated."""
    for kind in kinds:
        edited = edited_text(kind, occasion)
        if edited is not None and edited.is_stale:
            yield (
                f"“{kind.name}”的文字是按{short_date_text(edited.known_on)}的数据改的，之后数据有变，印的仍是改过的文字；"
                "请在“文书”里对照系统现在起草的文字。"
            )
