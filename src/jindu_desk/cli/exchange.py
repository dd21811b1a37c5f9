"""Packages and keys on the command line. ``verify`` needs neither a data folder nor a window."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jindu_desk.cli.output import context_of
from jindu_desk.domain.months import Month

_VERDICTS = {
    "new": "新",
    "same": "重复",
    "revision": "修订",
    "older": "旧",
    "gap": "缺号",
    "fork": "分歧",
    "not_for_us": "不是给本单位的",
    "untrusted": "不可信",
    "damaged": "损坏",
    "locked": "已锁定",
}
_TAKEN = frozenset({"new", "same", "revision", "older"})


def register(app: typer.Typer) -> None:
    for command in (key, trust, report, reopen, verify, receive):
        app.command()(command)


def key(context: typer.Context) -> None:
    """显示本机的公钥和指纹；还没有就生成一个。"""
    from jindu_desk.operations.exchange_keys import create_signing_key
    from jindu_desk.queries.exchange import key_line, own_signer

    con = context_of(context)
    with con.open_desk() as desk:
        if own_signer(desk.store) is None:
            create_signing_key(desk.store, desk.vault)
        found = own_signer(desk.store)
        line = key_line(found) if found else ""
    if found is None:
        raise typer.Exit(1)
    con.say(
        f"{line}\n指纹（请当面或电话逐组核对）：\n  {' '.join(found.groups)}",
        {"line": line, "fingerprint": found.fingerprint, "keeper": found.keeper},
    )


def trust(
    context: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="单位", help="下级或上级单位的名称、代码或编号")],
    key_file: Annotated[Path, typer.Option("--key", metavar="FILE", help="对方用 key 命令显示的那一行")],
    fingerprint: Annotated[str, typer.Option(help="当面或电话核对到的指纹，SHA256:…")],
    keeper: Annotated[str, typer.Option(help="保管人；默认取公钥里写的")] = "",
) -> None:
    """核对指纹后登记一个单位的公钥。"""
    from jindu_desk.errors.folder import CannotReadFile
    from jindu_desk.errors.units import UnknownUnit
    from jindu_desk.operations.exchange_keys import trust_key
    from jindu_desk.queries.exchange import read_key
    from jindu_desk.queries.units import all_units

    con = context_of(context)
    try:
        offered = read_key(key_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotReadFile(file=str(key_file), reason=getattr(error, "strerror", None) or "不是文本") from error
    with con.open_desk() as desk:
        month = Month.of(desk.store.clock().date())
        found = [row for row in all_units(desk.store, month) if unit in (row.name, row.code, row.id)]
        if len(found) != 1:
            raise UnknownUnit(unit=unit)
        kept_by = keeper or offered.keeper or found[0].name
        trust_key(desk.store, found[0].id, offered.public_key, keeper=kept_by, compared=fingerprint)
    con.say(
        f"已登记{found[0].name}的公钥 {offered.fingerprint}。",
        {"unit": found[0].name, "fingerprint": offered.fingerprint, "keeper": kept_by},
    )


def report(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="月份")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="写到哪个文件夹，例如 U 盘")],
    reason: Annotated[str, typer.Option(help="重新上报的理由；默认用重新打开时写的理由")] = "",
) -> None:
    """审核、签名，写出上报包并读回核对，然后锁定当月。本版本的包不加密，拿到文件的人都能读。"""
    from jindu_desk.operations.exchange_report import report_month

    con = context_of(context)
    with con.open_desk() as desk:
        done = report_month(desk.store, desk.vault, desk.paths, Month.parse(month), to, reason=reason)
    con.say(
        f"已上报 {done.month} 给{done.receiver}：第 {done.number} 号包，修订 {done.revision}，{done.bytes:,} 字节。\n"
        f"文件 {done.path}\n签名密钥 {done.fingerprint}\n"
        "已读回核对，可以拔出 U 盘。注意：包没有加密，拿到文件的人都能读。",
        {
            "file": str(done.path),
            "month": str(done.month),
            "number": done.number,
            "revision": done.revision,
            "fingerprint": done.fingerprint,
            "sha256": done.file_sha256,
            "bytes": done.bytes,
            "encrypted": False,
        },
    )


def reopen(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="月份")],
    reason: Annotated[str, typer.Option(help="为什么要改，随修订一起上报")],
) -> None:
    """重新打开已上报的月份；改好后再用 report 上报，成为修订。"""
    from jindu_desk.operations.exchange_report import reopen_month

    con, wanted = context_of(context), Month.parse(month)
    with con.open_desk() as desk:
        own = desk.unit
        reopen_month(desk.store, own.unit.id, wanted, by=own.keeper, reason=reason)
    con.say(f"{wanted} 已重新打开，可以修改；改好后请再次上报。", {"month": str(wanted), "by": own.keeper})


def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="上报包")],
    roster: Annotated[Path | None, typer.Option(metavar="FILE", help="allowed_signers 文件")] = None,
) -> None:
    """检查一个包：完整、签名、内容；给出名册时还检查签名人。"""
    from jindu_desk.operations.exchange_verify import verify_path

    con = context_of(context)
    found = verify_path(file, roster)
    if not found.good:
        con.say(
            "\n".join(
                [f"{file.name}：{_VERDICTS[found.verdict.value] if found.verdict else ''}。{found.sentence}"]
                + [f"  {fault}" for fault in found.faults]
            ),
            {
                "ok": False,
                "good": False,
                "verdict": found.verdict.value if found.verdict else None,
                "error": found.code,
                "sentence": found.sentence,
                "faults": list(found.faults),
            },
        )
        raise typer.Exit(1)
    about = found.descriptor
    if about is None:
        raise typer.Exit(1)
    who = f"名册中登记的保管人 {found.keeper}" if found.signer_known else "没有给名册，只能说明签名后没有改动过"
    rows = sum(found.rows.values())
    con.say(
        f"{file.name}：完好。\n"
        f"  {about.sender.name} → {about.receiver.name}，{about.period or ''} 第 {about.number} 号，"
        f"修订 {about.revision}\n"
        f"  签名密钥 {found.fingerprint}（{who}）\n"
        f"  {len(found.rows)} 张表，{rows} 行；附件 {len(about.attachments)} 个；规则 {about.rules}",
        {
            "good": True,
            "verdict": "good",
            "kind": about.kind.value,
            "from": about.sender.name,
            "to": about.receiver.name,
            "period": about.period,
            "number": about.number,
            "revision": about.revision,
            "fingerprint": found.fingerprint,
            "signer_known": found.signer_known,
            "keeper": found.keeper,
            "sha256": found.file_sha256,
            "rows": found.rows,
        },
    )


def receive(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="上报包，可以多个")],
    accept_revisions: Annotated[bool, typer.Option("--accept-revisions", help="修订直接替换，不再等人确认")] = False,
) -> None:
    """接收下级的上报包，逐个给出结论；一个有问题不影响其他。"""
    from jindu_desk.operations.exchange_receive import ReceiveResult, receive_files

    con = context_of(context)

    def told(done: int, total: int, result: ReceiveResult) -> None:
        con.progress(f"{done}/{total} {result.file.name}")

    with con.open_desk() as desk:
        results = receive_files(desk.store, desk.paths, files, told=told, accept_revisions=accept_revisions)
    lines = [f"{_VERDICTS[result.verdict.value]}　{result.file.name}：{result.explanation}" for result in results]
    counts: dict[str, int] = {}
    for result in results:
        counts[result.verdict.value] = counts.get(result.verdict.value, 0) + 1
    summed = " · ".join(f"{_VERDICTS[verdict]} {number}" for verdict, number in counts.items())
    good = all(result.verdict.value in _TAKEN for result in results)
    con.say(
        "\n".join([*lines, f"合计：{summed}"]),
        {
            "ok": good,
            "counts": counts,
            "results": [
                {
                    "file": str(result.file),
                    "verdict": result.verdict.value,
                    "sentence": result.explanation,
                    "from": result.from_unit,
                    "period": result.period,
                    "number": result.number,
                    "revision": result.revision,
                    "error": result.code or None,
                    "faults": list(result.faults),
                }
                for result in results
            ],
        },
    )
    if not good:
        raise typer.Exit(1)
