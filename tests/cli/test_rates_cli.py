"""``jindu-desk rates``."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
import pytest
from tests.reports.workbooks import grids
from tests.shipped_desks import shipped_desk

from jindu_desk.cli.main import run
from jindu_desk.domain.months import Month
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.units import units_below

Command = Callable[..., str]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """What the command says on stdout; it has to succeed."""

    def call(*arguments: object) -> str:
        assert run([str(argument) for argument in arguments]) == 0
        return capsys.readouterr().out

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """薛家镇 with two cases in one village, one of them dealt with."""
    desk = shipped_desk(tmp_path / "data", "320411103000", lambda: datetime(2026, 10, 28, 9, 30))
    own, month = desk.unit.unit.id, Month(2026, 10)
    village = units_below(desk.store, own, month)[0]
    set_cells(desk.store, own, month, [CellEdit(village.id, "G01", 2), CellEdit(village.id, "G02", 1)])
    desk.close(backup=False)
    return tmp_path / "data"


def test_words(folder: Path, command: Command) -> None:
    out = command("rates", "--data", folder, "--month", "2026-10")
    assert "查处率  50.00% (1/2)  目标 —  本年 50.00% (1/2)" in out
    assert "公式 已查处 G02 ÷ 应查处 G01" in out
    assert "尿检率  — (0/0)" in out


def test_json_paper_and_table(folder: Path, command: Command, tmp_path: Path) -> None:
    target, table = tmp_path / "rates.pdf", tmp_path / "rates.xlsx"
    files = ("--pdf", target, "--xlsx", table)
    said = json.loads(command("rates", "--data", folder, "--month", "2026-10", *files, "--json"))
    rate = said["rates"]["police_action"]
    assert (rate["text"], rate["numerator"], rate["denominator"]) == ("50.00%", 1, 2)
    assert rate["months"]["2026-10"]["text"] == "50.00%"
    assert rate["year_to_date"]["2026-01"]["text"] == "—"
    assert (said["pdf"], said["xlsx"]) == (str(target), str(table))
    assert len(pypdfium2.PdfDocument(target)) == 1
    row = next(row for row in grids(table.read_bytes())["比率"] if row[0] == "查处率")
    assert row[2:5] == ["＊"] * 3  # all of it is one village's
