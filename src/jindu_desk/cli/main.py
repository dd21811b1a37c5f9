"""The commands and what they share: ``--data``, ``--json``, exit codes.

Exit 0: done. 1: refused or failed, its sentence on stderr. 2: the command was written wrongly.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from jindu_desk import __version__
from jindu_desk.cli import direct, exchange, expenses, folder, keys, meetings, papers, rates, settings, tallies, totals
from jindu_desk.cli.output import Context
from jindu_desk.errors import DeskError
from jindu_desk.log import logger
from jindu_desk.paths import default_data_dir

app = typer.Typer(
    name="jindu-desk",
    help="禁毒工作台账：例会、台账、经费、上报。不带命令时打开窗口。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (folder, meetings, tallies, expenses, keys, exchange, direct, totals, rates, papers, settings):
    module.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="数据文件夹；默认为本机的用户数据文件夹")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="在标准输出上打印一个 JSON 对象")] = False,
    version: Annotated[bool, typer.Option("--version", help="显示版本", is_eager=True, callback=_show_version)] = False,
) -> None:
    del version  # its callback has spoken
    context.obj = Context(data or default_data_dir(), as_json)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code."""
    hoisted = _hoist(arguments)
    as_json = "--json" in hoisted
    try:
        result = app(hoisted, standalone_mode=False)
    except DeskError as error:
        return _fail(error.code, str(error), as_json=as_json)
    except typer.Exit as leaving:
        return leaving.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _fail("cancelled", "已取消，没有完成。", as_json=as_json)
    except Exception as error:
        if hasattr(error, "exit_code") and hasattr(error, "show"):  # click's usage errors
            error.show()
            return int(error.exit_code)
        logger.exception("command failed")
        sys.excepthook(type(error), error, error.__traceback__)
        return _fail("bug", "程序出错，没有完成；已确认的数据没有受影响。请把上面的内容交给维护人员。", as_json=as_json)
    return result if isinstance(result, int) else 0


def _fail(code: str, sentence: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"ok": False, "error": code, "sentence": sentence}, ensure_ascii=False))
    print(sentence, file=sys.stderr)
    return 1


def _hoist(arguments: Sequence[str]) -> list[str]:
    """``--data`` and ``--json`` may stand after the command as well; people write them there."""
    front: list[str] = []
    rest: list[str] = []
    remaining = iter(arguments)
    for argument in remaining:
        if argument == "--json" or argument.startswith("--data="):
            front.append(argument)
        elif argument == "--data":
            front += [argument, *([value] if (value := next(remaining, None)) is not None else [])]
        elif argument == "--":
            rest += [argument, *remaining]
        else:
            rest.append(argument)
    return front + rest
