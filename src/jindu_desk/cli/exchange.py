"""Packages on the command line. ``verify`` needs neither a data folder nor a window."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from jindu_desk.cli.output import context_of
from jindu_desk.cli.units import unit_named
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.reports.exchange.wording import NOTHING_NEW, verdict_label

_TAKEN = frozenset({"new", "same", "revision", "older"})


def register(app: typer.Typer) -> None:
    for command in (report, reopen, resend, verify, receive, unseal, rebuild):
        app.command()(command)


def report(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="月份")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="写到哪个文件夹，例如 U 盘")],
    reason: Annotated[str, typer.Option(help="重新上报的理由；默认用重新打开时写的理由")] = "",
    readable: Annotated[bool, typer.Option("--readable", help="不加密：拿到文件的人都能读")] = False,
) -> None:
    """审核、签名、加密给上级，写出上报包并读回核对，然后锁定当月。"""
    from jindu_desk.operations.exchange.report import report_month
    from jindu_desk.queries.exchange.nothing_new import says_nothing_new
    from jindu_desk.queries.exchange.superior import superior

    con = context_of(context)
    with con.open_desk() as desk:
        above = superior(desk.store)
        if above is not None and not above.encrypted and not readable:
            _agree_to_readable(above.name)
        same = says_nothing_new(desk.store, desk.paths, Month.parse(month))
        done = report_month(
            desk.store, desk.vault, desk.paths, Month.parse(month), to, reason=reason, readable=readable
        )
    sealed = f"已加密，只有{done.receiver}能读" if done.encrypted else "注意：没有加密，拿到文件的人都能读"
    con.say(
        f"已上报 {done.month} 给{done.receiver}：第 {done.number} 号包，修订 {done.revision}，{done.bytes:,} 字节。\n"
        f"文件 {done.path}\n签名密钥 {done.fingerprint}\n已读回核对，可以拔出 U 盘。{sealed}。"
        + (f"\n提示：{NOTHING_NEW}" if same else ""),
        {
            "file": str(done.path),
            "month": str(done.month),
            "number": done.number,
            "revision": done.revision,
            "fingerprint": done.fingerprint,
            "sha256": done.file_sha256,
            "bytes": done.bytes,
            "encrypted": done.encrypted,
            "nothing_new": same,
        },
    )


def _agree_to_readable(receiver: str) -> None:
    """Nothing leaves the house readable by anyone without a person saying so. Raises `ReadableByAnyone`."""
    from jindu_desk.errors.exchange import ReadableByAnyone

    question = f"还没有读入{receiver}的指令，不知道它的加密公钥，写出的文件谁拿到都能读。仍要写出吗？"
    if not (sys.stdin.isatty() and typer.confirm(question, default=False, err=True)):
        raise ReadableByAnyone(receiver=receiver)


def reopen(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="月份")],
    reason: Annotated[str, typer.Option(help="为什么要改，随修订一起上报")],
) -> None:
    """重新打开已上报的月份；改好后再用 report 上报，成为修订。"""
    from jindu_desk.operations.exchange.report import reopen_month

    con, wanted = context_of(context), Month.parse(month)
    with con.open_desk() as desk:
        own = desk.unit
        reopen_month(desk.store, own.unit.id, wanted, by=own.keeper, reason=reason)
    con.say(f"{wanted} 已重新打开，可以修改；改好后请再次上报。", {"month": str(wanted), "by": own.keeper})


def resend(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="要重新递交的编号")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="写到哪个文件夹，例如 U 盘")],
    kind: Annotated[PackageKind, typer.Option(help="包的种类")] = PackageKind.REPORT,
    unit: Annotated[str, typer.Option(metavar="单位", help="给哪个单位；默认给上级（指令不用写）")] = "",
) -> None:
    """把写过的包原样再写一份：U 盘丢了、对方缺号、对方换了密钥时用。不占新编号。"""
    from jindu_desk.errors.exchange import NoReceiver
    from jindu_desk.operations.exchange.again import hand_out_again

    con = context_of(context)
    with con.open_desk() as desk:
        own = desk.unit
        if unit:
            receiver = unit_named(desk, unit).id
        elif kind is PackageKind.DIRECTIVE:
            receiver = own.unit.id
        elif own.superior is not None:
            receiver = own.superior.id
        else:
            raise NoReceiver
        done = hand_out_again(desk.store, desk.vault, desk.paths, kind, receiver, number, to)
    con.say(
        f"已重新写出第 {done.number} 号：{done.path}（{'已加密' if done.encrypted else '没有加密'}）。",
        {"file": str(done.path), "number": done.number, "bytes": done.bytes, "encrypted": done.encrypted},
    )


def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="上报包")],
    roster: Annotated[Path | None, typer.Option(metavar="FILE", help="allowed_signers 文件")] = None,
) -> None:
    """检查一个包：完整、签名、内容；给出名册时还检查签名人。"""
    from jindu_desk.operations.exchange.verify import verify_path

    con = context_of(context)
    found = verify_path(file, roster)
    if not found.good:
        con.say(
            "\n".join(
                [f"{file.name}：{verdict_label(found.verdict.value) if found.verdict else ''}。{found.sentence}"]
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
    inside = f"\n  其中镇（街道）的数据包 {found.nested} 个，都已核对" if found.nested else ""
    differing = "".join(f"\n  与镇（街道）签名的不同：{fault}" for fault in found.faults)
    con.say(
        f"{file.name}：完好。\n"
        f"  {about.sender.name} → {about.receiver.name}，{about.period or ''} 第 {about.number} 号，"
        f"修订 {about.revision}\n"
        f"  签名密钥 {found.fingerprint}（{who}）\n"
        f"  {len(found.rows)} 张表，{rows} 行；附件 {len(about.attachments)} 个；规则 {about.rules}{inside}{differing}",
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
            "nested": found.nested,
            "faults": list(found.faults),
        },
    )


def receive(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="数据包，可以多个")],
    accept_revisions: Annotated[bool, typer.Option("--accept-revisions", help="修订直接替换，不再等人确认")] = False,
) -> None:
    """读入上报包、密钥登记包、指令、回执，逐个给出结论；一个有问题不影响其他。"""
    from jindu_desk.operations.exchange.receive import ReceiveResult, receive_files

    con = context_of(context)

    def told(done: int, total: int, result: ReceiveResult) -> None:
        con.progress(f"{done}/{total} {result.file.name}")

    with con.open_desk() as desk:
        results = receive_files(
            desk.store, desk.paths, files, vault=desk.vault, told=told, accept_revisions=accept_revisions
        )
    words = [verdict_label(result.verdict.value, counted=result.counted) for result in results]
    lines = [f"{word}　{result.file.name}：{result.explanation}" for word, result in zip(words, results, strict=True)]
    counts: dict[str, int] = {}
    for result in results:
        counts[result.verdict.value] = counts.get(result.verdict.value, 0) + 1
    summed = " · ".join(f"{word} {number}" for word, number in Counter(words).items())
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
                    "kind": result.kind.value,
                    "counted": result.counted,
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


def unseal(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="加密给本单位的数据包")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="解密后写到哪里（签名的 ZIP，谁都能检查）")],
) -> None:
    """解密一个包，好让别人用 ssh-keygen、frictionless 检查它；不读入。"""
    from jindu_desk.operations.exchange.receive import unsealed
    from jindu_desk.operations.saving import save_file

    con = context_of(context)
    with con.open_desk() as desk:
        content = unsealed(desk.vault, file)
    save_file(out, content)
    con.say(f"已解密到 {out}，{len(content):,} 字节。", {"file": str(out), "bytes": len(content)})


def rebuild(context: typer.Context) -> None:
    """扔掉汇总用的表，从收到的原件重新做一遍；合计应当不变。"""
    from jindu_desk.operations.exchange.receive import rebuild as rebuild_tables

    con = context_of(context)
    with con.open_desk(backup=True) as desk:
        done = rebuild_tables(desk.store, desk.paths)
    con.say(f"已从 {done.packages} 个收到的包重建汇总用的表。", {"packages": done.packages})
