"""``jindu-desk papers``."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from tests.operations.meeting_forms import OCTOBER, signed
from tests.shipped_desks import shipped_desk

from jindu_desk.cli.main import run
from jindu_desk.operations.settings import change_settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = shipped_desk(tmp_path / "data", "320411103000", lambda: datetime(2026, 10, 28, 9, 30))
    signed(desk, OCTOBER)
    desk.close(backup=False)
    return tmp_path / "data"


def test_list_one_and_all(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*arguments: object) -> dict[str, object]:
        assert run(["papers", "--data", str(folder), "--month", "2026-10", "--json", *map(str, arguments)]) == 0
        facts: dict[str, object] = json.loads(capsys.readouterr().out)
        return facts

    listed = said()["papers"]
    assert isinstance(listed, list)
    assert {"minutes", "rates", "volume"} <= {each["key"] for each in listed}
    one = tmp_path / "纪要.pdf"
    assert said("--paper", "会议纪要", "--out", one)["file"] == str(one)
    assert one.read_bytes().startswith(b"%PDF-")
    in_word = tmp_path / "纪要.docx"
    said("--paper", "会议纪要", "--out", in_word)
    assert Document(str(in_word)).paragraphs
    whole = said("--outward", "--out", tmp_path / "all.pdf", "--folder", tmp_path)
    assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF-")
    files = whole["files"]
    assert isinstance(files, list)
    assert files
    assert all((Path(str(whole["folder"])) / name).is_file() for name in files)
    assert not any(name.startswith("内部留存") for name in files)
    assert {Path(name).suffix for name in files if name.endswith(("纪要.pdf", "纪要.docx"))} == {".pdf", ".docx"}


def test_a_form_in_which_a_paper_does_not_come_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["--paper", "会议议程", "--out", "a.docx"], ["--out", "all.xlsx"]):
        target = str(tmp_path / arguments.pop())
        assert run(["papers", "--data", str(folder), "--month", "2026-10", *arguments, target]) == 2
        assert ".pdf" in capsys.readouterr().err
        assert not Path(target).exists()


def test_an_unknown_paper_names_those_there_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["papers", "--data", str(folder), "--month", "2026-10", "--paper", "测试"]) == 2
    assert "会议纪要" in capsys.readouterr().err


def test_a_paper_whose_text_may_be_outdated_is_printed_with_a_sentence_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = shipped_desk(tmp_path / "data", "320411000000", lambda: datetime(2026, 11, 6, 9, 30))
    kept = {"bulletin.2026-10": "标题：测试通报\n正文", "bulletin.2026-10.proposed": "2026-11-03\n编号：〔2026〕10号"}
    change_settings(desk.store, kept)
    desk.close(backup=False)
    target = tmp_path / "通报.pdf"
    arguments = ["--month", "2026-10", "--json", "--paper", "bulletin", "--out", str(target)]
    assert run(["papers", "--data", str(tmp_path / "data"), *arguments]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["file"] == str(target)
    (sentence,) = said.err.splitlines()
    assert "“通报”的文字是按11月3日的数据改的，之后数据有变" in sentence
