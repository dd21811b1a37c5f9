"""What can be wrong with a district's report and the township packages inside it; and what is said of one that counts.

A package inside a package that does not pass keeps the whole out: what the district says in its place is not believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import FIELD_LABELS
from jindu_desk.errors.packages import DamagedPackage, UntrustedPackage, printable

# --- at the district --------------------------------------------------------------------------------------


class TownshipsMissing(DeskError):
    sentence = "{month} 还有 {count} 个镇（街道）没有计入：{names}。请先催报；确实要先报，请写明理由。"

    def __init__(self, *, month: str, names: Sequence[str]) -> None:
        super().__init__(month=month, count=len(names), names=shortened(names))


class NestedNoLongerGood(DeskError):
    sentence = "“{unit}”计入的数据包现在通不过检查，不能随附上报，没有写出：{cause}"


class TooLargeToSend(DeskError):
    sentence = (
        "这份上报装不进一个数据包（{what}），没有写出。其中最大的是：{largest}。"
        "请让这些单位减少随附的文件，更正后重新递交，再上报。"
    )
    limits: ClassVar[dict[str, str]] = {
        "file": "会有 {size} MB，上限 {limit} MB",
        "members": "会有 {size} 个文件，上限 {limit} 个",
        "unpacked": "解开会有 {size} MB，上限 {limit} MB",
        "rows": "一张表会有 {size} 行，上限 {limit} 行",
    }

    def __init__(self, *, what: str, size: object, limit: object, largest: Sequence[str]) -> None:
        super().__init__(what=self.limits[what].format(size=size, limit=limit), largest=shortened(largest))


# --- at the city ------------------------------------------------------------------------------------------


class NestedKeyUnknown(UntrustedPackage):
    sentence = (
        "随附的{unit}的数据包，签名密钥（指纹 {fingerprint}）没有登记，{district}的这份上报没有读入。"
        "请先读入{district}最新的指令（里面有各镇、街道的密钥），再读入一次；还不行，请与{district}电话核对。"
    )


class NestedKeyRevoked(UntrustedPackage):
    sentence = (
        "随附的{unit}的数据包，签名密钥已经作废（指纹 {fingerprint}），{district}的这份上报没有读入。"
        "请{district}让该单位用新密钥重新递交这个月的数据包，再上报一次。"
    )


class NestedUntrusted(UntrustedPackage):
    sentence = "随附的{unit}的数据包没有通过检查，{district}的这份上报没有读入：{cause}"


class NestedDamaged(DamagedPackage):
    sentence = "随附的{unit}的数据包没有通过检查，{district}的这份上报没有读入：{cause}"


class NestedNotBelow(UntrustedPackage):
    sentence = (
        "按本单位的名册，随附的{unit}不是{district}的镇（街道），{district}的这份上报没有读入。"
        "请先读入{district}最新的指令，或与{district}核对名册。"
    )


class NestedOtherMonth(UntrustedPackage):
    sentence = (
        "随附的{unit}的数据包是 {found} 的，不是 {period} 的，{district}的这份上报没有读入。请{district}重新导出。"
    )


class NestedTwice(UntrustedPackage):
    sentence = "{unit}的数据包随附了两份，{district}的这份上报没有读入。请{district}重新导出。"


# --- what is said of a district's report ------------------------------------------------------------------

INCOMPLETE = "其中缺 {count} 个镇（街道）：{names}。"
INCOMPLETE_WHY = "理由：{reason}"
# Followed by a line for each.
DIFFERENT = "上报的数据有 {count} 处与镇（街道）签名的不同，以签名的为准。"
UNSIGNED = "{unit}：没有随附它签名的数据包，上报的 {rows} 行没有计入。"

_TABLES = {
    "officials": "责任人员",
    "meetings": "例会",
    "attendees": "例会出席",
    "agenda_items": "例会议程",
    "figures": "例会数据",
    "decisions": "议定事项",
    "decision_steps": "督办",
    "signed_decisions": "纪要所载事项",
    "cells": "台账",
    "nil_returns": "零报告",
    "reasons": "核实说明",
    "budget_lines": "预算科目",
    "adjustments": "预算调整",
    "expenses": "经费",
}
_VALUES = {
    "True": "是",
    "False": "否",
    "not_applicable": "无此情况",
    "unknown": "未掌握",
}
_LONGEST = 40
THERE = "有这一行"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a district's rows have otherwise than the package that the township signed.

    ``record``: which row, as people tell it; ``column`` is "" where the whole row is on one side only. ``said``: what
    the district's report has, ``signed``: what the township signed; None where there is no such row, `THERE` where
    there is one and nothing more is told of it.
    """

    unit: str
    table: str
    record: str
    column: str
    said: object
    signed: object

    def __str__(self) -> str:
        place = f"“{self.unit}”{_TABLES[self.table]} {printable(self.record)}".rstrip()
        if self.column and self.column not in ("value", "state"):
            place = f"{place} 的{FIELD_LABELS.get(self.column, self.column)}"
        return f"{place}：上报为 {_shown(self.said)}，签名的是 {_shown(self.signed)}。"


def shortened(names: Sequence[str], most: int = 5) -> str:
    return "、".join(names[:most]) + (f" 等 {len(names)} 个" if len(names) > most else "")


def _shown(value: object) -> str:
    if value is None:
        return "没有这一行"
    text = printable(_VALUES.get(str(value), str(value)))
    return f"“{text[:_LONGEST]}…”" if len(text) > _LONGEST else text or "空"
