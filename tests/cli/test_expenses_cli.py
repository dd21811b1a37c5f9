"""The expense book on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from jindu_desk.app.desk import Desk
from jindu_desk.cli.main import run
from jindu_desk.domain.expenses import FundSource
from jindu_desk.domain.months import Month
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.queries.expenses import expense_book

YEAR = 2026
LIST = f"""日期,摘要,金额,收款单位,凭证号
{YEAR}-03-05,印制折页,"1,280.50",测试甲印务有限公司,记-0001
{YEAR}-03-06,报销,5,王小明,记-0002
,合计,1285.50,,
"""


@pytest.fixture
def folder(make_desk: Callable[[str, str], Desk], tmp_path: Path) -> Path:
    """A folder with a restricted line; the command opens it by itself."""
    desk = make_desk("folder", "320411103000")
    draft = BudgetLineDraft(YEAR, "publicity", FundSource.PROVINCE, 500_000, restricted=True)
    add_budget_line(desk.store, desk.unit.unit.id, draft)
    desk.close(backup=False)
    (tmp_path / "list.csv").write_bytes(LIST.encode("gb18030"))
    return tmp_path / "folder"


@pytest.fixture(autouse=True)
def next_january(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command goes by the PC's clock; the tests by theirs."""
    opened = Desk.open

    def open_in_january(root: Path, **named: Any) -> Desk:
        return opened(root, **({"clock": lambda: datetime(2027, 1, 5, 9, 0)} | named))

    monkeypatch.setattr(Desk, "open", open_in_january)


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_a_list_is_tried_then_booked_and_the_rest_kept(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ("--data", str(folder), "import-expenses", str(tmp_path / "list.csv"), "--year", str(YEAR))
    assert run([*common, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "会登记 1 笔，1,280.50 元；像是重复 0 行，不能登记 1 行，合计行 1 行" in said
    assert "第 3 行：收款单位“王小明”像是人名" in said

    rest = tmp_path / "rest.xlsx"
    assert run([*common, "--rest", str(rest), "--json"]) == 0
    facts = told(capsys)
    assert facts["counts"] == {"book": 1, "duplicate": 0, "refused": 1, "passed": 1}
    assert rest.read_bytes().startswith(b"PK")

    assert run(list(common)) == 1
    refused = capsys.readouterr().err
    assert "第 2 行：凭证号“记-0001”本年已用于第 1 号支出" in refused
    assert "没有可以导入的行" in refused
    assert run([*common, "--with-duplicates", "--json"]) == 0
    assert told(capsys)["amount_fen"] == 128_050


def test_a_file_and_a_line_that_are_not_there_are_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--data", str(folder), "import-expenses", str(tmp_path / "none.csv")]) == 1
    assert "读不出来" in capsys.readouterr().err
    name = ("--line", "没有的科目", "--year", str(YEAR))
    assert run(["--data", str(folder), "import-expenses", str(tmp_path / "list.csv"), *name]) == 1
    assert "预算科目" in capsys.readouterr().err


def test_a_book_is_closed_and_opened_again(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ("--data", str(folder), "--json")
    assert run([*data, "import-expenses", str(tmp_path / "list.csv"), "--year", str(YEAR)]) == 0
    assert run([*data, "close-year", str(YEAR), "--approval", "镇财〔2027〕1号"]) == 1
    capsys.readouterr()
    assert run([*data, "close-book", "--month", f"{YEAR}-12"]) == 0
    assert run([*data, "close-book", "--month", f"{YEAR}-12", "--undo", "补记"]) == 0
    assert run([*data, "close-book", "--month", f"{YEAR}-12"]) == 0
    capsys.readouterr()
    assert run([*data, "close-year", str(YEAR), "--approval", "镇财〔2027〕1号"]) == 0
    assert told(capsys)["carried_fen"] == 500_000 - 128_050
    desk = Desk.open(folder)
    unit = desk.unit.unit.id
    (line,) = expense_book(desk.store, unit, YEAR + 1, date(YEAR + 1, 1, 5)).lines
    assert line.balance.left_fen == 371_950
    assert str(Month(YEAR, 12)) in expense_book(desk.store, unit, YEAR, date(YEAR + 1, 1, 5)).closed_months
    desk.close(backup=False)
    assert run([*data, "close-year", str(YEAR), "--carry", "没有的科目"]) == 1
    capsys.readouterr()
    assert run([*data, "close-year", str(YEAR), "--undo"]) == 0
    assert told(capsys) == {"ok": True, "year": YEAR, "closed": False}
