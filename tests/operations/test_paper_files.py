"""The papers of a month in a folder: whole or absent, and nothing that is there is overwritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jindu_desk.domain.months import Month
from jindu_desk.errors.folder import CannotWriteFile, TargetIsOwnData
from jindu_desk.operations import paper_files
from jindu_desk.operations.paper_files import save_papers
from jindu_desk.reports.bundle import MadePaper
from jindu_desk.reports.papers import KINDS, Occasion, occasion_of
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import font_set

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

PDF = PrintedPaper(b"%PDF-", 1, (), (), (), frozenset())
MINUTES = next(kind for kind in KINDS if kind.key == "minutes")
MADE = (
    MadePaper(MINUTES, PDF, b"PK", b"PK"),
    MadePaper(MINUTES, None, refusal="测试"),
    MadePaper(replace(MINUTES, name="测试/表", inside=True), PDF),
)


@pytest.fixture
def occasion(desk: Desk) -> Occasion:
    return occasion_of(desk.store, desk.unit, Month(2026, 10), font_set(bundled_only=True))


def test_what_stays_in_the_office_lies_in_a_folder_of_its_own(occasion: Occasion, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    saved = save_papers(tmp_path / "out", occasion, MADE)
    assert saved.folder.name == f"{occasion.own.unit.name}2026年10月材料"
    assert saved.files == ("01-会议纪要.pdf", "01-会议纪要.xlsx", "01-会议纪要.docx", "内部留存/02-测试_表.pdf")
    assert sorted(path for path in saved.folder.rglob("*") if path.is_file()) == sorted(
        saved.folder / name for name in saved.files
    )
    assert [path.name for path in (tmp_path / "out").iterdir()] == [saved.folder.name]


def test_a_second_time_leaves_the_first_as_it_is(occasion: Occasion, tmp_path: Path) -> None:
    first = save_papers(tmp_path, occasion, MADE[:1]).folder
    (first / "01-会议纪要.xlsx").write_bytes(b"edited")
    second = save_papers(tmp_path, occasion, MADE[:1]).folder
    assert second.name == f"{first.name}（2）"
    assert (first / "01-会议纪要.xlsx").read_bytes() == b"edited"


def test_a_failure_leaves_no_folder(occasion: Occasion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out").mkdir()
    wrote: list[Path] = []

    def fail_at_second(path: Path, content: bytes) -> None:
        if wrote:
            raise OSError(5, "Input/output error")
        wrote.append(path)
        path.write_bytes(content)

    monkeypatch.setattr(paper_files, "write_whole", fail_at_second)
    with pytest.raises(CannotWriteFile):
        save_papers(tmp_path / "out", occasion, MADE)
    assert list((tmp_path / "out").iterdir()) == []


def test_the_data_folder_is_no_place_for_papers(occasion: Occasion, desk: Desk) -> None:
    with pytest.raises(TargetIsOwnData):
        save_papers(desk.paths.attachments, occasion, MADE)
