"""One unit's row as the rules look at it, and the figures by which each rule is broken."""

from __future__ import annotations

from collections.abc import Iterable

from jindu_desk.domain.tallies.catalogue import Catalogue, Item, Level, Nature
from jindu_desk.domain.tallies.cells import BLANK, Cell, number
from jindu_desk.domain.tallies.check_rules import (
    Alike,
    Change,
    Compare,
    Exchanged,
    Idle,
    Implied,
    Relation,
    Requires,
    Steady,
    Tail,
    Usual,
    VillageRule,
)
from jindu_desk.domain.tallies.formulas import Linear, figure_of
from jindu_desk.domain.tallies.likelihood import poisson_tail
from jindu_desk.domain.tallies.sheet import Sheet
from jindu_desk.domain.tallies.unusual import Past, never_alike, times_likelier_exchanged, usual_figure


class RowView:
    """One unit's row while it is judged."""

    def __init__(self, sheet: Sheet, unit_id: str, catalogue: Catalogue) -> None:
        self.sheet = sheet
        self.unit_id = unit_id
        self.catalogue = catalogue
        self.level = Level.TOWNSHIP if unit_id == sheet.township_id else Level.VILLAGE
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

    def terms(self, *formulas: Linear) -> dict[str, object]:
        """Each figure of the formulas by its placeholder."""
        return {term.name: number(self.look(term.item, term.previous)) for linear in formulas for term in linear}


def broken(view: RowView, rule: VillageRule) -> dict[str, object] | None:
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


def _compare(view: RowView, rule: Compare) -> dict[str, object] | None:
    left, right = view.figure(rule.left), view.figure(rule.right)
    if left is None or right is None or rule.relation.holds(left, right):
        return None
    if rule.relation is Relation.AT_MOST and left == 0:
        # The other side is below zero: the rule about that side says so.
        return None
    return {"left": left, "right": right, "difference": left - right, **view.terms(rule.left, rule.right)}


def _change(view: RowView, rule: Change) -> dict[str, object] | None:
    now, base = view.figure(rule.now), view.figure(rule.base)
    if now is None or base is None:
        return None
    difference = abs(now - base)
    if difference <= rule.at_least or difference * 100 <= base * rule.percent:
        return None
    return {"left": now, "right": base, "difference": now - base}


def _tail(view: RowView, rule: Tail) -> dict[str, object] | None:
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


def _implied(view: RowView, rule: Implied) -> dict[str, object] | None:
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


def _idle(view: RowView) -> dict[str, object] | None:
    if view.nil:
        return None
    flows = [view.look(item.code, False) for item in typed_flows(view.catalogue)]
    return {"flows": 0} if all(number(cell) == 0 for cell in flows) else None


def _requires(view: RowView, rule: Requires) -> dict[str, object] | None:
    given, needs = view.figure(rule.given), view.figure(rule.needs)
    if given is None or needs is None or given <= 0 or needs > 0:
        return None
    return {"left": given, "right": needs}


def _usual(view: RowView, rule: Usual) -> dict[str, object] | None:
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


def _steady(view: RowView, rule: Steady) -> dict[str, object] | None:
    (code,) = rule.items
    now, before = number(view.look(code, False)), number(view.look(code, True))
    moved = view.figure(rule.by)
    if now is None or before is None or moved is None:
        return None
    difference = abs(now - before)
    if difference <= max(rule.at_least, moved) or difference * 100 <= before * rule.percent:
        return None
    return {"name": view.catalogue.item(code).name, "left": now, "right": before, "difference": now - before}


def _alike(view: RowView, rule: Alike) -> dict[str, object] | None:
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


def _exchanged(view: RowView, rule: Exchanged) -> dict[str, object] | None:
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


def typed_flows(catalogue: Catalogue) -> Iterable[Item]:
    return (item for item in catalogue.level_items(Level.VILLAGE) if item.typed and item.nature is Nature.FLOW)
