"""The totals on the command line."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jindu_desk.cli.output import context_of
from jindu_desk.domain.months import Month

if TYPE_CHECKING:
    from jindu_desk.domain.tallies.rates import Rate, Ratio
    from jindu_desk.queries.totals import Totals, UnitTotals


def register(app: typer.Typer) -> None:
    app.command()(totals)


def totals(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="月份")],
    xlsx: Annotated[Path | None, typer.Option(metavar="FILE", help="同时写成表格，小数受保护")] = None,
    exact: Annotated[bool, typer.Option("--exact", help="表格含各村准确数字，不得外传")] = False,
) -> None:
    """汇总：各单位的合计、六项比率（分子/分母）、缺报的单位。"""
    from jindu_desk.operations.totals import export_totals
    from jindu_desk.queries.totals import totals as ask

    con, wanted = context_of(context), Month.parse(month)
    with con.open_desk() as desk:
        found = ask(desk.store, desk.unit.unit.id, wanted)
        if xlsx is not None:
            export_totals(desk.store, found.owner.id, wanted, xlsx, protected=not exact)
    facts = _facts(found)
    if xlsx is not None:
        facts["xlsx"] = str(xlsx)
    con.say(_table(found) + (f"\n已导出到 {xlsx}" if xlsx else ""), facts)


def _facts(found: Totals) -> dict[str, object]:
    return {
        "unit": found.owner.name,
        "month": str(found.month),
        "rules": found.rules.version,
        "missing": [unit.name for unit in found.missing],
        "returned": [row.unit.name for row in found.units if row.returned_on is not None],
        "findings": [{"check": finding.code, "sentence": finding.officer} for finding in found.findings],
        "units": [_unit_facts(row, found.rules.rates.rates) for row in found.units],
        "total": _unit_facts(found.total, found.rules.rates.rates),
    }


def _unit_facts(row: UnitTotals, rates: Sequence[Rate]) -> dict[str, object]:
    return {
        "name": row.unit.name,
        "code": row.unit.code,
        "arrival": row.arrival.value,
        "returned_on": str(row.returned_on) if row.returned_on else None,
        "package": row.package.number if row.package else None,
        "month": dict(row.month),
        "to_date": dict(row.to_date),
        "unknown": dict(row.unknown),
        "rates": {rate.code: _ratio_facts(row.ratios[rate.code]) for rate in rates},
        "rates_to_date": {rate.code: _ratio_facts(row.ratios_to_date[rate.code]) for rate in rates},
    }


def _ratio_facts(ratio: Ratio) -> Mapping[str, object]:
    return {"text": ratio.text, "numerator": ratio.numerator, "denominator": ratio.denominator}


def _table(found: Totals) -> str:
    from jindu_desk.reports.arrival_wording import ARRIVAL_WORDS, absent_parts

    rates = found.rules.rates.required
    head = ["单位", "状态", "期末在册", *(rate.name for rate in rates)]
    rows = [head]
    for row in (*found.units, found.total):
        name = "合计" if row is found.total else row.unit.name
        state = "" if row is found.total else ARRIVAL_WORDS[row.arrival]
        persons = row.month.get("A04")
        cells = [_ratio_text(row.ratios[rate.code]) for rate in rates]
        rows.append([name, state, "—" if persons is None else str(persons), *cells])
    year = [_ratio_text(found.total.ratios_to_date[rate.code]) for rate in rates]
    rows.append(["本年累计", "", "", *year])
    widths = [max(_width(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    absent = "；".join(absent_parts(found.units))
    title = f"{found.owner.name} {found.month} 汇总（规则 {found.rules.version}）"
    return "\n".join([title, *(line.rstrip() for line in lines), absent or "各单位均已汇总。"])


def _ratio_text(ratio: Ratio) -> str:
    return f"{ratio.text} ({ratio.numerator}/{ratio.denominator})"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
