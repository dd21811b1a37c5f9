"""Verdicts in a word and a colour, and the sum line."""

from __future__ import annotations

from collections.abc import Iterable

from jindu_desk.domain.exchange import Verdict
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.theme.tokens import Kind

WORDS: dict[Verdict, tuple[str, Kind]] = {
    Verdict.NEW: ("新收", "done"),
    Verdict.SAME: ("重复", "plain"),
    Verdict.REVISION: ("更正待确认", "due"),
    Verdict.OLDER: ("旧版本", "plain"),
    Verdict.GAP: ("缺前号，暂存", "due"),
    Verdict.FORK: ("编号冲突", "wrong"),
    Verdict.NOT_FOR_US: ("不是发给本单位", "wrong"),
    Verdict.UNTRUSTED: ("来源不可信", "wrong"),
    Verdict.DAMAGED: ("已损坏", "wrong"),
    Verdict.LOCKED: ("本月已锁定", "due"),
}
_SUMS: tuple[tuple[str, tuple[Verdict, ...]], ...] = (
    ("新收", (Verdict.NEW,)),
    ("更正", (Verdict.REVISION,)),
    ("重复或旧版本", (Verdict.SAME, Verdict.OLDER)),
    ("暂存", (Verdict.GAP, Verdict.LOCKED)),
    ("有问题", (Verdict.FORK, Verdict.NOT_FOR_US, Verdict.UNTRUSTED, Verdict.DAMAGED)),
)


def verdict_words(row: FileRow) -> tuple[str, Kind]:
    """The word of a row's verdict. What was confirmed or decided no longer waits."""
    if row.counted and row.verdict is Verdict.REVISION:
        return "更正已采用", "done"
    if row.verdict in (Verdict.NEW, Verdict.REVISION) and not row.counted and row.replaced:
        return "已被更正替换", "plain"
    return WORDS[row.verdict]


def sum_line(rows: Iterable[FileRow]) -> str:
    """新收 8 · 更正 0 · 重复或旧版本 1 · 暂存 0 · 有问题 1."""
    listed = list(rows)
    parts = [f"{word} {sum(row.verdict in verdicts for row in listed)}" for word, verdicts in _SUMS]
    return " · ".join(parts)
