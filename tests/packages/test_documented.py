"""``docs/package-format.md`` is enough to write a reader from: its tables are the format's, its examples run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.packages import container, csv_text, sealing
from jindu_desk.packages.kinds import tables_of
from jindu_desk.packages.verify import LARGEST_ENROLMENT

TOP = Path(__file__).parents[2]
TEXT = (TOP / "docs" / "package-format.md").read_text(encoding="utf-8")
TOOLS = ("age", "unzip", "ssh-keygen", "sha256sum", "frictionless")
BIN = Path(sys.executable).parent


def documented() -> dict[str, tuple[str, list[tuple[str, bool]], str]]:
    """table → (its key, its columns and whether each may be empty, its row) as the page has them."""
    found = {}
    for name, key, columns in re.findall(r"^\| `(\w+)` \| ([\w, ]+) \| (`\w+`.* · .*) \|$", TEXT, re.MULTILINE):
        found[name] = key, [(column, mark == "?") for column, mark in re.findall(r"`(\w+)`(\??)", columns)], columns
    return found


@pytest.mark.parametrize("kind", PackageKind)
def test_every_table_and_column_is_documented(kind: PackageKind) -> None:
    (listed,) = re.findall(rf"^\| `{kind.value}` \| ((?:`\w+`(?:, )?)+) \|$", TEXT, re.MULTILINE)
    assert re.findall(r"`(\w+)`", listed) == [table.name for table in tables_of(kind)]
    for table in tables_of(kind):
        key, columns, row = documented()[table.name]
        assert key == ", ".join(table.key)
        may_be_empty = [not column.schema.get("constraints", {}).get("required") for column in table.columns]  # type: ignore[attr-defined]
        assert columns == list(zip(table.header, may_be_empty, strict=True))
        for column in table.columns:
            options = column.schema.get("constraints", {}).get("enum", ())  # type: ignore[attr-defined]
            assert "/".join(options) in row
        assert re.findall(r"`(\w+)`\?? \w+ → (\w+)", row) == list(table.references.items())


def test_every_limit_is_documented() -> None:
    mb = container.MB
    for limit in (
        f"file {container.LARGEST_FILE // mb} MiB",
        f"{container.MOST_MEMBERS} members",
        f"{container.LARGEST_UNPACKED // mb} MiB unpacked",
        f"{container.HIGHEST_RATIO} times its packed size",
        f"descriptor and signature {container.LARGEST_DESCRIPTOR // mb} MiB each",
        f"an enrolment {LARGEST_ENROLMENT // mb} MiB in all",
        f"{csv_text.MOST_ROWS:,} rows".replace(",", " "),
        f"{csv_text.MOST_COMMAS:,} commas".replace(",", " "),
        f"1 to {sealing.MOST_RECIPIENTS} stanzas",
    ):
        assert limit in TEXT


@pytest.mark.skipif(os.name == "nt", reason="the examples are for a shell")
def test_the_examples_run_as_they_stand(tmp_path: Path) -> None:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    for tool in TOOLS:
        if shutil.which(tool, path=path) is None:
            pytest.skip(f"{tool} is not installed")
    shutil.copytree(TOP / "tests" / "vectors", tmp_path / "copy")
    examples = re.findall(r"```sh\n(.*?)```", TEXT[TEXT.index("### By hand") :], re.DOTALL)
    assert len(examples) == 2
    said = []
    for example in examples:
        ran = subprocess.run(
            ["sh", "-e", "-c", example],
            cwd=tmp_path / "copy",
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        said.append(ran.stdout)
    assert 'Good "answer@jindu-desk" signature for district-a with ED25519 key SHA256:' in said[0]
    assert said[0].count(": OK\n") == len(tables_of(PackageKind.ANSWER))
    assert 'Good "enrolment@jindu-desk" signature for district-a' in said[1]
