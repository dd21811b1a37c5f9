"""The fill-in workbook on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jindu_desk.cli.output import context_of
from jindu_desk.domain.months import Month


def register(app: typer.Typer) -> None:
    app.command()(template)
    app.command()(fill)


def template(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="月份")],
    out: Annotated[Path, typer.Option(metavar="FILE.xlsx", help="写到哪个文件")],
) -> None:
    """写出给各村（社区）的填报表。"""
    from jindu_desk.operations.saving import save_file
    from jindu_desk.queries.tallies import sheet
    from jindu_desk.reports.tallies.workbook import template_xlsx

    con, wanted = context_of(context), Month.parse(month)
    with con.open_desk() as desk:
        found = sheet(desk.store, desk.unit.unit.id, wanted)
    save_file(out, template_xlsx(found, found.rules.catalogue))
    con.say(
        f"已写出 {wanted} 的填报表：{out}（{len(found.villages)} 个村、社区各一张）。",
        {"file": str(out), "month": str(wanted), "villages": [unit.name for unit in found.villages]},
    )


def fill(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="村里填好的填报表")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说会改什么，不写入")] = False,
) -> None:
    """读回填报表；有一处读不懂就一个数也不写。"""
    from jindu_desk.operations.fill_workbook import fill_workbook, read_workbook_file
    from jindu_desk.reports.tallies.workbook import figure_text
    from jindu_desk.reports.tallies.workbook_reading import month_of_workbook

    con = context_of(context)
    content = read_workbook_file(file)
    month = month_of_workbook(content, file=file.name)
    with con.open_desk(backup=not dry_run) as desk:
        result = fill_workbook(desk.store, desk.unit.unit.id, month, content, file=file.name, dry_run=True)
        if not dry_run and not result.faults:
            result = fill_workbook(desk.store, desk.unit.unit.id, month, content, file=file.name)
    changes = [
        {
            "unit": change.unit_name,
            "item": change.item,
            "name": change.item_name,
            "before": figure_text(change.before),
            "after": figure_text(change.after),
            "sheet": change.sheet,
            "cell": change.ref,
        }
        for change in result.changes
    ]
    facts = {
        "month": str(month),
        "dry_run": dry_run,
        "changes": changes,
        "faults": [{"sheet": fault.sheet, "cell": fault.ref, "sentence": str(fault)} for fault in result.faults],
    }
    lines = [
        f"  {change['sheet']} {change['cell']}　{change['unit']} {change['item']} {change['name']}："
        f"{change['before'] or '空'} → {change['after'] or '空'}"
        for change in changes
    ]
    if result.faults:
        faults = "\n".join(f"  {fault}" for fault in result.faults)
        said = f"{len(result.faults)} 处读不进来，一个数也没有写入：\n{faults}"
        con.say(said, {**facts, "ok": False})
        raise typer.Exit(1)
    done = f"会改 {len(changes)} 个数（试读，没有写入）" if dry_run else f"已写入 {len(changes)} 个数"
    con.say("\n".join([f"{file.name}，{month}：{done}。", *lines]), facts)
