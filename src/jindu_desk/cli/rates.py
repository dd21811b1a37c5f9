"""The rates on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jindu_desk.cli.output import context_of
from jindu_desk.domain.months import Month

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.domain.tallies.rates import Ratio
    from jindu_desk.queries.rate_analysis import RateAnalysis, RateLine
    from jindu_desk.queries.rate_protection import HiddenOfRate


def register(app: typer.Typer) -> None:
    app.command()(rates)


def rates(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="月份")],
    pdf: Annotated[Path | None, typer.Option(metavar="FILE.pdf", help="同时写成一页的比率分析（保护版）")] = None,
    xlsx: Annotated[Path | None, typer.Option(metavar="FILE.xlsx", help="同时写成表格（保护版）")] = None,
    exact: Annotated[bool, typer.Option("--exact", help="比率分析含各单位实数，供内部工作使用")] = False,
) -> None:
    """比率：公式、分子、分母、目标、近十二个月、本年累计、差额最大的单位。"""
    from jindu_desk.queries.rate_analysis import rate_analysis
    from jindu_desk.queries.rate_protection import hidden_of_rates

    con, wanted = context_of(context), Month.parse(month)
    with con.open_desk() as desk:
        found = rate_analysis(desk.store, desk.unit.unit.id, wanted)
        if pdf or xlsx:
            hidden = None if exact else hidden_of_rates(desk.store, found)
            _write(desk, found, hidden, pdf, xlsx)
    written = {form: str(file) for form, file in (("pdf", pdf), ("xlsx", xlsx)) if file}
    con.say("\n".join((_text(found), *(f"已写出 {file}" for file in written.values()))), {**_facts(found), **written})


def _write(
    desk: Desk, found: RateAnalysis, hidden: Mapping[str, HiddenOfRate] | None, pdf: Path | None, xlsx: Path | None
) -> None:
    from jindu_desk.operations.saving import save_file
    from jindu_desk.reports.tallies.rates_paper import rates_pdf
    from jindu_desk.reports.tallies.rates_paper_of import rates_paper_of
    from jindu_desk.reports.tallies.rates_workbook import rates_xlsx
    from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

    paper = rates_paper_of(found, hidden)
    if pdf is not None:
        save_file(pdf, rates_pdf(paper, paper_fonts(desk.paths)))
    if xlsx is not None:
        save_file(xlsx, rates_xlsx(paper, desk.store.clock().date()))


def _text(found: RateAnalysis) -> str:
    lines = [f"{found.owner.name} {found.month} 比率（规则 {found.rules.version}）"]
    for line in found.lines:
        lines += _said(line, found)
    return "\n".join(lines)


def _said(line: RateLine, found: RateAnalysis) -> list[str]:
    from jindu_desk.reports.tallies.rate_wording import cases_text, formula_words, parts_text, place_text, target_text

    said = [
        f"{line.rate.name}  {line.month.text} ({parts_text(line.month)})  目标 {target_text(line.target)}"
        f"  本年 {line.to_date.text} ({parts_text(line.to_date)})",
        f"  公式 {formula_words(line.rate, found.rules.catalogue)}",
    ]
    for tier in found.tiers:
        pulls = [f"{place_text(pull.unit)} {cases_text(line, pull.cases)}" for pull in line.heaviest[tier][:3]]
        if pulls:
            said.append(f"  差额最大：{'；'.join(pulls)}")
    return said


def _facts(found: RateAnalysis) -> dict[str, object]:
    return {
        "unit": found.owner.name,
        "month": str(found.month),
        "rules": found.rules.version,
        "rates": {line.rate.code: _line_facts(line, found) for line in found.lines},
    }


def _line_facts(line: RateLine, found: RateAnalysis) -> dict[str, object]:
    from jindu_desk.domain.rounding import decimal_text
    from jindu_desk.reports.tallies.rate_wording import formula_words, place_text

    months = {str(month): _ratio_facts(ratio) for month, ratio in zip(found.months, line.history, strict=True)}
    year = zip(found.month.year_to_date, line.so_far, strict=True)
    return {
        "name": line.rate.name,
        "formula": formula_words(line.rate, found.rules.catalogue),
        "stock": line.stock,
        **_ratio_facts(line.month),
        "to_date": _ratio_facts(line.to_date),
        "target_hundredths": line.target,
        "months": months,
        "year_to_date": {str(month): _ratio_facts(ratio) for month, ratio in year},
        "heaviest": {
            tier.value: [
                {"unit": place_text(pull.unit), **_ratio_facts(pull.ratio), "cases": decimal_text(pull.cases)}
                for pull in line.heaviest[tier]
            ]
            for tier in found.tiers
        },
    }


def _ratio_facts(ratio: Ratio) -> dict[str, object]:
    return {"text": ratio.text, "numerator": ratio.numerator, "denominator": ratio.denominator}
