"""How commands speak: words on stdout, or one JSON object; refusals as a sentence on stderr."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@dataclass(frozen=True, slots=True)
class Context:
    """What every command gets: the data folder and whether to speak JSON."""

    data: Path
    json: bool

    def say(self, text: str, facts: Mapping[str, object]) -> None:
        """The result: ``facts`` as one JSON object, or ``text``."""
        if self.json:
            print(json.dumps({"ok": True, **facts}, ensure_ascii=False, default=str))
        else:
            print(text)

    def remark(self, text: str) -> None:
        """Something to be looked at, though the command did what it was asked for; stdout stays for the result."""
        print(text, file=sys.stderr)

    def progress(self, text: str) -> None:
        """A line while it lasts; stdout stays for the result."""
        if not self.json and sys.stderr.isatty():
            print(text, file=sys.stderr)

    @contextmanager
    def open_desk(self, *, backup: bool = False) -> Iterator[Desk]:
        """The opened data folder; closed on the way out, with a backup where the command changed much."""
        from jindu_desk.app.desk import Desk

        desk = Desk.open(self.data)
        desk.ask_passphrase = ask_passphrase
        try:
            yield desk
        finally:
            desk.close(backup=backup)


def context_of(context: typer.Context) -> Context:
    found = context.obj
    if not isinstance(found, Context):
        raise TypeError(found)
    return found


def ask_passphrase() -> str | None:
    """Ask on the terminal, once; None where there is no terminal."""
    if not sys.stdin.isatty():
        return None
    return getpass.getpass("密钥文件的口令：")
