"""The wording of the papers on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from jindu_desk.cli.output import context_of

if TYPE_CHECKING:
    from jindu_desk.cli.output import Context

_Name = Annotated[str, typer.Argument(metavar="名称", help="清单里的代号或中文名称，例如 office、办公室")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="公文用语：列出、设置、恢复默认。", rich_markup_mode=None)
    group.callback(invoke_without_command=True)(settings)
    group.command("set")(set_wording)
    group.command("reset")(reset_wording)
    app.add_typer(group, name="settings")


def settings(context: typer.Context) -> None:
    """公文用语：不带命令时列出全部。"""
    if context.invoked_subcommand is not None:
        return
    from jindu_desk.queries.settings import settings as settings_of
    from jindu_desk.reports.paper_wording import FIELDS, as_typed, paper_wording, typed_wording

    con = context_of(context)
    with con.open_desk() as desk:
        kept = settings_of(desk.store)
        wording = paper_wording(desk.unit, kept)
    typed = typed_wording(kept)
    lines = []
    for field in FIELDS:
        value = as_typed(wording, field.name).replace("\n", "｜")
        choices = f"　［{'、'.join(f'{value} {word}' for value, word in field.offered)}］" if field.offered else ""
        lines.append(f"{field.label}（{field.name}）　{value}{'' if field.name in typed else '　默认'}{choices}")
    con.say(
        "\n".join(lines),
        {
            "settings": {
                field.name: {
                    "label": field.label,
                    "value": as_typed(wording, field.name),
                    "usual": field.name not in typed,
                }
                for field in FIELDS
            }
        },
    )


def set_wording(
    context: typer.Context,
    name: _Name,
    value: Annotated[list[str], typer.Argument(metavar="值", help="签字栏、议程可以写几个，一个一项")],
) -> None:
    """设置一项。以后的文书和新会议照此；已有的会议不变。"""
    _change(context_of(context), {name: "\n".join(value)}, "已设置")


def reset_wording(context: typer.Context, name: _Name) -> None:
    """一项恢复默认。"""
    _change(context_of(context), {name: ""}, "已恢复默认")


def _change(con: Context, typed: Mapping[str, str], said: str) -> None:
    from jindu_desk.operations.paper_wording import change_wording
    from jindu_desk.queries.settings import settings as settings_of
    from jindu_desk.reports.paper_wording import as_typed, field_named, paper_wording

    with con.open_desk() as desk:
        change_wording(desk.store, desk.unit, typed)
        wording = paper_wording(desk.unit, settings_of(desk.store))
    for field in map(field_named, typed):
        value = as_typed(wording, field.name)
        shown = value.replace("\n", "｜")
        con.say(f"{said}：{field.label}　{shown}", {"name": field.name, "label": field.label, "value": value})
