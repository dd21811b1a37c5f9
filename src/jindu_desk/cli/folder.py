"""Commands about the data folder itself: example data, backups, checks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from jindu_desk.cli.output import context_of
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier

_DAMAGE = {
    "database": "数据库损坏",
    "foreign_key": "数据库里的记录失去对应",
    "audit_altered": "变更链在这一条被改动",
    "audit_removed": "变更链从这一条起缺失",
    "attachment": "附件缺失或被改动",
    "package": "收到的包缺失或被改动",
    "sent_copy": "已上报月份的包在本机的副本缺失或被改动",
    "figures": "已签名的月份与现在的记录不一致",
}
_TABLES = {
    "": "",
    "meetings": "（会议）",
    "attendees": "（参会人员）",
    "agenda_items": "（会议议程）",
    "figures": "（会议数据）",
    "signed_decisions": "（纪要议定事项）",
    "cells": "（台账数字）",
    "nil_returns": "（零报告）",
    "reasons": "（核实理由）",
    "expenses": "（经费支出）",
}


def register(app: typer.Typer) -> None:
    app.command()(demo)
    app.command()(backup)
    app.command()(restore)
    app.command()(check)


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新的空文件夹")],
    tier: Annotated[Tier, typer.Option(help="township 镇/街道 或 district 辖市/区")] = Tier.TOWNSHIP,
    unit: Annotated[str, typer.Option(metavar="CODE", help="12 位区划代码；默认薛家镇或新北区")] = "",
    months: Annotated[int, typer.Option(min=1, max=36, help="月数")] = 12,
    until: Annotated[str, typer.Option(metavar="YYYY-MM", help="最后一个月；默认上个月")] = "",
    seed: Annotated[int, typer.Option(help="相同的数生成相同的数据")] = 1,
    township: Annotated[
        Path | None, typer.Option(metavar="DIR", help="district：另存一个镇的数据文件夹，最后一个月留着自己上报")
    ] = None,
) -> None:
    """生成示例数据：真实的单位名称，编造的人员和数字。"""
    from jindu_desk.operations.demo import make_demo

    con = context_of(context)
    last = Month.parse(until) if until else Month.of(datetime.now().date()).previous  # noqa: DTZ005 - local wall time
    made = make_demo(
        folder, tier=tier, code=unit, months=months, until=last, seed=seed, township=township, progress=con.progress
    )
    con.say(
        f"已在“{folder}”生成{made.unit}的示例数据：{made.first} 至 {made.last}，共 {made.units} 个下级单位。",
        {
            "folder": str(folder),
            "unit": made.unit,
            "first": str(made.first),
            "last": str(made.last),
            "units": made.units,
        },
    )


def backup(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="写成一个可带走的文件；不写则备份到数据文件夹内")
    ] = None,
) -> None:
    """备份数据（不含私钥），并打开检查。"""
    con = context_of(context)
    with con.open_desk() as desk:
        if file is None:
            file = desk.back_up("by-hand")
        else:
            desk.archive(file)
    con.say(f"已备份到“{file}”，并已打开检查。", {"file": str(file), "bytes": file.stat().st_size})


def restore(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件（.db 或带走的备份）")]
) -> None:
    """用备份恢复数据；恢复前先备份现有数据。"""
    from jindu_desk.app.desk import restore_folder
    from jindu_desk.errors.folder import CannotReadFile

    con = context_of(context)
    if not file.is_file():
        raise CannotReadFile(file=str(file), reason="不存在")
    restore_folder(con.data, file, datetime.now())  # noqa: DTZ005 - local wall time
    with con.open_desk() as desk:
        unit = desk.unit.unit.name
    con.say(f"已用“{file}”恢复{unit}的数据；恢复前的数据另有备份。", {"file": str(file), "unit": unit})


def check(context: typer.Context) -> None:
    """检查数据库、变更链、附件、收到的包，以及已签名的数字是否被改动。"""
    from jindu_desk.queries import integrity

    con = context_of(context)
    with con.open_desk() as desk:
        result = integrity.check(desk.store, desk.paths)
    facts = {
        "sound": not result.findings,
        "changes": result.changes,
        "attachments": result.attachments,
        "packages": result.packages,
        "audit_head": result.audit_head,
        "findings": [{"damage": f.damage.value, "place": f.place, "table": f.table} for f in result.findings],
    }
    looked = f"变更 {result.changes} 条，附件 {result.attachments} 个，收到的包 {result.packages} 个"
    if not result.findings:
        con.say(f"检查完毕，一切正常：{looked}。", facts)
        return
    lines = "\n".join(f"  {_DAMAGE[f.damage.value]}{_TABLES[f.table]}：{f.place}" for f in result.findings)
    con.say(f"发现 {len(result.findings)} 处问题（{looked}）：\n{lines}\n请用最近的备份恢复。", {**facts, "ok": False})
    raise typer.Exit(1)
