"""The findings as lines: what must be put right first, then what needs a word, then what is not filled yet."""

from __future__ import annotations

from dataclasses import dataclass

from jindu_desk.domain.answers import RemarkPlace
from jindu_desk.domain.tallies.checks import Finding
from jindu_desk.domain.tallies.sheet import Place
from jindu_desk.ui.tables import Column
from jindu_desk.ui.tallies.sheet_header import SHORT_KINDS
from jindu_desk.ui.tallies.state import SheetState
from jindu_desk.ui.theme.tokens import Kind

RETURNED = "退回"
LEVELS: dict[Kind, str] = {"wrong": "必须改正", "due": "请说明", "done": "已说明", "plain": "未填"}
_ORDER: dict[Kind, int] = {"wrong": 0, "due": 1, "plain": 2, "done": 3}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """``finding`` is None for the line that sums up a village's blanks, and for what the superior remarked
    (``returned``)."""

    kind: Kind
    unit_id: str
    village: str
    code: str
    name: str
    sentence: str
    reason: str
    place: Place
    finding: Finding | None
    returned: bool = False
    given_by: str = ""

    @property
    def level(self) -> str:
        return RETURNED if self.returned else LEVELS[self.kind]

    @property
    def check(self) -> str:
        return f"{self.code} {self.name}".strip()

    @property
    def weight(self) -> str:
        """In words; "" for what the superior remarked, which no check says."""
        if self.returned:
            return ""
        return "强制" if self.finding is None or self.finding.hard else "核实"

    @property
    def asks_source(self) -> bool:
        """Whether it goes away when the source of the opening figures is named."""
        return self.finding is not None and self.finding.key == "H1.sources"

    @property
    def identity(self) -> tuple[str, str]:
        if self.returned:
            return self.unit_id, f"returned {self.place[1]} {self.sentence}"
        return self.unit_id, self.finding.key if self.finding else "blank"


COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("级别", lambda row: row.level, kind=lambda row: row.kind, key=lambda row: _ORDER[row.kind], width=7),
    Column("村（社区）", lambda row: row.village, width=9),
    Column("审核项", lambda row: row.check, width=9),
    Column("问题", lambda row: row.sentence, tooltip=lambda row: row.sentence, width=-1),
    Column("说明", lambda row: row.reason, tooltip=lambda row: row.reason, width=12),
)


def finding_rows(state: SheetState, *, block: str = "") -> tuple[FindingRow, ...]:
    """All lines of the month, or those that touch ``block``."""
    rows: list[FindingRow] = []
    returned = [_remark_row(state, n) for n in range(len(state.remarks)) if _is_here(state, n, block)]
    for unit_id in (*state.sheet.villages, state.sheet.township_id):
        rows += [
            _row(state, finding)
            for finding in state.findings_of(unit_id)
            if finding.code != "H0" and (not block or _touches(state, finding, block))
        ]
        if state.marks.blanks(unit_id, block):
            rows.append(_blank_row(state, unit_id, block))
    return (*returned, *sorted(rows, key=lambda row: _ORDER[row.kind]))


def _is_here(state: SheetState, number: int, block: str) -> bool:
    """Whether a remark is about the sheet; one on a whole village is about each of its blocks."""
    remark = state.remarks[number]
    if remark.place is RemarkPlace.CELL and remark.item in state.catalogue.items:
        return not block or state.catalogue.item(remark.item).block == block
    return remark.place is RemarkPlace.VILLAGE


def _remark_row(state: SheetState, number: int) -> FindingRow:
    remark = state.remarks[number]
    item = state.catalogue.items.get(remark.item)
    name = f"{item.base} {item.name} {SHORT_KINDS.get(item.kind, '')}".strip() if item else "整村"
    return FindingRow(
        "wrong",
        remark.unit_id,
        state.name_of(remark.unit_id),
        "",
        name,
        remark.reason,
        "",
        (remark.unit_id, remark.item),
        None,
        returned=True,
    )


def _touches(state: SheetState, finding: Finding, block: str) -> bool:
    return any(state.catalogue.item(code).block == block for _, code in finding.cells)


def _row(state: SheetState, finding: Finding) -> FindingRow:
    given = state.reason_for(finding)
    kind: Kind = "wrong" if finding.hard else "done" if given else "due"
    return FindingRow(
        kind,
        finding.unit_id,
        state.name_of(finding.unit_id),
        finding.code,
        finding.name,
        finding.officer,
        given.text if given else "",
        finding.cells[0] if finding.cells else (finding.unit_id, ""),
        finding,
        given_by=given.given_by if given else "",
    )


def _blank_row(state: SheetState, unit_id: str, only: str) -> FindingRow:
    counts = {
        block.name: len(blanks)
        for block in state.catalogue.blocks
        if not only or block.code == only
        if (blanks := state.marks.blanks(unit_id, block.code))
    }
    parts = "、".join(f"{name} {count}" for name, count in counts.items())
    return FindingRow(
        "plain",
        unit_id,
        state.name_of(unit_id),
        "H0",
        "未填",
        f"还有 {sum(counts.values())} 项未填：{parts}",
        "",
        (unit_id, state.marks.blanks(unit_id, only)[0]),
        None,
    )
