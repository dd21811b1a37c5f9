"""Judging a sheet: which checks do not hold, told to the officer and to the reviewer.

Formulas with a blank or unknown part are not judged; the blanks and the unknowns are findings of their own (H0, S0),
so that a sheet half filled does not fill the list with noise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jindu_desk.domain.tallies.catalogue import Block, Catalogue, Item
from jindu_desk.domain.tallies.cells import UNKNOWN, Cell, number
from jindu_desk.domain.tallies.check_rules import (
    Carried,
    Checks,
    District,
    Idle,
    Implied,
    Judge,
    Missing,
    Moves,
    Totals,
    Unknown,
    VillageRule,
    Weight,
    YearToDate,
)
from jindu_desk.domain.tallies.rule_facts import RowView, broken, typed_flows
from jindu_desk.domain.tallies.sheet import Place, Sheet, unfilled
from jindu_desk.domain.tallies.suspects import suspects


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that does not hold for one unit and month.

    ``key`` tells it from others of the same unit and month, and names the reason given for it. ``cells`` are what to
    look at, the first one first. ``figures`` is the text of the figures it rests on: a reason holds only for them.
    """

    key: str
    code: str
    name: str
    weight: Weight
    unit_id: str
    month: str
    cells: tuple[Place, ...]
    officer: str
    reviewer: str
    figures: str

    @property
    def hard(self) -> bool:
        return self.weight is Weight.HARD


def evaluate(sheet: Sheet, checks: Checks, weight: Weight | None = None) -> tuple[Finding, ...]:
    """Every finding of the month: the villages in their order, then the township's own row. ``weight``: those only."""
    rows = judged_rows(sheet, checks, weight)
    return tuple(finding for row in rows.values() for finding in row.findings)


def evaluate_unit(sheet: Sheet, unit_id: str, checks: Checks) -> tuple[Finding, ...]:
    """The findings of one row."""
    return judged_row(sheet, unit_id, checks).findings


def judged_row(sheet: Sheet, unit_id: str, checks: Checks) -> JudgedRow:
    """One row, every judge asked."""
    return JudgedRow.of(sheet, unit_id, checks, range(len(checks.judges)))


def judged_rows(sheet: Sheet, checks: Checks, weight: Weight | None = None) -> dict[str, JudgedRow]:
    """Every row of the month, in the order of `evaluate`."""
    return {unit: JudgedRow.of(sheet, unit, checks, asked) for unit, asked in suspects(sheet, checks, weight).items()}


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """What the checks say of one row, check by check, so that after a change only those that look at it are asked."""

    unit_id: str
    checks: Checks
    found: Mapping[int, tuple[Finding, ...]]  # by the place of the judge; without those that found nothing

    @classmethod
    def of(cls, sheet: Sheet, unit_id: str, checks: Checks, places: Iterable[int]) -> JudgedRow:
        """Ask the judges at these places; the others certainly find nothing."""
        return cls(unit_id, checks, _asked(sheet, unit_id, checks, places))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """In the order of the checks."""
        return tuple(finding for place in sorted(self.found) for finding in self.found[place])

    def after(self, sheet: Sheet, items: Collection[str]) -> JudgedRow:
        """The row once ``items`` of it changed in ``sheet``, computed ones included; nothing else of it did, but for
        notes."""
        places = self.checks.asked_after(items)
        kept = {place: said for place, said in self.found.items() if place not in places}
        return JudgedRow(self.unit_id, self.checks, {**kept, **_asked(sheet, self.unit_id, self.checks, places)})


def _asked(sheet: Sheet, unit_id: str, checks: Checks, places: Iterable[int]) -> dict[int, tuple[Finding, ...]]:
    """What the judges at these places find in the row."""
    view = RowView(sheet, unit_id, checks.catalogue)
    said = ((place, tuple(_said(view, checks.judges[place]))) for place in places)
    return {place: findings for place, findings in said if findings}


def _said(view: RowView, judge: Judge) -> Iterable[Finding]:
    """What one judge finds in the row."""
    rule = judge.rule
    if not judge.check.judges_in(view.sheet.month):
        return ()
    if isinstance(rule, Missing | Unknown):
        return _by_block(view, judge, rule)
    if view.level is not judge.level or isinstance(rule, Totals | YearToDate | District | Moves):
        return ()
    return _carried(view, judge, rule) if isinstance(rule, Carried) else _judged(view, judge, rule)


