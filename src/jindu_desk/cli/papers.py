"""All papers of a desk on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jindu_desk.cli.output import context_of
from jindu_desk.domain.months import Month

if TYPE_CHECKING:
    from jindu_desk.cli.output import Context
    from jindu_desk.reports.bundle import MadePaper
    from jindu_desk.reports.papers import Occasion, PaperKind


def register(app: typer.Typer) -> None:
    app.command()(papers)


def papers(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="月份；全年的文书用它的年份")],
    paper: Annotated[str, typer.Option(metavar="NAME", help="只印这一种（名称或代号，见清单）")] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="写成 .pdf、.xlsx 或 .docx；不写 --paper 就合成一个 .pdf")
    ] = None,
    folder: Annotated[Path | None, typer.Option(metavar="DIR", help="全部存成文件，放进它下面的新文件夹")] = None,
    outward: Annotated[bool, typer.Option("--outward", help="只要可以外发的，不含内部留存的准确数字")] = False,
) -> None:
    """文书：列出、印一种、全部存入文件夹，或合成一个 PDF。"""
    from jindu_desk.reports.papers import kinds_for, occasion_of
    from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

    con, wanted = context_of(context), Month.parse(month)
    with con.open_desk() as desk:
        occasion = occasion_of(desk.store, desk.unit, wanted, paper_fonts(desk.paths), desk.paths)
        kinds = [kind for kind in kinds_for(desk.unit.unit.tier) if not (outward and kind.inside)]
        if paper:
            _one(con, occasion, _named(paper, kinds), out)
        elif out is not None or folder is not None:
            _all(con, occasion, out, folder, inside=not outward)
        else:
            _list(con, kinds)


def _named(name: str, kinds: list[PaperKind]) -> PaperKind:
    for kind in kinds:
        if name in (kind.key, kind.name):
            return kind
    raise typer.BadParameter(f"没有“{name}”。可以是：{'、'.join(kind.name for kind in kinds)}", param_hint="--paper")


def _list(con: Context, kinds: list[PaperKind]) -> None:
    lines = [
        f"{kind.group.value}　{kind.name}（{kind.key}）　{kind.purpose}"
        + ("　［内部留存］" if kind.inside else "")
        + ("　［另有 .xlsx］" if kind.as_workbook else "")
        + ("　［另有 .docx］" if kind.as_word else "")
        for kind in kinds
    ]
    facts = [
        {
            "key": kind.key,
            "name": kind.name,
            "group": kind.group.value,
            "inside": kind.inside,
            "xlsx": kind.as_workbook,
            "docx": kind.as_word,
        }
        for kind in kinds
    ]
    con.say("\n".join(lines), {"papers": facts})


def _one(con: Context, occasion: Occasion, kind: PaperKind, out: Path | None) -> None:
    from jindu_desk.operations.saving import save_file

    target = out or Path(kind.file_name(occasion.own.unit.name, occasion.month, "pdf"))
    ending = target.suffix.lower()
    if ending in (".xlsx", ".docx"):
        offered, make = (kind.as_workbook, kind.workbook) if ending == ".xlsx" else (kind.as_word, kind.word)
        if not offered:
            raise typer.BadParameter(f"“{kind.name}”没有 {ending}，请写成 .pdf。", param_hint="--out")
        save_file(target, make(occasion))
        con.say(f"已写出 {target}。", {"file": str(target)})
        _say_stale(con, occasion, [kind])
        return
    printed = kind.printed(occasion)
    save_file(target, printed.content)
    con.say(f"已写出 {target}，共 {printed.pages} 页。", {"file": str(target), "pages": printed.pages})
    _say_stale(con, occasion, [kind])


def _all(con: Context, occasion: Occasion, out: Path | None, folder: Path | None, *, inside: bool) -> None:
    from jindu_desk.operations.paper_files import save_papers
    from jindu_desk.operations.saving import save_file
    from jindu_desk.reports.bundle import bundle_printed, make_all

    if out is not None and out.suffix.lower() in (".xlsx", ".docx"):
        raise typer.BadParameter("合成的只能是 .pdf。", param_hint="--out")
    made = make_all(
        occasion,
        inside=inside,
        editable=folder is not None,
        step=lambda done, total, text: con.progress(f"{done}/{total} {text}"),
    )
    said: list[str] = []
    facts: dict[str, object] = {"left_out": {each.kind.key: each.refusal for each in made if each.refusal}}
    if out is not None:
        bundle = bundle_printed(occasion, made)
        save_file(out, bundle.content)
        said.append(f"已写出 {out}，共 {bundle.pages} 页。")
        facts |= {"file": str(out), "pages": bundle.pages}
    if folder is not None:
        saved = save_papers(folder, occasion, made)
        said.append(f"已存入 {saved.folder}，共 {len(saved.files)} 个文件。")
        facts |= {"folder": str(saved.folder), "files": list(saved.files)}
    con.say("\n".join([*said, *_left_out(made)]), facts)
    _say_stale(con, occasion, [each.kind for each in made if not each.refusal])


def _say_stale(con: Context, occasion: Occasion, kinds: Iterable[PaperKind]) -> None:
    from jindu_desk.reports.edited_text import stale_remarks

    for remark in stale_remarks(kinds, occasion):
        con.remark(remark)


def _left_out(made: tuple[MadePaper, ...]) -> list[str]:
    return [f"没有印：{each.kind.name}。{each.refusal}" for each in made if each.refusal]
