from __future__ import annotations

from pathlib import Path

import pytest
from tests.reports.workbooks import place_of, typed_over

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import BLANK
from jindu_desk.errors.folder import CannotReadFile
from jindu_desk.errors.tallies import SheetOfNilReturn, WorkbookHasFaults
from jindu_desk.errors.units import MonthLocked
from jindu_desk.operations.fill_workbook import fill_workbook, read_workbook_file
from jindu_desk.operations.tallies import declare_nil_return
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.tallies import TallySheet, sheet
from jindu_desk.queries.units import own_unit
from jindu_desk.reports.tallies.workbook import template_xlsx
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import MonthLock

OCTOBER = Month(2026, 10)


@pytest.fixture
def township(store: Store) -> str:
    own = own_unit(store)
    assert own is not None
    return own.unit.id


@pytest.fixture
def found(store: Store, township: str) -> TallySheet:
    return sheet(store, township, OCTOBER)


def handed_in(found: TallySheet, **figures: object) -> bytes:
    """The first village's sheet with these figures, e.g. ``E01=3, A01_J=6``."""
    content = template_xlsx(found, shipped_rules().catalogue, [found.villages[0].id])
    name = found.villages[0].name
    return typed_over(
        content, {(name, place_of(content, name, *item.split("_"))): value for item, value in figures.items()}
    )


def test_a_dry_run_says_what_would_change_and_changes_nothing(store: Store, township: str, found: TallySheet) -> None:
    content = handed_in(found, E01=3, A01_J=6)
    result = fill_workbook(store, township, OCTOBER, content, file="x.xlsx", dry_run=True)
    assert {(change.item, change.before, change.after) for change in result.changes} == {
        ("E01", BLANK, 3),
        ("A01.J", BLANK, 6),
    }
    (change,) = [change for change in result.changes if change.item == "E01"]
    assert (change.unit_name, change.item_name) == (found.villages[0].name, "谈话人次")
    assert change.ref.startswith("E")
    assert result.faults == ()
    assert result.dry_run
    assert sheet(store, township, OCTOBER).sheet.cell(found.villages[0].id, "E01") is BLANK


def test_a_workbook_fills_the_sheet_and_what_follows(store: Store, township: str, found: TallySheet) -> None:
    content = handed_in(found, D03_J=3, D04_J=0, D05_J=1)
    result = fill_workbook(store, township, OCTOBER, content, file="x.xlsx")
    assert result.subjects == {Subject.TALLIES}
    assert sheet(store, township, OCTOBER).sheet.cell(found.villages[0].id, "D02.J") == 4
    again = fill_workbook(store, township, OCTOBER, content, file="x.xlsx")
    assert again.changes == ()
    assert again.subjects == frozenset()


def test_a_note_comes_with_its_figure(store: Store, township: str, found: TallySheet) -> None:
    content = handed_in(found, E01=3)
    name = found.villages[0].name
    content = typed_over(content, {(name, f"I{place_of(content, name, 'E01')[1:]}"): "集中谈话"})
    assert fill_workbook(store, township, OCTOBER, content, file="x.xlsx").notes == 1
    assert sheet(store, township, OCTOBER).sheet.notes[found.villages[0].id, "E01"] == "集中谈话"


def test_one_fault_and_nothing_is_taken(store: Store, township: str, found: TallySheet) -> None:
    content = handed_in(found, E01=3, E02="很多")
    dry = fill_workbook(store, township, OCTOBER, content, file="x.xlsx", dry_run=True)
    assert len(dry.changes) == 1
    assert len(dry.faults) == 1
    with pytest.raises(WorkbookHasFaults, match="很多"):
        fill_workbook(store, township, OCTOBER, content, file="x.xlsx")
    assert sheet(store, township, OCTOBER).sheet.cell(found.villages[0].id, "E01") is BLANK


def test_a_nil_return_or_a_lock_keeps_the_workbook_out(store: Store, township: str, found: TallySheet) -> None:
    content = handed_in(found, E01=3)
    declare_nil_return(store, township, found.villages[0].id, OCTOBER, declared_by="测试丙")
    dry = fill_workbook(store, township, OCTOBER, content, file="x.xlsx", dry_run=True)
    assert [type(fault) for fault in dry.faults] == [SheetOfNilReturn]
    with store.write("lock_month") as w:
        fields = {"unit_id": township, "month": "2026-10", "sent_number": 3, "locked_at": w.now}
        w.session.add(MonthLock.model_validate(fields))
    with pytest.raises(MonthLocked):
        fill_workbook(store, township, OCTOBER, content, file="x.xlsx")


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotReadFile, match="no"):
        read_workbook_file(tmp_path / "no.xlsx")
    (tmp_path / "yes.xlsx").write_bytes(b"abc")
    assert read_workbook_file(tmp_path / "yes.xlsx") == b"abc"
