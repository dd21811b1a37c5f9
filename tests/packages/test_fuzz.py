"""The coverage-guided search of ``tests/bench/fuzz_reader.py``, for a fixed number of inputs; longer by hand."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed (x86-64 Linux)"),
]

TOP = Path(__file__).parents[2]
RUNS = 3000

# A reader that after a hundred inputs fails, writes a file or starts a program.
SPOILED = """
import sys
sys.path[:0] = [{top!r}]
from tests.bench import fuzz_reader
spoil = {{
    "fails": lambda: [][1],
    "writes": lambda: open("left-behind", "w"),
    "starts": lambda: __import__("subprocess").run(["true"]),
}}[{how!r}]
whole, count = fuzz_reader.Reader.__call__, 0

def spoiled(reader, content):
    global count
    count += 1
    whole(reader, content)
    if count > 100:
        reader.watch.on = True
        spoil()

fuzz_reader.Reader.__call__ = spoiled
sys.argv = ["fuzz_reader", "--runs", "300", "--seed", "1"]
fuzz_reader.main()
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(TOP)}, capture_output=True, text=True, check=False
    )


def test_the_search_finds_nothing(tmp_path: Path) -> None:
    ran = run(tmp_path, "-m", "tests.bench.fuzz_reader", "--runs", str(RUNS), "--seed", "20261103")
    assert ran.returncode == 0, ran.stderr[-4000:]
    assert f"Done {RUNS} runs" in ran.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["fails", "writes", "starts"])
def test_the_search_would_find_it(tmp_path: Path, how: str) -> None:
    ran = run(tmp_path, "-c", SPOILED.format(top=str(TOP), how=how))
    assert ran.returncode != 0
    assert "Uncaught Python exception" in ran.stdout + ran.stderr
    (found,) = tmp_path.iterdir()
    assert found.name.startswith("crash-")
    again = run(tmp_path, "-m", "tests.bench.fuzz_reader", "--again", found.name)
    assert again.returncode == 0  # the reader as it is has nothing against it
