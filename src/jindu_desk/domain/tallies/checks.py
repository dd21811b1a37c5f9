"""Judging a sheet: which checks do not hold, told to the officer and to the reviewer.

Formulas with a blank or unknown part are not judged; the blanks and the unknowns are findings of their own (H0, S0),
so that a sheet half filled does not fill the list with noise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jindu_desk.domain.tallies.catalogue import Block, Catalogue, Item, Level, Nature
from jindu_desk.domain.tallies.cells import BLANK, UNKNOWN, Cell, number
from jindu_desk.domain.tallies.check_rules import (
    Alike,
    Carried,
    Change,
    Checks,
    Compare,
    District,
    Exchanged,
    Idle,
    Implied,
    Judge,
    Missing,
    Moves,
    Relation,
    Requires,
    Steady,
    Tail,
    Totals,
    Unknown,
    Usual,
    VillageRule,
    Weight,
    YearToDate,
)
from jindu_desk.domain.tallies.formulas import Linear, figure_of
from jindu_desk.domain.tallies.likelihood import poisson_tail
from jindu_desk.domain.tallies.sheet import Place, Sheet, unfilled
from jindu_desk.domain.tallies.suspects import suspects
from jindu_desk.domain.tallies.unusual import Past, never_alike, times_likelier_exchanged, usual_figure


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
    return tuple(
        finding
        for unit_id, judges in suspects(sheet, checks, weight).items()
        if judges
        for finding in _found(sheet, unit_id, checks.catalogue, judges)
    )


def evaluate_unit(sheet: Sheet, unit_id: str, checks: Checks) -> tuple[Finding, ...]:
    """The findings of one row; what a keystroke in it asks for."""
    return tuple(_found(sheet, unit_id, checks.catalogue, checks.judges))


def _found(sheet: Sheet, unit_id: str, catalogue: Catalogue, judges: Iterable[Judge]) -> Iterable[Finding]:
    level = Level.TOWNSHIP if unit_id == sheet.township_id else Level.VILLAGE
    view = _View(sheet, unit_id, catalogue, level)
    for judge in judges:
        rule = judge.rule
        if not judge.check.judges_in(sheet.month):
            continue
        if isinstance(rule, Missing | Unknown):
            yield from _by_block(view, judge, rule)
        elif level is judge.level:
            if isinstance(rule, Carried):
                yield from _carried(view, judge, rule)
            elif not isinstance(rule, Totals | YearToDate | District | Moves):
                yield from view.judged(judge, rule)


class _View:
    """One unit's row while it is judged."""

    def __init__(self, sheet: Sheet, unit_id: str, catalogue: Catalogue, level: Level) -> None:
        self.sheet = sheet
        self.unit_id = unit_id
        self.catalogue = catalogue
        self.level = level
        self.opening = unit_id in sheet.openings
        self.nil = unit_id in sheet.nil_returns

    def look(self, item: str, previous: bool) -> Cell:
        cells = self.sheet.previous if previous else self.sheet.cells
        return cells.get((self.unit_id, item), BLANK)

    def row(self) -> dict[str, Cell]:
        return {code: self.look(code, False) for code in self.catalogue.items}

    def figure(self, linear: Linear) -> int | None:
        return figure_of(linear, self.look)

    def past(self, linear: Linear) -> Past:
        """The figure of ``linear`` in each of the months before, oldest first; none where its parts do not have the
        same months. What the formula asks of last month is that of the month before each."""
        parts = [(term, self.sheet.history.get((self.unit_id, term.item), ())) for term in linear]
        if len({len(figures) for _, figures in parts}) != 1:
            return ()
        if any(term.previous for term in linear):
            parts = [(term, figures[:-1] if term.previous else figures[1:]) for term, figures in parts]
        return tuple(map(sum, zip(*([term.sign * n for n in figures] for term, figures in parts), strict=True)))

    def finding(
        self, judge: Judge, items: Sequence[str], sentence: str, facts: Mapping[str, object], *, key: str = ""
    ) -> Finding:
        kind = self.catalogue.kinds.get(judge.rule.kind, "")
        return Finding(
            key=key or judge.key,
            code=judge.check.code,
            name=judge.check.name,
            weight=judge.weight,
            unit_id=self.unit_id,
            month=self.sheet.month,
            cells=tuple((self.unit_id, item) for item in items),
            officer=sentence.format(**{"kind": kind, **facts}),
            reviewer=judge.check.reviewer,
            figures=self._fingerprint(items, facts),
        )

    def _fingerprint(self, items: Sequence[str], facts: Mapping[str, object]) -> str:
        """The figures as text, without words (`domain.fields.Figures`); a digest where they are many."""
        parts = [f"{name}={value}" for name, value in sorted(facts.items()) if not isinstance(value, str)]
        parts += [f"{item}={_text(self.look(item, False))}" for item in items]
        text = " ".join(parts)
        return text if len(text) <= 200 else hashlib.sha256(text.encode()).hexdigest()

    def judged(self, judge: Judge, rule: VillageRule) -> Iterable[Finding]:
        facts = _facts(self, rule)
        if facts is None:
            return ()
        items = _in_columns(self.catalogue, _cells(self, judge))
        if isinstance(rule, Implied):  # the figure that is asked about leads, not what it was reckoned from
            asked = {term.item for term in rule.count}
            items.sort(key=lambda item: item not in asked)
        return (self.finding(judge, items, rule.officer, facts),)

    def terms(self, *formulas: Linear) -> dict[str, object]:
        """Each figure of the formulas by its placeholder."""
        return {term.name: number(self.look(term.item, term.previous)) for linear in formulas for term in linear}


