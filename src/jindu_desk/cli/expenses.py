"""The expense book on the command line: the finance office's list, closing months and years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jindu_desk.cli.output import context_of
from jindu_desk.domain.money import yuan_text
from jindu_desk.domain.months import Month

if TYPE_CHECKING:
    from jindu_desk.operations.expense_import import JudgedRow


def register(app: typer.Typer) -> None:
    app.command("import-expenses")(import_list)
    app.command("close-book")(close_book)
    app.command("close-year")(close_year)


def import_list(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="财务清单：.xlsx 或 .csv（UTF-8、GB18030）")],
    year: Annotated[int | None, typer.Option(metavar="YYYY", help="记入哪一年的预算；默认今年")] = None,
    line: Annotated[str, typer.Option(metavar="NAME", help="清单没有科目列时，全部记入这个预算科目")] = "",
    payee: Annotated[str, typer.Option(metavar="NAME", help="清单没有收款单位时，全部记为这个单位")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说每一行会怎样，不登记")] = False,
    duplicates: Annotated[bool, typer.Option("--with-duplicates", help="像是重复的行也登记")] = False,
    rest: Annotated[Path | None, typer.Option(metavar="FILE.xlsx", help="把没有登记的行另存为表格")] = None,
) -> None:
    """导入财务部门的支出清单；不能登记的行说明原因，其余一次登记。"""
    from jindu_desk.domain.expense_lists import ListMapping
    from jindu_desk.errors.expense_lists import ListRowRefused, NothingToImport
    from jindu_desk.errors.expenses import NoBudgetLine
    from jindu_desk.operations.expense_import import (
        RowVerdict,
        import_expenses,
        line_texts,
        plan_import,
        read_list_file,
    )
    from jindu_desk.operations.saving import save_file
    from jindu_desk.queries.expense_lists import kind_of, proposed_mapping
    from jindu_desk.queries.expenses import expense_book
    from jindu_desk.reports.expenses.left_out_rows_workbook import left_out_rows_workbook

    con = context_of(context)
    read = read_list_file(file)
    with con.open_desk(backup=not dry_run) as desk:
        today, unit = desk.store.clock().date(), desk.unit.unit.id
        wanted = year or today.year
        lines = expense_book(desk.store, unit, wanted, today, entries=False).lines
        first = proposed_mapping(desk.store, read.headings, (), lines)
        mapping = proposed_mapping(desk.store, read.headings, line_texts(read, first), lines)
        known = dict(mapping.lines)
        if line:
            chosen = next((each for each in lines if each.name == line), None)
            if chosen is None:
                raise NoBudgetLine
            known |= {text: kind_of(chosen) for text in line_texts(read, mapping) if text not in known}
            known[""] = kind_of(chosen)
        mapping = ListMapping(mapping.columns, known, payee or mapping.payee)
        plan = plan_import(desk.store, unit, wanted, read, mapping, with_duplicates=duplicates)
        if not dry_run:
            if not plan.of(RowVerdict.BOOK):
                for judged in plan.left_out:
                    typer.echo(str(ListRowRefused(row=judged.row.number, reason=judged.why)), err=True)
                raise NothingToImport
            plan = import_expenses(desk.store, unit, wanted, read, mapping, plan, with_duplicates=duplicates)
    if rest is not None and plan.left_out:
        cells = [(judged.row.number, str(judged.why), judged.row.cells) for judged in plan.left_out]
        save_file(rest, left_out_rows_workbook(read.headings, cells))
    rows = [_facts(judged) for judged in plan.rows]
    done = "会登记" if dry_run else "已登记"
    counts = {verdict.value: len(plan.of(verdict)) for verdict in RowVerdict}
    said = [
        f"{file.name}：{done} {counts['book']} 笔，{yuan_text(plan.total_fen)} 元；像是重复 {counts['duplicate']} 行，"
        f"不能登记 {counts['refused']} 行，合计行 {counts['passed']} 行。"
    ]
    for judged in plan.rows:
        if judged.verdict is not RowVerdict.BOOK and judged.why is not None:
            said.append(f"  {ListRowRefused(row=judged.row.number, reason=judged.why)}")
        elif dry_run and judged.entry is not None:
            entry = judged.entry
            said.append(f"  第 {judged.row.number} 行：{entry.on} {entry.summary} {yuan_text(entry.amount_fen)} 元")
    facts = {"dry_run": dry_run, "counts": counts, "amount_fen": plan.total_fen, "rows": rows}
    con.say("\n".join(said), facts)


def close_book(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="结账到哪个月")],
    undo: Annotated[str, typer.Option("--undo", metavar="REASON", help="撤销这个月的结账，写明理由")] = "",
    confirmed: Annotated[bool, typer.Option("--without-vouchers", help="有支出没登记凭证号也结账")] = False,
) -> None:
    """经费账月结；结账后只能在之后的月份冲销。"""
    from jindu_desk.operations.expense_closing import close_book_month, reopen_book_month

    con, wanted = context_of(context), Month.parse(month)
    with con.open_desk(backup=True) as desk:
        unit = desk.unit.unit.id
        if undo:
            reopen_book_month(desk.store, unit, wanted, reason=undo)
        else:
            close_book_month(desk.store, unit, wanted, confirmed=confirmed)
    done = "已撤销月结" if undo else "已结账"
    con.say(f"{wanted} 的经费账{done}。", {"month": str(wanted), "closed": not undo})


def close_year(
    context: typer.Context,
    year: Annotated[int, typer.Argument(metavar="YYYY", help="哪一年")],
    approval: Annotated[str, typer.Option(metavar="TEXT", help="批准依据：文号或会议")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="理由")] = "",
    carry: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="专款之外还要结转余额的科目，可写多次")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="撤销年终结转")] = False,
) -> None:
    """经费年终结转：专款和指定科目的余额作为预算调整记入下一年。"""
    from jindu_desk.errors.expenses import NoBudgetLine
    from jindu_desk.operations.expense_closing import close_year as close
    from jindu_desk.operations.expense_closing import reopen_year
    from jindu_desk.queries.expense_closing import year_end

    con = context_of(context)
    with con.open_desk(backup=True) as desk:
        unit = desk.unit.unit.id
        if undo:
            reopen_year(desk.store, unit, year)
            con.say(f"已撤销 {year} 年的年终结转。", {"year": year, "closed": False})
            return
        found = year_end(desk.store, unit, year)
        named = {line.name: line.id for line in found.lines}
        if any(name not in named for name in carry or []):
            raise NoBudgetLine
        chosen = found.proposed | {named[name] for name in carry or []}
        done = close(desk.store, unit, year, chosen, reason=reason or f"{year} 年结余结转", approval=approval)
    con.say(
        f"{year} 年已年终结转：{done.lines} 个科目，共 {yuan_text(done.carried_fen)} 元记入 {year + 1} 年预算。",
        {"year": year, "closed": True, "lines": done.lines, "carried_fen": done.carried_fen},
    )


def _facts(judged: JudgedRow) -> dict[str, object]:
    entry = judged.entry
    booked = {"on": entry.on, "summary": entry.summary, "amount_fen": entry.amount_fen} if entry else {}
    why = {"code": judged.why.code, "sentence": str(judged.why)} if judged.why else {}
    return {"row": judged.row.number, "verdict": judged.verdict.value, **booked, **why}