def _judged(view: RowView, judge: Judge, rule: VillageRule) -> Iterable[Finding]:
    facts = broken(view, rule)
    if facts is None:
        return ()
    items = _in_columns(view.catalogue, _cells(view, judge))
    if isinstance(rule, Implied):  # the figure that is asked about leads, not what it was reckoned from
        asked = {term.item for term in rule.count}
        items.sort(key=lambda item: item not in asked)
    return (_finding(view, judge, items, rule.officer, facts),)


def _finding(
    view: RowView, judge: Judge, items: Sequence[str], sentence: str, facts: Mapping[str, object], *, key: str = ""
) -> Finding:
    kind = view.catalogue.kinds.get(judge.rule.kind, "")
    return Finding(
        key=key or judge.key,
        code=judge.check.code,
        name=judge.check.name,
        weight=judge.weight,
        unit_id=view.unit_id,
        month=view.sheet.month,
        cells=tuple((view.unit_id, item) for item in items),
        officer=sentence.format(**{"kind": kind, **facts}),
        reviewer=judge.check.reviewer,
        figures=_fingerprint(view, items, facts),
    )


def _fingerprint(view: RowView, items: Sequence[str], facts: Mapping[str, object]) -> str:
    """The figures as text, without words (`domain.fields.Figures`); a digest where they are many."""
    parts = [f"{name}={value}" for name, value in sorted(facts.items()) if not isinstance(value, str)]
    parts += [f"{item}={_text(view.look(item, False))}" for item in items]
    text = " ".join(parts)
    return text if len(text) <= 200 else hashlib.sha256(text.encode()).hexdigest()


def _text(cell: Cell) -> str:
    return str(cell) if isinstance(cell, int) else cell.value


def _cells(view: RowView, judge: Judge) -> frozenset[str]:
    if isinstance(judge.rule, Idle):
        return frozenset(item.code for item in typed_flows(view.catalogue))
    return judge.cells


def _in_columns(catalogue: Catalogue, codes: Iterable[str]) -> list[str]:
    """Typed cells first (there something can be done), each lot in the order of the columns."""
    wanted = set(codes)
    items = [item for item in catalogue.items.values() if item.code in wanted]
    return [item.code for item in sorted(items, key=lambda item: not item.typed)]


def _by_block(view: RowView, judge: Judge, rule: Missing | Unknown) -> Iterable[Finding]:
    if isinstance(rule, Missing):
        items: Iterable[Item] = (
            () if view.nil else unfilled(view.catalogue, view.row(), view.sheet.month, view.level, opening=view.opening)
        )
    else:
        # What is computed from an unknown figure is unknown by itself; only the figure that somebody marked counts.
        items = (
            item
            for item in view.catalogue.level_items(view.level)
            if view.look(item.code, False) is UNKNOWN and (item.typed or item.opens)
        )
    found: dict[str, list[str]] = {}
    for item in items:
        found.setdefault(item.block, []).append(item.code)
    for code, codes in found.items():
        block: Block = view.catalogue.block(code)
        facts = {"block": block.name, "count": len(codes)}
        finding = _finding(view, judge, codes, rule.officer, facts, key=f"{judge.key}.{code}")
        yield finding


def _carried(view: RowView, judge: Judge, rule: Carried) -> Iterable[Finding]:
    if view.opening:
        yield from _unsourced(view, judge, rule)
        return
    for item in view.catalogue.computed:
        now, before = number(view.look(item.code, False)), number(view.look(item.carried, True))
        if item.carried and now is not None and now != before:
            kind = view.catalogue.kinds.get(item.kind, "")
            facts = {"name": item.name, "kind": kind, "left": now, "right": "—" if before is None else before}
            yield _finding(view, judge, [item.code], rule.officer, facts, key=f"{judge.key}.{item.code}")


def _unsourced(view: RowView, judge: Judge, rule: Carried) -> Iterable[Finding]:
    """In a first month: opening figures whose note does not say where they come from. A nil return answers for its
    zeros, for no other figure."""
    items = [
        item
        for item in view.catalogue.computed
        if item.opens
        and isinstance(figure := view.look(item.code, False), int)
        and (figure or not view.nil)
        and not view.sheet.notes.get((view.unit_id, item.code))
    ]
    if items:
        names = " ".join(dict.fromkeys(item.base for item in items))
        facts = {"count": len(items), "names": names}
        yield _finding(view, judge, [item.code for item in items], rule.unsourced, facts, key=f"{judge.key}.sources")