def _text(cell: Cell) -> str:
    return str(cell) if isinstance(cell, int) else cell.value


def _cells(view: _View, judge: Judge) -> frozenset[str]:
    if isinstance(judge.rule, Idle):
        return frozenset(item.code for item in _typed_flows(view.catalogue))
    return judge.cells


def _in_columns(catalogue: Catalogue, codes: Iterable[str]) -> list[str]:
    """Typed cells first (there something can be done), each lot in the order of the columns."""
    wanted = set(codes)
    items = [item for item in catalogue.items.values() if item.code in wanted]
    return [item.code for item in sorted(items, key=lambda item: not item.typed)]


def _by_block(view: _View, judge: Judge, rule: Missing | Unknown) -> Iterable[Finding]:
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
        finding = view.finding(judge, codes, rule.officer, facts, key=f"{judge.key}.{code}")
        yield finding


def _carried(view: _View, judge: Judge, rule: Carried) -> Iterable[Finding]:
    if view.opening:
        yield from _unsourced(view, judge, rule)
        return
    for item in view.catalogue.computed:
        now, before = number(view.look(item.code, False)), number(view.look(item.carried, True))
        if item.carried and now is not None and now != before:
            kind = view.catalogue.kinds.get(item.kind, "")
            facts = {"name": item.name, "kind": kind, "left": now, "right": "—" if before is None else before}
            yield view.finding(judge, [item.code], rule.officer, facts, key=f"{judge.key}.{item.code}")


def _unsourced(view: _View, judge: Judge, rule: Carried) -> Iterable[Finding]:
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
        yield view.finding(judge, [item.code for item in items], rule.unsourced, facts, key=f"{judge.key}.sources")


def _facts(view: _View, rule: VillageRule) -> dict[str, object] | None:
    """The figures that break ``rule``; None when it holds or cannot be judged."""
    found: dict[str, object] | None = None
    match rule:
        case Compare():
            found = _compare(view, rule)
        case Change():
            found = _change(view, rule)
        case Tail():
            found = _tail(view, rule)
        case Implied():
            found = _implied(view, rule)
        case Requires():
            found = _requires(view, rule)
        case Idle():
            found = _idle(view)
        case Usual():
            found = _usual(view, rule)
        case Steady():
            found = _steady(view, rule)
        case Alike():
            found = _alike(view, rule)
        case Exchanged():
            found = _exchanged(view, rule)
    return found


def _compare(view: _View, rule: Compare) -> dict[str, object] | None:
    left, right = view.figure(rule.left), view.figure(rule.right)
    if left is None or right is None or rule.relation.holds(left, right):
        return None
    if rule.relation is Relation.AT_MOST and left == 0:
        # The other side is below zero: the rule about that side says so.
        return None
    return {"left": left, "right": right, "difference": left - right, **view.terms(rule.left, rule.right)}


def _change(view: _View, rule: Change) -> dict[str, object] | None:
    now, base = view.figure(rule.now), view.figure(rule.base)
    if now is None or base is None:
        return None
    difference = abs(now - base)
    if difference <= rule.at_least or difference * 100 <= base * rule.percent:
        return None
    return {"left": now, "right": base, "difference": now - base}


