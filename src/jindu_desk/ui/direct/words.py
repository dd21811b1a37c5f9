"""What the screen says of units, keys and rules, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from jindu_desk.domain.answers import AuditState
from jindu_desk.domain.duty_rules import Rhythm
from jindu_desk.domain.rule_sets import RuleName
from jindu_desk.domain.tallies.check_rules import Weight
from jindu_desk.queries.exchange.answers import AnswerRow
from jindu_desk.queries.exchange.direct import Directive
from jindu_desk.queries.exchange.direct_changes import ListChange, ListChangeKind
from jindu_desk.queries.exchange.introducers import Introducer
from jindu_desk.queries.exchange.key_list import KeyRow
from jindu_desk.reports.arrival_wording import returned_text
from jindu_desk.reports.exchange.said import change_in_words
from jindu_desk.reports.exchange.wording import introduced_text
from jindu_desk.ui.theme.tokens import Kind

NOTHING = "—"
_NAMED_TOGETHER = 3
NO_KEY = "本机还没有签名密钥。下级凭签名确认文件是本单位发出的，请先生成。"
FILE_NAMES = {
    RuleName.CATALOGUE: "台账目录",
    RuleName.CHECKS: "审核规则",
    RuleName.RATES: "比率公式",
    RuleName.EXPENSES: "经费类别",
}
WEIGHTS = {Weight.HARD: "强制", Weight.SOFT: "核实"}
_AUDIT: dict[AuditState, tuple[str, Kind]] = {
    AuditState.CONTINUES: ("接得上", "done"),
    AuditState.BROKEN: ("接不上", "wrong"),
    AuditState.UNKNOWN: (NOTHING, "plain"),
}
_AUDIT_SENTENCES = {
    AuditState.CONTINUES: "最近一次上报的变更记录接得上前一次，记录没有被改动过。",
    AuditState.BROKEN: "最近一次上报的变更记录接不上前一次：恢复过旧备份，或记录被改动过。请对方说明原因。",
    AuditState.UNKNOWN: "变更记录还没有可比较的：至少要收到两次上报。",
}


def audit_word(state: AuditState) -> tuple[str, Kind]:
    return _AUDIT[state]


def audit_sentence(state: AuditState) -> str:
    return _AUDIT_SENTENCES[state]


def held_text(row: AnswerRow) -> str:
    """Up to which number everything is here, and what is waited for."""
    held = f"第 {row.highest} 号" if row.highest else NOTHING
    return held if row.first_missing is None else f"{held}，缺第 {row.first_missing} 号"


def months_text(months: Sequence[str]) -> str:
    """``2026-09、2026-10``; many as their number."""
    return "、".join(months) if len(months) <= 2 else f"{months[0]} 等 {len(months)} 个月"


def owed_text(row: AnswerRow) -> str:
    """The months that never came, then those that were sent back."""
    returned = months_text([month for month, _ in row.returned_months])
    return "；".join(filter(None, (months_text(row.missing_months), f"{returned} 待更正" if returned else "")))


def owed_in_full(row: AnswerRow) -> str:
    missing = "、".join(row.missing_months)
    returned = (f"{month} {returned_text(on)}" for month, on in row.returned_months)
    return "；".join(filter(None, (missing, *returned)))


def answer_sentence(chosen: Sequence[AnswerRow]) -> str:
    """What 写回执 would write."""
    if not chosen:
        return "请在表里勾选要写回执的单位。有新情况的已先勾上。"
    plain = [row.unit.name for row in chosen if not row.encrypted]
    said = f"将给 {len(chosen)} 个单位各写一份回执"
    if plain and len(plain) == len(chosen):
        return f"{said}，都不加密。"
    return f"{said}，其中{_listed(plain)}不加密。" if plain else f"{said}，都加密。"


def plain_answers_question(chosen: Sequence[AnswerRow]) -> str:
    """Asked before answers that anybody can read are written; "" where all are encrypted."""
    plain = [row.unit.name for row in chosen if not row.encrypted]
    if not plain:
        return ""
    return f"还没有{_listed(plain)}的加密公钥，回执不加密，拿到文件的人都能读。\n请用专用U盘，当面交接。要写出吗？"


def directive_sentence(found: Directive) -> str:
    """Where the next directive stands."""
    first = f"将写第 {found.number} 号：所有下级单位用同一份，不加密，不含台账数据。"
    if found.last is None:
        return first
    number, moment = found.last
    return f"{first}上一份是第 {number} 号（{moment:%Y-%m-%d}）。"


def list_change_in_words(change: ListChange) -> str:
    return _LIST_WORDS[change.kind](change)


def list_changes_in_words(changes: Sequence[ListChange]) -> tuple[str, ...]:
    """A sentence each; units that a report brought all at once are named together."""
    lines: list[str] = []
    added: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        if change.kind is ListChangeKind.UNIT_ADDED:
            added.setdefault((change.after, change.since), []).append(change.name)
    for change in changes:
        together = added.get((change.after, change.since), []) if change.kind is ListChangeKind.UNIT_ADDED else []
        if len(together) <= _NAMED_TOGETHER:
            lines.append(list_change_in_words(change))
        elif change.name == together[0]:
            lines.append(list_change_in_words(replace(change, name=_listed(together))))
    return tuple(lines)


def changes_in_words(found: Directive) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(heading, sentences) of what changed since the last directive, without empty headings."""
    units = [change for change in found.list_changes if change.kind.value.startswith("unit")]
    keys = [change for change in found.list_changes if change not in units]
    groups = (
        ("单位名册", list_changes_in_words(units)),
        ("密钥", tuple(list_change_in_words(change) for change in keys)),
        ("指标、时限和规则", tuple(change_in_words(change) for change in found.rule_changes)),
    )
    return tuple((heading, lines) for heading, lines in groups if lines)


