"""The columns of the two tables."""

from __future__ import annotations

from datetime import date

from jindu_desk.queries.units import OfficialRow
from jindu_desk.ui.tables import Column
from jindu_desk.ui.theme.tokens import Kind
from jindu_desk.ui.units.rows import ROLE_WORD, UnitLine

NOTHING = "—"
_EVER = "2000-01"  # units of the first setup have always been there, as far as the records go


def validity(line: UnitLine) -> str:
    start, end = line.unit.valid_from, line.unit.valid_to
    if not end:
        return NOTHING if not start or start == _EVER else f"{start} 起"
    return f"到 {end} 止" if not start or start == _EVER else f"{start} 至 {end}"


UNIT_COLUMNS: tuple[Column[UnitLine], ...] = (
    Column(
        "名称",
        lambda line: f"{line.unit.name}（本单位）" if line.is_own else line.unit.name,
        width=-1,
        key=lambda line: (not line.is_own, line.unit.initials),
        tooltip=lambda line: f"代码 {line.unit.code or '—'}，拼音首字母 {line.unit.initials or '—'}",
    ),
    Column("负责人", lambda line: line.head or "—"),
    Column("有效期", validity, kind=lambda line: None if line.exists else "plain"),
)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"


def official_columns(today: date) -> tuple[Column[OfficialRow], ...]:
    """A person whose term is over is shown muted."""

    def kind(row: OfficialRow) -> Kind | None:
        return "plain" if row.until is not None and row.until < today else None

    return (
        Column("职责", lambda row: ROLE_WORD[row.role], key=lambda row: list(ROLE_WORD).index(row.role), kind=kind),
        Column("姓名", lambda row: row.name, kind=kind),
        Column("职务", lambda row: row.post or "—", width=-1, kind=kind),
        Column("任职", lambda row: _day(row.since), kind=kind),
        Column("离任", lambda row: _day(row.until), kind=kind),
    )
