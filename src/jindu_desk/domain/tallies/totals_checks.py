"""Checks on sums that somebody states (H11, H12, H13): in a report, in a workbook, at the district."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jindu_desk.domain.tallies.catalogue import Catalogue, Level, Nature
from jindu_desk.domain.tallies.check_rules import Checks, District, Judge, Moves, Totals, YearToDate
from jindu_desk.domain.tallies.checks import Finding
from jindu_desk.domain.tallies.formulas import Linear
from jindu_desk.domain.tallies.sheet import Sheet, rows_of
from jindu_desk.domain.tallies.sums import Sums, add_up, sum_rows, year_to_date


def check_totals(checks: Checks, sheet: Sheet, stated: Sums) -> tuple[Finding, ...]:
    """H11: the stated totals of a township equal the sums of its rows; those of J + K both together."""
    rows = rows_of(sheet.cells)
    villages = [rows.get(unit_id, {}) for unit_id in sheet.villages]
    sums = sum_rows(checks.catalogue, villages)
    township = sum_rows(checks.catalogue, [rows.get(sheet.township_id, {})])
    own = {item.code for item in checks.catalogue.level_items(Level.TOWNSHIP)}
    sums |= {code: figure for code, figure in township.items() if code in own}
    return tuple(_differences(checks, Totals, sheet.township_id, sheet.month, stated, sums))


def check_year_to_date(
    checks: Checks, unit_id: str, month: str, stated: Sums, months: Sequence[Sums]
) -> tuple[Finding, ...]:
    """H12: the stated year-to-date flows equal the sums of ``months``; stocks are not summed, so not judged."""
    flows = {
        code: figure
        for code, figure in stated.items()
        if _known(checks.catalogue, code) and checks.catalogue.bases[_base(code)][0].nature is Nature.FLOW
    }
    sums = year_to_date(checks.catalogue, months)
    return tuple(_differences(checks, YearToDate, unit_id, month, flows, sums))


def check_district(
    checks: Checks, district_id: str, month: str, stated: Sums, townships: Iterable[Sums]
) -> tuple[Finding, ...]:
    """H13: the stated sums equal those of the townships; moved in equals moved out (a difference is soft)."""
    sums = add_up(townships)
    found = list(_differences(checks, District, district_id, month, stated, sums))
    for judge in checks.judges:
        if isinstance(judge.rule, Moves):
            into, out = _total(judge.rule.into, sums), _total(judge.rule.out_of, sums)
            if into != out:
                facts: dict[str, object] = {"left": into, "right": out, "difference": abs(into - out)}
                items = [term.item for term in (*judge.rule.into, *judge.rule.out_of)]
                found.append(_finding(checks, judge, judge.key, district_id, month, items, facts))
    return tuple(found)


def _total(linear: Linear, sums: Sums) -> int:
    return sum(term.sign * sums.get(term.item, 0) for term in linear)


def _base(code: str) -> str:
    return code.partition(".")[0]


def _known(catalogue: Catalogue, code: str) -> bool:
    return code in catalogue.items or code in catalogue.bases


def _differences(
    checks: Checks,
    rule: type[Totals | YearToDate | District],
    unit_id: str,
    month: str,
    stated: Sums,
    sums: Sums,
) -> Iterable[Finding]:
    judge = next((judge for judge in checks.judges if isinstance(judge.rule, rule)), None)
    if judge is None:
        return
    for code, figure in stated.items():
        if _known(checks.catalogue, code) and figure != sums.get(code, 0):
            item = checks.catalogue.bases[_base(code)][0]
            kind = checks.catalogue.kinds.get(code.partition(".")[2], "")
            facts: dict[str, object] = {
                "name": item.name, "kind": kind, "left": figure, "right": sums.get(code, 0)
            }  # fmt: skip
            key = f"{judge.key}.{code}"
            yield _finding(checks, judge, key, unit_id, month, [code], facts)


def _finding(
    checks: Checks,
    judge: Judge,
    key: str,
    unit_id: str,
    month: str,
    items: Sequence[str],
    facts: Mapping[str, object],
) -> Finding:
    kind = checks.catalogue.kinds.get(judge.rule.kind, "")
    return Finding(
        key=key,
        code=judge.check.code,
        name=judge.check.name,
        weight=judge.weight,
        unit_id=unit_id,
        month=month,
        cells=tuple((unit_id, item) for item in items),
        officer=judge.rule.officer.format(**{"kind": kind, **facts}),
        reviewer=judge.check.reviewer,
        figures=" ".join(f"{name}={value}" for name, value in sorted(facts.items())),
    )
