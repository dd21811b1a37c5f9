"""The list of papers."""

from __future__ import annotations

from jindu_desk.reports.papers import PaperKind
from jindu_desk.ui.tables import Column


def _note(kind: PaperKind) -> str:
    return "内部" if kind.inside else "空表" if kind.blank else "全年" if kind.per_year else ""


COLUMNS: tuple[Column[PaperKind], ...] = (
    Column("类别", lambda kind: kind.group.value, width=3),
    Column("文书", lambda kind: kind.name, tooltip=lambda kind: kind.purpose, width=-1),
    Column("", _note, tooltip=lambda kind: "内部留存，不外传" if kind.inside else kind.purpose, width=2),
)
