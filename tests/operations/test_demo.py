from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from jindu_desk.app.desk import Desk
from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.folder import FolderNotEmpty
from jindu_desk.errors.units import UnknownUnit
from jindu_desk.operations.demo import make_demo
from jindu_desk.operations.exchange.answers import write_answers
from jindu_desk.operations.exchange.receive import receive_files
from jindu_desk.operations.exchange.report import report_month
from jindu_desk.queries import integrity
from jindu_desk.queries.exchange.received import received
from jindu_desk.queries.exchange.superior import sent_packages, superior
from jindu_desk.queries.expenses import expense_book
from jindu_desk.queries.readiness import report_readiness
from jindu_desk.queries.totals import totals

OCTOBER = Month(2026, 10)


def figures(folder: Path) -> tuple[dict[str, int], int]:
    desk = Desk.open(folder)
    try:
        own = desk.unit.unit.id
        book = expense_book(desk.store, own, 2026, OCTOBER.last_day)
        return dict(totals(desk.store, own, OCTOBER).total.to_date), book.total.spent_fen
    finally:
        desk.close(backup=False)


def test_the_same_seed_makes_the_same_figures_and_another_makes_others(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_demo(tmp_path / name, tier=Tier.TOWNSHIP, months=2, until=OCTOBER, seed=seed)
    assert figures(tmp_path / "a") == figures(tmp_path / "b")
    assert figures(tmp_path / "a") != figures(tmp_path / "c")


def test_a_townships_example_is_answered_and_locked_but_for_the_last_month(tmp_path: Path) -> None:
    made = make_demo(tmp_path / "demo", tier=Tier.TOWNSHIP, months=3, until=OCTOBER)
    assert (made.unit, str(made.first), made.units) == ("薛家镇", "2026-08", 15)
    assert len(made.packages) == 2
    assert all(path.is_file() for path in made.packages)
    desk = Desk.open(tmp_path / "demo")
    try:
        assert desk.unit.demo
        assert report_readiness(desk.store, OCTOBER).ready
        assert report_readiness(desk.store, OCTOBER.previous).lock is not None
        assert integrity.check(desk.store, desk.paths).findings == ()
        found = superior(desk.store)
        assert found is not None
        assert found.encrypted
        assert found.directive is not None
        assert found.answer is not None
        states = [row.state for row in sent_packages(desk.store, PackageKind.REPORT)]
        assert states == [ReceiptState.RECEIVED, ReceiptState.ACCEPTED]
    finally:
        desk.close(backup=False)


def test_what_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("")
    with pytest.raises(FolderNotEmpty):
        make_demo(tmp_path, tier=Tier.TOWNSHIP, until=OCTOBER)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(FolderNotEmpty, match=r"mine\.txt"):
        make_demo(tmp_path / "mine.txt", tier=Tier.TOWNSHIP, until=OCTOBER)
    with pytest.raises(UnknownUnit):
        make_demo(tmp_path / "x", tier=Tier.TOWNSHIP, code="320411000000", until=OCTOBER)
    with pytest.raises(UnknownUnit):
        make_demo(tmp_path / "x", tier=Tier.CITY, until=OCTOBER)


def test_a_district_and_a_township_that_know_each_other(examples: Path, tmp_path: Path) -> None:
    made = json.loads((examples / "said.json").read_text(encoding="utf-8"))
    assert (made["unit"], made["units"]) == ("新北区", 10)
    for name in ("district", "township"):
        shutil.copytree(examples / name, tmp_path / name)
    stick = tmp_path / "stick"
    stick.mkdir()
    township, district = Desk.open(tmp_path / "township"), Desk.open(tmp_path / "district")
    try:
        assert len([row for row in received(district.store) if row.kind is PackageKind.REPORT and row.counted]) == 9
        sent = report_month(township.store, township.vault, township.paths, OCTOBER, stick)
        assert sent.encrypted
        (result,) = receive_files(district.store, district.paths, [sent.path], vault=district.vault)
        assert result.counted
        assert totals(district.store, district.unit.unit.id, OCTOBER).missing == ()
        (told,) = write_answers(district.store, district.vault, district.paths, [township.unit.unit.id], stick)
        (answered,) = receive_files(township.store, township.paths, [told.path], vault=township.vault)
        assert answered.counted
        for desk in (township, district):
            assert integrity.check(desk.store, desk.paths).findings == ()
    finally:
        township.close(backup=False)
        district.close(backup=False)
