"""The command line as a person or a script uses it: words, JSON, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from jindu_desk.cli.main import run

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """``command(...)`` → exit code, stdout, stderr."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A township's example with two months; tests copy it."""
    folder = tmp_path_factory.mktemp("made") / "township"
    assert run(["demo", str(folder), "--tier", "township", "--months", "2", "--until", "2026-10", "--json"]) == 0
    return folder


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(made, tmp_path / "data"))


def facts(text: str) -> dict[str, Any]:
    """The one JSON object on stdout."""
    (line,) = text.splitlines()
    found = json.loads(line)
    assert isinstance(found, dict)
    return found


def test_minutes(command: Command, data: Path, tmp_path: Path) -> None:
    code, out, _ = command("--data", data, "minutes", "--month", "2026-10", "--out", tmp_path / "m.pdf", "--json")
    assert code == 0
    found = facts(out)
    assert found["missing_glyphs"] == []
    assert not found["draft"]
    document = PdfDocument(tmp_path / "m.pdf")
    assert len(document) == found["pages"]
    assert "薛家镇" in document[0].get_textpage().get_text_bounded()
    document.close()
    word = tmp_path / "m.docx"
    code, out, _ = command("--data", data, "minutes", "--month", "2026-10", "--out", word, "--json")
    assert (code, facts(out)["draft"]) == (0, False)
    assert any("薛家镇" in paragraph.text for paragraph in docx.Document(str(word)).paragraphs)


def test_report_verify_and_the_lock(command: Command, data: Path, tmp_path: Path) -> None:
    code, out, _ = command("--data", data, "report", "--month", "2026-10", "--to", tmp_path, "--readable", "--json")
    assert code == 0
    package = Path(facts(out)["file"])
    assert facts(out)["number"] == 2
    code, out, _ = command("verify", package)
    assert code == 0
    assert "完好" in out
    package.write_bytes(package.read_bytes()[:-40])
    code, out, _ = command("verify", package, "--json")
    assert code == 1
    assert facts(out)["verdict"] == "damaged"
    code, out, err = command("--data", data, "report", "--month", "2026-10", "--to", tmp_path, "--readable", "--json")
    assert code == 1
    assert not facts(out)["ok"]
    assert facts(out)["sentence"] == err.strip()

    assert command("--data", data, "reopen", "--month", "2026-10", "--reason", "")[0] == 1
    assert command("--data", data, "reopen", "--month", "2026-10", "--reason", "漏报两个村的走访次数")[0] == 0
    code, out, _ = command("--data", data, "report", "--month", "2026-10", "--to", tmp_path, "--readable", "--json")
    assert code == 0
    assert (facts(out)["number"], facts(out)["revision"]) == (3, 2)


def test_totals(command: Command, data: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.xlsx"
    code, out, _ = command("totals", "--month", "2026-09", "--xlsx", table, "--data", data, "--json")
    assert code == 0
    assert facts(out)["total"]["rates"]["urine_test"]["denominator"] > 0
    assert table.read_bytes().startswith(b"PK")
    code, out, _ = command("totals", "--month", "2026-09", "--data", data)
    assert "尿检率" in out


def test_the_workbook_goes_out_and_comes_back(command: Command, data: Path, tmp_path: Path) -> None:
    book = tmp_path / "fill.xlsx"
    assert command("--data", data, "template", "--month", "2026-11", "--out", book)[0] == 0
    code, out, _ = command("--data", data, "fill", book, "--dry-run", "--json")
    assert code == 0
    assert facts(out)["month"] == "2026-11"
    assert facts(out)["changes"] == []
    (tmp_path / "other.xlsx").write_bytes(b"PK not a workbook")
    code, _, err = command("--data", data, "fill", tmp_path / "other.xlsx")
    assert code == 1
    assert "other.xlsx" in err


def test_backup_restore_check(command: Command, data: Path, tmp_path: Path) -> None:
    away = tmp_path / "away.zip"
    assert command("--data", data, "backup", away)[0] == 0
    assert command("--data", data, "backup")[0] == 0
    code, out, _ = command("--data", tmp_path / "new", "restore", away, "--json")
    assert code == 0
    assert facts(out)["unit"] == "薛家镇"
    code, out, _ = command("--data", tmp_path / "new", "check", "--json")
    assert code == 0
    assert facts(out)["sound"]
    (tmp_path / "new" / "jindu.db").unlink()
    assert command("--data", tmp_path / "new", "check")[0] == 1
    code, _, err = command("--data", data, "restore", tmp_path / "gone.zip")
    assert code == 1
    assert "gone.zip" in err


def test_an_output_never_overwrites_the_data(command: Command, data: Path) -> None:
    target = data / "jindu.db"
    for arguments in (["backup", target], ["minutes", "--month", "2026-10", "--out", target]):
        code, _, err = command("--data", data, *arguments)
        assert code == 1
        assert "换一个位置" in err
    assert command("--data", data, "check")[0] == 0


def test_check_names_what_was_tampered_with(command: Command, data: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(data / "jindu.db")
    with connection:
        connection.execute("UPDATE audit SET detail = '{}' WHERE seq = 5")
    connection.close()
    code, out, _ = command("--data", data, "check", "--json")
    assert code == 1
    assert facts(out)["findings"] == [{"damage": "audit_altered", "place": "5", "table": ""}]


@pytest.mark.parametrize(
    "arguments",
    [
        ["totals"],
        ["totals", "--month"],
        ["nonsense"],
        ["demo"],
        ["report", "--month", "2026-10"],
        ["check", "--nonsense"],
    ],
)
def test_a_command_written_wrongly_is_2(command: Command, arguments: list[str]) -> None:
    code, out, err = command(*arguments)
    assert code == 2
    assert out == ""
    assert err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["minutes", "--month", "2026-13", "--out", "x.pdf"], "不是月份"),
        (["minutes", "--month", "2030-01", "--out", "x.pdf"], "还没有例会"),
        (["report", "--month", "2026-10", "--readable", "--to", "没有这个文件夹"], "没有这个文件夹"),
        (["report", "--month", "2026-12", "--to", "."], "还不能上报"),
    ],
)
def test_a_refusal_is_1_with_its_sentence(command: Command, data: Path, arguments: list[str], sentence: str) -> None:
    code, out, err = command("--data", data, *arguments)
    assert code == 1
    assert out == ""
    assert sentence in err
    assert "Traceback" not in err


def test_a_folder_without_data_says_so(command: Command, tmp_path: Path) -> None:
    code, _, err = command("--data", tmp_path / "none", "totals", "--month", "2026-10")
    assert code == 1
    assert "首次设置" in err


def test_version_and_help(command: Command) -> None:
    from jindu_desk import __version__

    assert command("--version")[1].strip() == __version__
    assert "minutes" in command("--help")[1]


@pytest.mark.process
@pytest.mark.parametrize("name", ["verify", "receive"])
def test_starts_without_qt(data: Path, tmp_path: Path, name: str) -> None:
    package = next((data / "reported").glob("*.jdpkg"))
    program = (
        "import sys\n"
        "from jindu_desk.cli.main import run\n"
        "run(sys.argv[1:])\n"
        "print([m for m in sys.modules if 'PySide6' in m], file=sys.stderr)"
    )
    arguments = ["verify", str(package)] if name == "verify" else ["--data", str(data), "receive", str(package)]
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "[]"
