"""The list of papers."""

from __future__ import annotations

from collections.abc import Callable

from jindu_desk.reports.papers import PaperKind
from jindu_desk.ui.tables import Column


def purpose_of(kind: PaperKind, edited: bool) -> str:
    """What it is for, and whose words stand on it."""
    if not edited:
        return f"{kind.purpose}。"
    return f"{kind.purpose.partition('；')[0]}。文字已修改，不再随数据变化。"


def columns(is_edited: Callable[[PaperKind], bool]) -> tuple[Column[PaperKind], ...]:
    """``is_edited(kind)``: whether the unit's own text is printed."""

    def note(kind: PaperKind) -> str:
        if is_edited(kind):
            return "已修改"
        return "内部" if kind.inside else "空表" if kind.blank else "全年" if kind.per_year else ""

    def purpose(kind: PaperKind) -> str:
        return purpose_of(kind, is_edited(kind)).rstrip("。")

    return (
        Column("类别", lambda kind: kind.group.value, width=3),
        Column("文书", lambda kind: kind.name, tooltip=purpose, width=-1),
        Column("", note, tooltip=lambda kind: "内部留存，不外传" if kind.inside else purpose(kind), width=3),
    )
