"""Keys on the command line: this desk's own, those of others, and how both change."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from jindu_desk.cli.output import context_of
from jindu_desk.cli.units import unit_named


class KeyChange(StrEnum):
    BEGIN = "begin"
    FINISH = "finish"
    LOST = "lost"


_CHANGED = {
    KeyChange.BEGIN: "已生成接替的密钥，还没有启用。请用 enrol（市、辖市区用 direct）把它告诉对方，再用 finish 启用。",
    KeyChange.FINISH: "已改用接替的密钥签名；旧密钥签过的包仍然有效。",
    KeyChange.LOST: "旧密钥已作废，新密钥已生成。请用 enrol 写出密钥登记包，并请对方重新核对指纹。",
}


def register(app: typer.Typer) -> None:
    for command in (key, trust, enrol, rekey):
        app.command()(command)


def key(context: typer.Context) -> None:
    """显示本机的公钥和指纹；还没有就生成一个。"""
    from jindu_desk.operations.exchange.keys import create_signing_key
    from jindu_desk.queries.exchange.keys import key_line, own_signer

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
    from jindu_desk.errors.folder import CannotReadFile, reading_from
    from jindu_desk.operations.exchange.keys import trust_key
    from jindu_desk.queries.exchange.keys import read_key

    con = context_of(context)
    try:
        with reading_from(key_file):
            offered = read_key(key_file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CannotReadFile(file=str(key_file), reason="不是文本") from error
    with con.open_desk() as desk:
        found = unit_named(desk, unit)
        kept_by = keeper or offered.keeper or found.name
        trust_key(desk.store, found.id, offered.public_key, keeper=kept_by, compared=fingerprint)
    con.say(
        f"已登记{found.name}的公钥 {offered.fingerprint}。",
        {"unit": found.name, "fingerprint": offered.fingerprint, "keeper": kept_by},
    )


def enrol(
    context: typer.Context,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="写到哪个文件夹，例如 U 盘")],
    form: Annotated[Path | None, typer.Option(metavar="FILE.pdf", help="同时打印密钥登记表")] = None,
) -> None:
    """写出密钥登记包，交给上级登记；指纹由上级当面或电话核对。"""
    from jindu_desk.operations.exchange.enrolments import write_enrolment
    from jindu_desk.operations.exchange.keys import create_signing_key
    from jindu_desk.operations.saving import save_file
    from jindu_desk.queries.exchange.keys import own_signer
    from jindu_desk.queries.exchange.superior import own_recipient
    from jindu_desk.reports.exchange.key_form import key_form_pdf
    from jindu_desk.reports.exchange.papers import key_form_of
    from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

    con = context_of(context)
    with con.open_desk() as desk:
        if own_signer(desk.store) is None:
            create_signing_key(desk.store, desk.vault)
        done = write_enrolment(desk.store, desk.vault, desk.paths, to)
        found = own_signer(desk.store)
        if found is None:
            raise typer.Exit(1)
        paper = key_form_of(desk.unit, found, own_recipient(desk.store))
    if form is not None:
        save_file(form, key_form_pdf(paper, paper_fonts(desk.paths)))
    printed = f"\n密钥登记表 {form}" if form else ""
    con.say(
        f"已写出第 {done.number} 号密钥登记包给{done.receiver}：{done.path}{printed}\n"
        f"指纹（请上级当面或电话逐组核对）：\n  {' '.join(found.groups)}",
        {
            "file": str(done.path),
            "number": done.number,
            "receiver": done.receiver,
            "fingerprint": done.fingerprint,
            "encrypted": done.encrypted,
            "form": str(form) if form else None,
        },
    )


def rekey(
    context: typer.Context,
    change: Annotated[KeyChange, typer.Argument(help="begin 生成接替的，finish 启用它，lost 旧的丢了或人员交接")],
    reason: Annotated[str, typer.Option(help="lost 要写明原因，随登记包告诉上级")] = "",
) -> None:
    """更换本机密钥：有序更换先 begin 再 finish；丢失、换电脑、人员交接用 lost。"""
    from jindu_desk.operations.exchange.key_changes import begin_key_change, finish_key_change, replace_lost_keys
    from jindu_desk.queries.exchange.keys import own_signer

    con = context_of(context)
    with con.open_desk() as desk:
        if change is KeyChange.BEGIN:
            begin_key_change(desk.store, desk.vault)
        elif change is KeyChange.FINISH:
            finish_key_change(desk.store, desk.vault)
        else:
            replace_lost_keys(desk.store, desk.vault, reason)
        found = own_signer(desk.store)
    fingerprint = found.fingerprint if found else ""
    con.say(f"{_CHANGED[change]}\n签名用的密钥：{fingerprint}", {"change": change.value, "fingerprint": fingerprint})
