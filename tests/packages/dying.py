"""The program in a process that dies at a place of one's choice. Counted are every file opened for writing, every
rename and every commit (before and after). One warmed-up process forks the ones that die, so that none starts anew.

    python -m tests.packages.dying

reads lines of JSON: a place, what to do, data folder, given folder; it answers each with the exit status of the process
that did it. Without a place it does it itself, all of it, and has loaded by then what the others need.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection
from tests.compiled_once import share_compiled_statements

NOW = datetime(2026, 11, 3, 9, 30)


class Counter:
    """Kills its process at the ``place``-th thing that passes by while it is armed."""

    def __init__(self) -> None:
        self.place: int | None = None
        self.seen = 0
        sys.addaudithook(self._hook)
        commit = Connection.commit

        def committing(connection: Connection) -> None:
            self._pass_by()
            commit(connection)
            self._pass_by()

        Connection.commit = committing  # type: ignore[method-assign, assignment]

    def _pass_by(self) -> None:
        if self.place is not None:
            if self.seen == self.place:
                os.kill(os.getpid(), signal.SIGKILL)
            self.seen += 1

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "os.rename" or (event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_WRONLY):
            self._pass_by()
        if event == "open" and isinstance(arguments[1], str) and "w" in arguments[1]:
            self._pass_by()


class Dying:
    """The warmed-up process, seen from a test."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.packages.dying"],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def warm_up(self, what: str, data: Path, given: Path) -> None:
        """Do it on ``data`` without dying."""
        assert self._status(None, what, data, given) == 0

    def killed_at(self, place: int, what: str, data: Path, given: Path) -> bool:
        """Do it on ``data`` and die at ``place``; False when there are fewer places and it came to its end."""
        status = self._status(place, what, data, given)
        assert status in (0, -signal.SIGKILL), "the process said why on stderr"
        return status != 0

    def _status(self, place: int | None, what: str, data: Path, given: Path) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([place, what, str(data), str(given)]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()


def work(what: str, data: Path, given: Path, counter: Counter, place: int | None) -> None:
    from jindu_desk.app.desk import Desk
    from jindu_desk.domain.months import Month
    from jindu_desk.operations.exchange.answers import write_answers
    from jindu_desk.operations.exchange.receive import receive_files
    from jindu_desk.operations.exchange.report import report_month
    from jindu_desk.queries.exchange.answers import answers
    from jindu_desk.settings.keys import KeyVault

    desk = Desk.open(data, clock=lambda: NOW)
    vault = KeyVault(desk.paths.keys, desk.unit.folder_id, demo=True)
    units = [row.unit.id for row in answers(desk.store)][:2] if what == "answers" else []
    counter.place = place
    if what == "report":
        report_month(desk.store, vault, desk.paths, Month(2026, 10), given)
    elif what == "answers":
        write_answers(desk.store, vault, desk.paths, units, given)
    else:
        receive_files(desk.store, desk.paths, sorted(given.iterdir()))
    counter.place = None
    desk.close(backup=False)


def main() -> None:
    share_compiled_statements()
    counter = Counter()
    for line in sys.stdin:
        place, what, data, given = json.loads(line)
        if place is None:
            work(what, Path(data), Path(given), counter, None)
            print(0, flush=True)
            continue
        child = os.fork()
        if child == 0:
            status = 1
            try:
                work(what, Path(data), Path(given), counter, place)
                status = 0
            except BaseException:
                sys.excepthook(*sys.exc_info())
            finally:
                sys.stderr.flush()
                os._exit(status)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
