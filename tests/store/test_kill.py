"""Killing the program while it writes: what was confirmed is there, the file opens, the chain holds."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.queries import integrity, tallies
from jindu_desk.queries.settings import draft

pytestmark = pytest.mark.process

# Types one figure after the other and keeps an unfinished form, saying each once it is confirmed.
TYPING = """
import sys
from pathlib import Path
from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.operations.settings import keep_draft
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.units import units_below

desk = Desk.open(Path(sys.argv[1]))
month = Month(2026, 10)
own = desk.unit.unit.id
villages = units_below(desk.store, own, month)
print("ready", flush=True)
for n in range(1, 100_000):
    village = villages[n % len(villages)]
    set_cells(desk.store, own, month, [CellEdit(village.id, "L02", n), CellEdit(village.id, "L03", n)])
    keep_draft(desk.store, "form", str(n))
    print(village.id, n, flush=True)
"""

SAVING = """
import sys
from datetime import datetime
from pathlib import Path
from jindu_desk.app.desk import Desk

desk = Desk.open(Path(sys.argv[1]))
print("ready", flush=True)
for n in range(100_000):
    print(desk.back_up(f"n{n}").name, flush=True)
"""


def run_and_kill(program: str, folder: Path, seed: int) -> list[str]:
    """The lines that the program had confirmed when it was killed, at a random moment."""
    process = subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    killer = threading.Timer(random.Random(seed).uniform(0.05, 0.6), process.send_signal, [signal.SIGKILL])
    killer.start()
    lines = process.stdout.read().splitlines(keepends=True)
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    killer.join()
    return [line.strip() for line in lines if line.endswith("\n")]


@pytest.mark.parametrize("seed", range(4))
def test_killed_while_typing(desk: Desk, seed: int) -> None:
    root = desk.paths.root
    desk.close(backup=False)
    confirmed = run_and_kill(TYPING, root, seed)
    again = Desk.open(root)
    try:
        sheet = tallies.sheet(again.store, again.unit.unit.id, Month(2026, 10)).sheet
        last: dict[str, int] = {}
        for line in confirmed:
            village, typed = line.split()
            last[village] = int(typed)
        newest = max(last.values(), default=0)
        for village, figure in last.items():
            cells = sheet.cell(village, "L02"), sheet.cell(village, "L03")
            assert cells[0] == cells[1]  # one operation, never half of it
            assert isinstance(cells[0], int)
            assert cells[0] >= figure
        kept = draft(again.store, "form")
        assert kept is None if not last else kept is not None and int(kept.body) >= newest
        assert integrity.check(again.store, again.paths).findings == ()
    finally:
        again.close(backup=False)


def test_killed_while_backing_up(desk: Desk) -> None:
    root = desk.paths.root
    desk.close(backup=False)
    confirmed = run_and_kill(SAVING, root, 7)
    again = Desk.open(root)
    try:
        from jindu_desk.store import backups

        whole = {row.path.name for row in again.backups()}
        for row in again.backups():
            backups.check_database(row.path)
        assert not confirmed or confirmed[-1] in whole
    finally:
        again.close(backup=False)
