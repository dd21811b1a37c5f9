"""What is said of an enrolment, a directive or an answer that was taken: in the words of its row and on its panel."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.rule_changes import ChangeKind, RuleChange

_MOST_LINES = 60
_PARTS = {
    "numerator": "分子",
    "denominator": "分母",
    "reviewer": "给审核人的提示",
    "officer": "给填报人的提示",
    "rules": "判断条件的数目",
    "department": "部门经济分类",
    "government": "政府经济分类",
    "payee": "收款对象",
    "unit": "计量单位",
    "source": "数据来源",
    "block": "所在分组",
    "nature": "时点或期间",
    "level": "村级或镇级",
    "valid_from": "启用月份",
    "part_of": "所属合计",
    "group": "分组",
    "carried": "结转",
    "derived": "计算公式",
    "at_least": "起判数",
    "percent": "百分比",
    "months": "回看月数",
    "per_mille": "概率门槛",
    "floor": "最低数",
    "a_year": "每年次数",
    "spread": "波动幅度",
    "times": "可能性倍数",
    "per": "按什么折算",
    "by": "可以解释的增减",
    "left": "左边的数",
    "right": "右边的数",
    "items": "涉及的项目",
}
_WEIGHTS = {"hard": "强制", "soft": "核实"}


def lines_of_answer(
    *,
    states: Iterable[tuple[int, str, ReceiptState, str]],
    unlocked: Iterable[tuple[str, str]],
    revoked: Iterable[str],
    waited_for: Iterable[tuple[str, str]],
    first_missing: int | None,
    not_held: Iterable[int],
    differing: Iterable[int],
    audit_broken: bool,
) -> tuple[str, ...]:
    """``states``: (number, month, state, reason) that are new. ``unlocked``: (month, reason). ``revoked``:
    fingerprints. ``waited_for``: (month, due day). ``not_held``: numbers that were sent from here and are not there."""
    lines: list[str] = []
    for number, period, state, reason in states:
        if state is ReceiptState.RETURNED:
            lines.append(f"{period} 第 {number} 号被退回：{reason}。该月已自动打开，请改正后再上报。")
        elif state is ReceiptState.ACCEPTED:
            lines.append(f"{period} 第 {number} 号已认可。")
        elif state is ReceiptState.RECEIVED:
            lines.append(f"{period} 第 {number} 号已收到，计入汇总。")
        elif state is ReceiptState.WAITING:
            lines.append(f"{period} 第 {number} 号已收到，还没有计入（等缺号、核对或确认）。")
        else:
            lines.append(f"{period} 第 {number} 号没有采用（已有更新的版本，或上级已锁定该月）。")
    lines += [f"{period} 已解锁，可以改正后再上报：{reason}" for period, reason in unlocked]
    lines += [f"上级作废了本单位的密钥（指纹 {fingerprint}）。请重新生成并交密钥登记包。" for fingerprint in revoked]
    if first_missing is not None:
        lines.append(f"上级缺第 {first_missing} 号，后面的包都在等它。请在“上报”页重新递交第 {first_missing} 号。")
    elif missing := "、".join(map(str, not_held)):
        lines.append(f"写这份回执时上级还没有收到第 {missing} 号。如已递交过，请在“上报”页重新递交。")
    if other := "、".join(map(str, differing)):
        lines.append(f"第 {other} 号在上级那里的内容与本机写出的不同，请马上打电话核对。")
    if audit_broken:
        lines.append("上级发现本单位的变更记录接不上前一次上报（恢复过旧备份，或记录被改动过），请说明原因。")
    lines += [f"{period} 的上报还没有收到，截止 {due}。" for period, due in waited_for]
    return tuple(lines)


def lines_of_directive(
    changes: Iterable[RuleChange],
    *,
    units: Iterable[str],
    keys: Iterable[str],
    revoked: Iterable[str],
    recipients: int,
    own_key_listed: bool,
) -> tuple[str, ...]:
    """What a directive changed here, one sentence each. ``units``: names that are new or changed."""
    lines = [f"登记上级的新签名密钥，指纹 {fingerprint}（由原来的密钥签名介绍）。" for fingerprint in keys]
    lines += [f"密钥作废，指纹 {fingerprint}。" for fingerprint in revoked]
    if recipients:
        lines.append("已有上级的加密公钥，以后的上报包自动加密。")
    lines += [f"单位名册：{name}。" for name in units]
    told = [change_in_words(change) for change in changes]
    lines += told[:_MOST_LINES]
    if len(told) > _MOST_LINES:
        lines.append(f"另有 {len(told) - _MOST_LINES} 处规则变化。")
    if not own_key_listed:
        lines.append("上级的名册里还没有本机的签名密钥：请把密钥登记包交给上级核对登记。")
    return tuple(lines)


def change_in_words(change: RuleChange) -> str:
    """One change of the rules as a sentence; where it holds from."""
    since = f"（{change.since} 起）" if change.since else ""
    return f"{_WORDS[change.kind](change)}{since}。"


def _named(change: RuleChange) -> str:
    return f"“{change.name}”（{change.code}）"


def _part(change: RuleChange) -> str:
    number, _, part = change.part.rpartition(".")
    word = _PARTS.get(part, part)
    return f"第 {number} 条的{word}" if number else word


def _values(change: RuleChange, show: Callable[[str], str] = str) -> str:
    before = show(change.before) if change.before else "没有"
    after = show(change.after) if change.after else "没有"
    return f"由 {before[:60]} 改为 {after[:60]}"


def _percent(text: str) -> str:
    return f"{int(text) / 100:.2f}%"


def _weight(text: str) -> str:
    return _WEIGHTS.get(text, text)


def _day(text: str) -> str:
    return f"月后 {text} 天" if text.isdigit() else "、".join(day.replace("-", "月") + "日" for day in text.split())


_WORDS: dict[ChangeKind, Callable[[RuleChange], str]] = {
    ChangeKind.TARGET: lambda c: f"目标“{c.name}”{_values(c, _percent)}",
    ChangeKind.DEADLINE: lambda c: f"时限“{c.name}”{_values(c, _day)}",
    ChangeKind.CHECK_ADDED: lambda c: f"新增审核{_named(c)}，{_weight(c.after)}",
    ChangeKind.CHECK_REMOVED: lambda c: f"取消审核{_named(c)}",
    ChangeKind.CHECK_OFF: lambda c: f"审核{_named(c)}停用",
    ChangeKind.CHECK_ON: lambda c: f"审核{_named(c)}启用",
    ChangeKind.CHECK_RENAMED: lambda c: f"审核 {c.code} 的名称{_values(c)}",
    ChangeKind.CHECK_WEIGHT: lambda c: f"审核{_named(c)}{_values(c, _weight)}",
    ChangeKind.THRESHOLD: lambda c: f"审核{_named(c)}{_part(c)}{_values(c)}",
    ChangeKind.CHECK_CHANGED: lambda c: f"审核{_named(c)}的{_part(c)}有变化",
    ChangeKind.ITEM_ADDED: lambda c: f"新增项目{_named(c)}",
    ChangeKind.ITEM_REMOVED: lambda c: f"取消项目{_named(c)}",
    ChangeKind.ITEM_ENDED: lambda c: f"项目{_named(c)}填到 {c.after} 为止" if c.after else f"项目{_named(c)}恢复填报",
    ChangeKind.ITEM_RENAMED: lambda c: f"项目 {c.code} 的名称{_values(c)}",
    ChangeKind.ITEM_CHANGED: lambda c: f"项目{_named(c)}的{_part(c)}有变化",
    ChangeKind.RATE_ADDED: lambda c: f"新增比率“{c.name}”",
    ChangeKind.RATE_REMOVED: lambda c: f"取消比率“{c.name}”",
    ChangeKind.RATE_RENAMED: lambda c: f"比率名称{_values(c)}",
    ChangeKind.RATE_FORMULA: lambda c: f"比率“{c.name}”的{_part(c)}{_values(c)}",
    ChangeKind.CATEGORY_ADDED: lambda c: f"新增经费类别“{c.name}”",
    ChangeKind.CATEGORY_REMOVED: lambda c: f"取消经费类别“{c.name}”",
    ChangeKind.CATEGORY_RENAMED: lambda c: f"经费类别名称{_values(c)}",
    ChangeKind.CATEGORY_CHANGED: lambda c: f"经费类别“{c.name}”的{_part(c)}{_values(c)}",
}
