"""The sheet while somebody types: cells, what follows from them, and what the checks say, without a window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jindu_desk.domain.answers import RemarkPlace
from jindu_desk.domain.tallies.catalogue import Block, Item
from jindu_desk.domain.tallies.cells import BLANK, Cell
from jindu_desk.domain.tallies.checks import Finding, JudgedRow, judged_row, judged_rows
from jindu_desk.domain.tallies.formulas import Linear
from jindu_desk.domain.tallies.sheet import Place, Sheet, compute
from jindu_desk.queries.tallies import GivenReason, TallySheet
from jindu_desk.ui.tallies.marks import Marks

if TYPE_CHECKING:
    from jindu_desk.queries.exchange.details import RemarkRow

_NAMED = 6  # items named in a sentence; more is not read
WORDS = {"blank": "未填", "not_applicable": "无此情况", "unknown": "未掌握"}


def cell_text(cell: Cell) -> str:
    """What a cell shows: the number, 无此情况, 未掌握; nothing for a blank."""
    if isinstance(cell, int):
        return str(cell)
    return "" if cell is BLANK else WORDS[cell.value]


def formula_text(linear: Linear) -> str:
    """``A01 + A02 − 上月 C03``."""
    parts = []
    for n, term in enumerate(linear):
        sign = "− " if term.sign < 0 else "+ " if n else ""
        parts.append(f"{sign}{'上月 ' if term.previous else ''}{term.item.partition('.')[0]}")
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the worker brings: the month, its rows as they are judged, and what the superior remarked on it."""

    found: TallySheet
    rows: Mapping[str, JudgedRow]
    remarks: tuple[RemarkRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """What a month rests on, and its rows judged with it; it takes as long as all else and comes after."""

    history: Mapping[Place, tuple[int, ...]]
    rows: Mapping[str, JudgedRow]


def judged(found: TallySheet, remarks: tuple[RemarkRow, ...] = ()) -> Loaded:
    """Judge the whole month; some ten milliseconds, for the worker."""
    return Loaded(found, judged_rows(found.sheet, found.rules.checks), remarks)


def judged_by_past(found: TallySheet, history: Mapping[Place, tuple[int, ...]]) -> Past:
    """Judge once more, with the months before at hand."""
    return Past(history, judged_rows(replace(found.sheet, history=history), found.rules.checks))


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change made look different: ``cells``, with what follows from them and what is marked, and the ``rows``
    of which the checks say something else."""

    cells: frozenset[Place]
    rows: frozenset[str]


class SheetState:
    """The month on the screen. `put` changes it at once; the store follows on the worker."""

    def __init__(self, loaded: Loaded, *, why_read_only: str = "") -> None:
        self.why_read_only = why_read_only
        self.found, self.rules = loaded.found, loaded.found.rules
        self.catalogue = self.rules.catalogue
        self._cells: dict[Place, Cell] = dict(loaded.found.sheet.cells)
        self._notes: dict[Place, str] = dict(loaded.found.sheet.notes)
        self.sheet: Sheet = replace(loaded.found.sheet, cells=self._cells, notes=self._notes)
        self._judged = dict(loaded.rows)
        self._changed: set[str] = set()  # the rows that were changed here
        findings = {unit: row.findings for unit, row in loaded.rows.items()}
        self.marks = Marks(findings, self.catalogue, lambda finding: self.reason_for(finding) is not None)
        self._names = {unit.id: unit.name for unit in (*loaded.found.villages, loaded.found.township)}
        self._begun: dict[str, bool] = {}
        self._before: dict[str, dict[str, Cell]] = {}  # last month's row of a unit, once it was asked for
        self.remarks = loaded.remarks
        self._at_cells: dict[Place, list[str]] = {}
        self._at_rows: dict[str, list[str]] = {}
        for remark in loaded.remarks:
            if remark.place is RemarkPlace.CELL:
                self._at_cells.setdefault((remark.unit_id, remark.item), []).append(remark.reason)
            elif remark.place is RemarkPlace.VILLAGE:
                self._at_rows.setdefault(remark.unit_id, []).append(remark.reason)

    def remarks_at(self, unit_id: str, item: str) -> tuple[str, ...]:
        """Why the superior returned this very cell."""
        return tuple(self._at_cells.get((unit_id, item), ()))

    def remarks_on_row(self, unit_id: str) -> tuple[str, ...]:
        """Why the superior returned the whole row of a village."""
        return tuple(self._at_rows.get(unit_id, ()))

    @property
    def remarked_blocks(self) -> frozenset[str]:
        """The blocks with a remarked cell."""
        codes = {code for _, code in self._at_cells if code in self.catalogue.items}
        return frozenset(self.catalogue.item(code).block for code in codes)

    @property
    def is_closed(self) -> bool:
        """Whether nothing of the month can be changed."""
        return bool(self.why_read_only) or self.found.locked_by is not None

    @property
    def month_text(self) -> str:
        return str(self.found.month)

    def units(self, block: Block) -> tuple[str, ...]:
        return self.sheet.units(block.level)

    def name_of(self, unit_id: str) -> str:
        return self._names.get(unit_id, unit_id)

    def items(self, block: Block) -> tuple[Item, ...]:
        return self.catalogue.asked(block, self.sheet.month)

    def items_from(self, block: Block) -> tuple[Item, ...]:
        """The items of a block and of those after it that have the same rows."""
        blocks = self.catalogue.blocks[self.catalogue.blocks.index(block) :]
        return tuple(item for each in blocks if each.level is block.level for item in self.items(each))

    def cell(self, unit_id: str, item: str) -> Cell:
        return self._cells.get((unit_id, item), BLANK)

    def note(self, unit_id: str, item: str) -> str:
        return self._notes.get((unit_id, item), "")

    def is_open(self, unit_id: str, item: Item) -> bool:
        """Whether a person may type into the cell now."""
        # Of `why_not` the question without the sentence: it is asked of every cell at each repaint.
        return not self.is_closed and self.takes(unit_id, item) and unit_id not in self.sheet.nil_returns

    def takes(self, unit_id: str, item: Item) -> bool:
        """Whether the cell is typed at all, whatever the month's state."""
        return item.typed or (item.opens and unit_id in self.sheet.openings)

    def why_not(self, unit_id: str, item: Item) -> str:
        """Why the cell cannot be typed; "" when it can."""
        if self.why_read_only:
            return self.why_read_only
        if self.found.locked_by is not None:
            return f"{self.month_text} 已经上报（第 {self.found.locked_by} 号包），现在锁定。"
        if not self.takes(unit_id, item):
            return self.origin(unit_id, item)
        if unit_id in self.sheet.nil_returns:
            return "本月已签报零报告，要填写请先撤回零报告。"
        return ""

    def origin(self, unit_id: str, item: Item) -> str:
        """Where a figure that nobody types comes from."""
        if not item.carried:
            return f"自动计算：{formula_text(item.derived)}。要更正请改：{self.to_mend(unit_id, item)}。"
        closing = item.carried.partition(".")[0]
        if self.sheet.last_month(unit_id, item.carried) is BLANK:
            return f"由上月“{closing}”结转，上月还没有填完。请先填好上月。"
        return f"由上月“{closing}”结转，不用填。要更正请改上月。"

    def to_mend(self, unit_id: str, item: Item) -> str:
        """The typed items that a computed one comes from in the end, by code and name."""
        names = tuple(dict.fromkeys(self._roots(unit_id, item)))
        return "、".join(names[:_NAMED]) + (f" 等 {len(names)} 项" if len(names) > _NAMED else "")

    def _roots(self, unit_id: str, item: Item) -> Iterator[str]:
        if self.takes(unit_id, item):
            yield f"{item.base} {item.name}"
        elif item.carried:
            before = self.catalogue.item(item.carried)
            yield f"上月的 {before.base} {before.name}"
        else:
            for term in item.derived:
                of = self.catalogue.item(term.item)
                if term.previous:
                    yield f"上月的 {of.base} {of.name}"
                else:
                    yield from self._roots(unit_id, of)

    def put(self, edits: Mapping[Place, Cell]) -> tuple[dict[Place, Cell], Touched]:
        """Set open cells and compute what follows; the cells as they were, and what looks different now."""
        before = {place: self.cell(*place) for place in edits}
        cells = {place for place, cell in edits.items() if cell != before[place]}
        units = {unit for unit, _ in edits}
        for place, cell in edits.items():
            self._store(place, cell)
        for unit_id in units:
            cells |= self._follow(unit_id)
        self._changed |= units
        for unit_id in units:
            changed = {item for unit, item in cells if unit == unit_id}
            self._judged[unit_id] = self._judged[unit_id].after(self.sheet, changed)
        told = self._tell(units)
        return before, Touched(told.cells | cells, told.rows)

    def take_past(self, past: Past) -> Touched:
        """The months before are at hand now: the checks say more."""
        self.sheet = replace(self.sheet, history=past.history)
        anew = {unit: judged_row(self.sheet, unit, self.rules.checks) for unit in self._changed}
        self._judged = {**past.rows, **anew}
        return self._tell(self._judged)

    def _tell(self, units: Iterable[str]) -> Touched:
        """These rows were judged anew; what looks different by it."""
        findings = {unit: self._judged[unit].findings for unit in units}
        rows = {unit for unit, found in findings.items() if found != self.marks.of(unit)}
        cells = {(unit, code) for unit in rows for code in self.marks.put(unit, findings[unit])}
        return Touched(frozenset(cells), frozenset(rows))

    def findings_of(self, unit_id: str) -> tuple[Finding, ...]:
        return self.marks.of(unit_id)

    @property
    def findings(self) -> tuple[Finding, ...]:
        units = (*self.sheet.villages, self.sheet.township_id)
        return tuple(finding for unit in units for finding in self.findings_of(unit))

    def reason_for(self, finding: Finding) -> GivenReason | None:
        return self.found.reason_for(finding)

    def total(self, block: Block, item: str) -> int | None:
        """The sum of what is known over the rows; None when nothing is."""
        figures = [cell for unit in self.units(block) if isinstance(cell := self.cell(unit, item), int)]
        return sum(figures) if figures else None

    @property
    def untouched(self) -> tuple[str, ...]:
        """The villages where nobody typed anything this month and no nil return is signed."""
        return tuple(u for u in self.sheet.villages if not self._is_begun(u) and u not in self.sheet.nil_returns)

    def _is_begun(self, unit_id: str) -> bool:
        """Whether somebody typed anything in the row."""
        begun = self._begun.get(unit_id)
        if begun is None:
            items = self.catalogue.items.values()
            begun = any((unit_id, item.code) in self._cells and self.takes(unit_id, item) for item in items)
            self._begun[unit_id] = begun
        return begun

    def known(self, block: Block, item: str) -> int:
        """How many rows have a number there."""
        return sum(isinstance(self.cell(unit, item), int) for unit in self.units(block))

    def filled_down(self, unit_ids: Sequence[str], items: Iterable[Item], block: Block) -> dict[Place, Cell]:
        """The first row's figures for the rows below it, in these columns; of one row alone, those of the row above."""
        rows = self.units(block)
        first = rows.index(unit_ids[0])
        if len(unit_ids) == 1:
            first, below = first - 1, list(unit_ids)
        else:
            below = list(unit_ids[1:])
        if first < 0:
            return {}
        source = rows[first]
        return {
            (unit_id, item.code): cell
            for unit_id in below
            for item in items
            if (cell := self.cell(source, item.code)) is not BLANK
            and self.is_open(unit_id, item)
            and self.cell(unit_id, item.code) != cell
        }

    def zeros(self, unit_ids: Iterable[str], block: Block) -> tuple[dict[Place, Cell], int]:
        """Zero for what is left of a block; a breakdown only where it was begun or its total is zero, and the number
        of cells of breakdowns that were left out."""
        edits: dict[Place, Cell] = {}
        left_out = 0
        for unit_id in unit_ids:
            if unit_id in self.sheet.nil_returns:
                continue
            begun = {item.group for item in block.items if item.group and self.cell(unit_id, item.code) is not BLANK}
            for item in self.items(block):
                if self.cell(unit_id, item.code) is not BLANK or not self.is_open(unit_id, item):
                    continue
                if not item.group or item.group in begun or self.cell(unit_id, item.part_of) == 0:
                    edits[unit_id, item.code] = 0
                else:
                    left_out += 1
        return edits, left_out

    def _store(self, place: Place, cell: Cell) -> None:
        self._begun.pop(place[0], None)
        if cell is BLANK:
            self._cells.pop(place, None)
            self._notes.pop(place, None)
        else:
            self._cells[place] = cell

    def _row(self, unit_id: str) -> dict[str, Cell]:
        return {code: self.cell(unit_id, code) for code in self.catalogue.items}

    def _previous(self, unit_id: str) -> dict[str, Cell]:
        row = self._before.get(unit_id)
        if row is None:
            codes = self.catalogue.items
            row = self._before[unit_id] = {code: self.sheet.last_month(unit_id, code) for code in codes}
        return row

    def _follow(self, unit_id: str) -> set[Place]:
        """Compute what follows in a row; the cells that became different."""
        if unit_id == self.sheet.township_id:
            return set()
        opening = unit_id in self.sheet.openings
        items = self.catalogue.computed_in(self.sheet.month)
        found = compute(self.catalogue, self._row(unit_id), self._previous(unit_id), opening=opening, items=items)
        changed = {(unit_id, code) for code, cell in found.items() if cell != self.cell(unit_id, code)}
        for place in changed:
            if found[place[1]] is BLANK:
                self._cells.pop(place, None)
            else:
                self._cells[place] = found[place[1]]
        return changed