def no_changes_sentence(found: Directive) -> str:
    """Said where there is nothing to list, or nobody can say."""
    if not found.compared:
        return "上一份指令的底稿找不到或已被改动，无法比较。下一份照样写出全部内容，下级会看到自己那里的变化。"
    if found.last is None:
        return "还没有写过指令。第一份会带去单位名册、密钥、加密公钥；指标、时限和规则都按程序自带的。"
    return f"自第 {found.last[0]} 号指令以来没有变化，不用再写。"


def key_state(key: KeyRow) -> tuple[str, Kind]:
    if key.revoked_at is not None:
        return "已作废", "wrong"
    if key.waits:
        return "等着接替", "due"
    if key.own:
        return ("在用", "done") if key.signs else ("已换下", "plain")
    return "有效", "done"


def compared_text(key: KeyRow, by: Introducer | None = None) -> str:
    """How it came to be trusted. ``by``: the key that introduced it, where it was looked up."""
    if key.own:
        return "本机生成"
    if key.compared_at is not None:
        return f"{key.compared_at:%Y-%m-%d} 核对指纹"
    return introduced_text(by.unit_name if by else "", by.groups if by else ())


def validity_text(key: KeyRow) -> str:
    if key.valid_after is None and key.valid_before is None:
        return "不限"
    start = f"{key.valid_after:%Y-%m-%d}" if key.valid_after else ""
    end = f"{key.valid_before:%Y-%m-%d}" if key.valid_before else ""
    return f"{start} 至 {end}" if start and end else f"{start} 起" if start else f"至 {end}"


def day_text(value: str) -> str:
    """A deadline as `RulesAt` has it: days after the month's end, or dates."""
    if value.isdigit():
        return f"月后 {value} 天" if value != "0" else "当月内"
    return "、".join(f"{int(day[:2])}月{int(day[3:])}日" for day in value.split())


def sentence_pattern(sentence: str) -> str:
    """A check's sentence as it is written, with its figures left open."""
    return re.sub(r"\{[^{}]*\}", "…", sentence.replace("{kind}", "社区戒毒（康复）"))


def rhythm_text(rhythm: Rhythm) -> str:
    return {Rhythm.MONTHLY: "每月", Rhythm.HALF_YEARLY: "每半年", Rhythm.YEARLY: "每年"}.get(rhythm, "")


def percent_text(value: int | None) -> str:
    return "不作要求" if value is None else f"{value / 100:.2f}%"


def later_text(later: Iterable[tuple[str, str]]) -> str:
    """What is set for later months: ``2026-11 起停用``."""
    return "；".join(f"{since} 起{value}" for since, value in later) or NOTHING


def setter_text(name: str, *, own: bool) -> str:
    return "本级" if own else name or "程序自带"


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:3])
    return shown if len(names) <= 3 else f"{shown}等 {len(names)} 个单位"


def _read_out(fingerprint: str) -> str:
    """A fingerprint as people read it to each other."""
    return " ".join(re.findall(".{1,4}", fingerprint.removeprefix("SHA256:")))


def _ends(change: ListChange) -> str:
    return f"{change.name}撤销，管到 {change.after} 为止。" if change.after else f"{change.name}恢复，不再有终止月份。"


_LIST_WORDS: dict[ListChangeKind, Callable[[ListChange], str]] = {
    ListChangeKind.UNIT_ADDED: lambda c: (
        f"新增{c.name}" + (f"，报送给{c.after}" if c.after else "") + (f"，从 {c.since} 起" if c.since else "") + "。"
    ),
    ListChangeKind.UNIT_GONE: lambda c: f"{c.name}不再列入。",
    ListChangeKind.UNIT_RENAMED: lambda c: f"{c.before}从 {c.since} 起改名为{c.after}。",
    ListChangeKind.UNIT_MOVED: lambda c: f"{c.name}从 {c.since} 起改为报送给{c.after or '别的单位'}。",
    ListChangeKind.UNIT_BEGINS: lambda c: f"{c.name}的起始月份改为 {c.after or '不限'}。",
    ListChangeKind.UNIT_ENDS: _ends,
    ListChangeKind.UNIT_CODE: lambda c: f"{c.name}的区划代码由 {c.before or NOTHING} 改为 {c.after or NOTHING}。",
    ListChangeKind.KEY_ADDED: lambda c: f"{c.name}登记了新的签名密钥，指纹 {_read_out(c.after)}。",
    ListChangeKind.KEY_GONE: lambda c: f"{c.name}的一把密钥不再列入，指纹 {_read_out(c.before)}。",
    ListChangeKind.KEY_REVOKED: lambda c: (
        f"{c.name}的密钥作废，指纹 {_read_out(c.before)}" + (f"，理由：{c.after}" if c.after else "") + "。"
    ),
    ListChangeKind.KEY_ENDS: lambda c: (
        f"{c.name}的密钥只用到 {c.after}，指纹 {_read_out(c.before)}。"
        if c.after
        else f"{c.name}的密钥不再限期，指纹 {_read_out(c.before)}。"
    ),
    ListChangeKind.RECIPIENT_ADDED: lambda c: f"{c.name}有新的加密公钥，下级以后的上报加密给它。",
    ListChangeKind.RECIPIENT_GONE: lambda c: f"{c.name}的一把加密公钥停用。",
}