def _tail(view: _View, rule: Tail) -> dict[str, object] | None:
    count, exposure = view.figure(rule.count), view.figure(rule.exposure)
    counts = [view.sheet.history.get((view.unit_id, term.item), ()) for term in rule.count]
    tests = [view.sheet.history.get((view.unit_id, term.item), ()) for term in rule.exposure]
    months = min(len(past) for past in (*counts, *tests))
    if not count or not exposure or months < rule.months:
        return None
    past_count = sum(sum(past) for past in counts)
    past_exposure = sum(sum(past) for past in tests)
    if not past_exposure:
        return None
    expected = max(past_count, rule.floor) * exposure / past_exposure
    # What is not above the mean is in no tail; and a mean may be as large as a slip makes it.
    if count <= expected or poisson_tail(count, expected) * 1000 >= rule.per_mille:
        return None
    return {"left": count, "base": past_count, "months": months}


def _implied(view: _View, rule: Implied) -> dict[str, object] | None:
    count = view.figure(rule.count)
    implied = 0  # tests in twelve such months, so that whole numbers do
    for item, times in rule.a_year.items():
        persons = number(view.look(item, False))
        if persons is None:
            return None
        implied += persons * times
    if count is None:
        return None
    off = abs(count * 12 - implied)
    if off < 12 * rule.at_least or off * 100 <= implied * rule.percent:
        return None
    return {"left": count, "right": (implied + 6) // 12}


def _idle(view: _View) -> dict[str, object] | None:
    if view.nil:
        return None
    flows = [view.look(item.code, False) for item in _typed_flows(view.catalogue)]
    return {"flows": 0} if all(number(cell) == 0 for cell in flows) else None


def _requires(view: _View, rule: Requires) -> dict[str, object] | None:
    given, needs = view.figure(rule.given), view.figure(rule.needs)
    if given is None or needs is None or given <= 0 or needs > 0:
        return None
    return {"left": given, "right": needs}


def _usual(view: _View, rule: Usual) -> dict[str, object] | None:
    (code,) = rule.items
    count = number(view.look(code, False))
    exposure = view.figure(rule.per) if rule.per else 1
    counts = view.sheet.history.get((view.unit_id, code), ())
    if count is None or exposure is None or exposure <= 0 or len(counts) < rule.months:
        return None
    exposures = view.past(rule.per) if rule.per else (1,) * len(counts)
    if len(exposures) != len(counts):  # months with one of them unknown: no telling which belong together
        return None
    usual = usual_figure(
        count,
        exposure,
        counts,
        exposures,
        spread=rule.spread,
        share=rule.per_mille / 1000,
        at_least=rule.at_least,
    )
    if usual is None:
        return None
    return {"name": view.catalogue.item(code).name, "left": count, "usual": usual, "months": len(counts)}


def _steady(view: _View, rule: Steady) -> dict[str, object] | None:
    (code,) = rule.items
    now, before = number(view.look(code, False)), number(view.look(code, True))
    moved = view.figure(rule.by)
    if now is None or before is None or moved is None:
        return None
    difference = abs(now - before)
    if difference <= max(rule.at_least, moved) or difference * 100 <= before * rule.percent:
        return None
    return {"name": view.catalogue.item(code).name, "left": now, "right": before, "difference": now - before}


def _alike(view: _View, rule: Alike) -> dict[str, object] | None:
    left, right = view.figure(rule.left), view.figure(rule.right)
    if left is None or left != right or left < rule.at_least:
        return None
    then = view.past(rule.left), view.past(rule.right)
    months = min(map(len, then))
    if not months:
        return None
    # What is compared with the month before it has one month less; the newest ones belong together.
    if not never_alike(left, then[0][-months:], then[1][-months:], rule.months):
        return None
    return {"left": left, "months": months}


def _exchanged(view: _View, rule: Exchanged) -> dict[str, object] | None:
    left, right = view.figure(rule.left), view.figure(rule.right)
    exposure = view.figure(rule.per) if rule.per else 1
    if left is None or right is None or exposure is None or exposure <= 0 or abs(left - right) < rule.at_least:
        return None
    pasts = [view.past(rule.left), view.past(rule.right)]
    exposures = view.past(rule.per) if rule.per else (1,) * len(pasts[0])
    if len(exposures) < rule.months or {len(past) for past in pasts} != {len(exposures)}:
        return None
    times = times_likelier_exchanged((left, pasts[0]), (right, pasts[1]), (exposure, exposures), rule.spread)
    return {"left": left, "right": right, "months": len(exposures)} if times >= rule.times else None


def _typed_flows(catalogue: Catalogue) -> Iterable[Item]:
    return (item for item in catalogue.level_items(Level.VILLAGE) if item.typed and item.nature is Nature.FLOW)
