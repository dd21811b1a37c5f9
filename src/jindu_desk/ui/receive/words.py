"""Verdicts in a word, a sign and a colour, and the sum line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.exchange import Verdict
from jindu_desk.reports.exchange.wording import VerdictWords, kind_label, period_text, verdict_label
from jindu_desk.reports.exchange.wording import verdict_words as words_on_paper
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.theme.tokens import Kind

KINDS: dict[Verdict, Kind] = {
    Verdict.NEW: "done",
    Verdict.SAME: "plain",
    Verdict.REVISION: "due",
    Verdict.OLDER: "plain",
    Verdict.GAP: "due",
    Verdict.FORK: "wrong",
    Verdict.NOT_FOR_US: "wrong",
    Verdict.UNTRUSTED: "wrong",
    Verdict.DAMAGED: "wrong",
    Verdict.LOCKED: "due",
}
_AGAIN: dict[ReceiptState | None, str] = {
    ReceiptState.ACCEPTED: "重复，已认可",
    ReceiptState.RETURNED: "重复，已退回",
}
_SIGNS: dict[Verdict, str] = {
    Verdict.SAME: "copy",
    Verdict.OLDER: "history",
    Verdict.REVISION: "file-pen",
    Verdict.FORK: "git-fork",
    Verdict.NOT_FOR_US: "arrow-right",
    Verdict.DAMAGED: "circle-x",
    Verdict.LOCKED: "lock",
}
_SUMS: tuple[tuple[str, tuple[Verdict, ...]], ...] = (
    ("新收", (Verdict.NEW,)),
    ("更正", (Verdict.REVISION,)),
    ("重复或旧版本", (Verdict.SAME, Verdict.OLDER)),
    ("暂存", (Verdict.GAP, Verdict.LOCKED)),
    ("有问题", (Verdict.FORK, Verdict.NOT_FOR_US, Verdict.UNTRUSTED, Verdict.DAMAGED)),
)


def verdict_words(row: FileRow) -> tuple[str, Kind]:
    """The word of a row's verdict. What was confirmed, decided or judged no longer waits."""
    if row.own or row.new_key:
        return ("本单位写出的", "plain") if row.own else ("新密钥，等核对", "due")
    if row.verdict is Verdict.SAME:
        return _AGAIN.get(row.judged, "重复"), "done" if row.counted else "plain"
    if decided := _decided_words(row):
        return decided
    return (_in_use(row), "done") if row.counted else (verdict_label(row.verdict.value), KINDS[row.verdict])


def _decided_words(row: FileRow) -> tuple[str, Kind] | None:
    if row.judged is ReceiptState.RETURNED:
        return "已退回", "plain"
    if row.other_chosen:
        return "未采用（已认定）", "plain"
    if row.replaced:
        return "已被更正替换" if row.of_report else "已由新的代替", "plain"
    return None


def _in_use(row: FileRow) -> str:
    if row.judged is ReceiptState.ACCEPTED:
        return "已认可"
    if row.decided_reason:
        return verdict_label(Verdict.FORK.value, counted=True)
    return verdict_label(row.verdict.value, counted=True)


def verdict_sign(row: FileRow) -> str:
    """The icon of the headline; "" for the one that goes with the colour."""
    if row.own:
        return ""
    if row.new_key:
        return "key-round"
    if row.verdict is Verdict.SAME:
        return _SIGNS[row.verdict]
    if row.judged is ReceiptState.RETURNED:
        return "undo-2"
    return "" if row.counted or row.other_chosen else _SIGNS.get(row.verdict, "")


def long_words(row: FileRow, state: ReceiptState | None = None) -> VerdictWords:
    """Heading, meaning and what to do: the same on the screen and on the slip."""
    chosen = row.decided_reason != "" and row.counted and row.judged is None
    return words_on_paper(
        Verdict.FORK.value if chosen else row.verdict.value,
        row.kind.value if row.kind else "",
        counted=row.counted,
        state=state_told(row, state),
        other_chosen=bool(row.other_chosen),
        listed="\n" in row.explanation,
    )


def state_told(row: FileRow, state: ReceiptState | None) -> str:
    """What became of the report that the row is about, as `verdict_words` takes it. An old version that was read again
    is only old, whatever was decided about it before its correction came."""
    if row.own or row.new_key:
        return "own" if row.own else "new_key"
    if row.verdict is Verdict.OLDER and row.judged is None:
        return ""
    if row.verdict is Verdict.SAME:
        state = row.judged or (ReceiptState.RECEIVED if row.counted and row.of_report else None)
    known = state or row.judged
    return known.value if known else ""


def content_word(row: FileRow) -> str:
    """What is in it: the month of a report, else the kind."""
    if row.period:
        return row.period
    return kind_label(row.kind.value) if row.kind else ""


def content_sentence(kind: str, sender: str, period: str) -> str:
    """薛家镇 2026年10月 上报包."""
    return " ".join(filter(None, (sender, period_text(period) if period else "", kind_label(kind))))


def explanation_of(row: FileRow) -> str:
    """What was said of it when it came, unless a person decided since; and which held numbers it released."""
    if row.judged is ReceiptState.RETURNED and row.verdict is not Verdict.SAME:
        return f"{row.period} 第 {row.number} 号已退回，不计入汇总，等对方更正后再上报。"
    if row.other_chosen:
        return f"第 {row.number} 号已认定采用另一份：{row.other_chosen}。这一份没有采用。"
    if not row.released:
        return row.explanation
    numbers = "、".join(map(str, row.released))
    return f"{row.explanation}暂存的第 {numbers} 号接上了，现在也计入汇总。"


def runs_in_words(runs: Sequence[tuple[int, int]]) -> str:
    """第 2 号、第 4—6 号."""
    return "、".join(f"第 {first} 号" if first == last else f"第 {first}—{last} 号" for first, last in runs)


def sum_line(rows: Iterable[FileRow]) -> str:
    """新收 8 · 更正 0 · 重复或旧版本 1 · 暂存 0 · 有问题 1."""
    listed = list(rows)
    parts = [
        f"{word} {sum(row.verdict in verdicts and not row.own and not row.new_key for row in listed)}"
        for word, verdicts in _SUMS
    ]
    released = sum(len(row.released) for row in listed)
    if waiting := sum(row.new_key for row in listed):
        parts.append(f"等核对密钥 {waiting}")
    if own := sum(row.own for row in listed):
        parts.append(f"本单位写出的 {own}")
    return " · ".join([*parts, f"接上暂存 {released}"] if released else parts)
