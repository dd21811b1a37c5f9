"""Filling the sheet, against a real database: 薛家镇 in October 2026."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.domain.tallies.sheet import Sheet
from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import IdNumberInText, NotACount
from jindu_desk.errors.tallies import (
    CarriedCell,
    DerivedCell,
    FigureTooLarge,
    HardFindingNeedsFigures,
    ItemNotOfUnit,
    NilReturnDeclared,
    NilReturnOverFigures,
    NilReturnOverUnknown,
    NoFigureForNote,
    NoNilReturn,
    NoSuchFinding,
    ReasonForEverything,
    UnitNotInSheet,
    UnknownItem,
    WeakReason,
)
from jindu_desk.errors.units import MonthLocked
from jindu_desk.operations.tallies import (
    CellEdit,
    declare_nil_return,
    declare_nil_returns,
    give_reason,
    open_month,
    set_cell_note,
    set_cell_notes,
    set_cells,
    set_source_notes,
    withdraw_nil_return,
    withdraw_nil_returns,
    withdraw_reason,
)
from jindu_desk.queries.tallies import findings, sheet
from jindu_desk.queries.units import own_unit, units_below
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Audit, MonthLock
from jindu_desk.store.tables import Cell as CellTable

OCTOBER = Month(2026, 10)
NOVEMBER = OCTOBER.next


@pytest.fixture
def township(store: Store) -> str:
    own = own_unit(store)
    assert own is not None
    return own.unit.id


@pytest.fixture
def village(store: Store, township: str) -> str:
    return units_below(store, township, OCTOBER)[0].id


def fill(store: Store, village: str, month: Month = OCTOBER, /, **cells: Cell) -> None:
    own = own_unit(store)
    assert own is not None
    edits = [CellEdit(village, item.replace("_", "."), cell) for item, cell in cells.items()]
    set_cells(store, own.unit.id, month, edits)


def shown(store: Store, township: str, month: Month = OCTOBER) -> Sheet:
    return sheet(store, township, month).sheet


def lock(store: Store, township: str, month: Month) -> None:
    with store.write("lock_month") as w:
        fields = {"unit_id": township, "month": str(month), "sent_number": 3, "locked_at": w.now}
        w.session.add(MonthLock.model_validate(fields))


def test_a_typed_figure_is_stored_with_what_follows_from_it(store: Store, township: str, village: str) -> None:
    changes = set_cells(
        store,
        township,
        OCTOBER,
        [CellEdit(village, item, 1) for item in ("D03.J", "D04.J", "D05.J")],
    )
    assert changes.subjects == {Subject.TALLIES}
    with store.read() as session:
        row = session.get(CellTable, (village, "2026-10", "D02.J"))
        assert row is not None
        assert row.value == 3
    assert shown(store, township).cell(village, "D02.J") == 3


def test_the_three_states_and_blank_come_back_as_they_went(store: Store, township: str, village: str) -> None:
    fill(store, village, E01=0, E02=UNKNOWN, E03=NOT_APPLICABLE, L01=4)
    found = shown(store, township)
    assert [found.cell(village, item) for item in ("E01", "E02", "E03", "L01", "L02")] == [
        0, UNKNOWN, NOT_APPLICABLE, 4, BLANK
    ]  # fmt: skip
    fill(store, village, L01=BLANK)
    assert shown(store, township).cell(village, "L01") is BLANK


def test_a_first_month_types_its_opening_figures(store: Store, township: str, village: str) -> None:
    fill(store, village, A01_J=5, C01_J=1, I01=2)
    found = shown(store, township)
    assert village in found.openings
    assert found.cell(village, "A01.J") == 5
    unsourced = {j.finding.key for j in findings(store, township, OCTOBER) if j.finding.unit_id == village}
    assert "H1.sources" in unsourced
    set_source_notes(store, township, OCTOBER, [village], "移交清单")
    sourced = {j.finding.key for j in findings(store, township, OCTOBER) if j.finding.unit_id == village}
    assert not any(key.startswith("H1") for key in sourced)


ZEROS = ("A02b", "A02c", "A02d", "A03e", "A03f", "A03g", "A03h", "A03i", "A03j", "A03k", "B03a", "B03b")


def begin(store: Store, village: str, persons: int = 5) -> None:
    """A first month that closes with ``persons`` under detox (J)."""
    fill(store, village, **{f"{item}_J": 0 for item in ZEROS}, A01_J=persons)


def test_the_next_month_carries_what_the_last_closed_with(store: Store, township: str, village: str) -> None:
    begin(store, village)
    found = shown(store, township, NOVEMBER)
    assert found.cell(village, "A01.J") == 5
    assert village not in found.openings
    with pytest.raises(CarriedCell, match="期初在册"):
        fill(store, village, NOVEMBER, A01_J=6)
    open_month(store, township, NOVEMBER)
    with store.read() as session:
        assert session.get(CellTable, (village, "2026-11", "A01.J")) is not None


def test_a_corrected_month_carries_on_into_later_open_months(store: Store, township: str, village: str) -> None:
    begin(store, village)
    open_month(store, township, NOVEMBER)
    begin_again = {f"{item}_J": 0 for item in ZEROS}
    fill(store, village, NOVEMBER, **begin_again)
    open_month(store, township, NOVEMBER.next)
    fill(store, village, OCTOBER, A02b_J=2)
    with store.read() as session:
        for month in ("2026-11", "2026-12"):
            row = session.get(CellTable, (village, month, "A01.J"))
            assert row is not None
            assert row.value == 7


def test_a_locked_later_month_is_left_alone(store: Store, township: str, village: str) -> None:
    begin(store, village)
    open_month(store, township, NOVEMBER)
    lock(store, township, NOVEMBER)
    fill(store, village, OCTOBER, A02b_J=2)
    assert shown(store, township, NOVEMBER).cell(village, "A01.J") == 5


def test_derived_cells_are_refused_unless_they_say_what_is_so(store: Store, township: str, village: str) -> None:
    with pytest.raises(DerivedCell, match="实检"):
        fill(store, village, D03_J=2, D04_J=0, D05_J=0, D02_J=3)
    assert shown(store, township).cell(village, "D03.J") is BLANK
    fill(store, village, D03_J=2, D04_J=0, D05_J=0, D02_J=2)
    assert shown(store, township).cell(village, "D02.J") == 2


def test_a_derived_figure_below_zero_is_shown_but_not_stored(store: Store, township: str, village: str) -> None:
    begin(store, village, persons=1)
    fill(store, village, A03e_J=3)
    assert shown(store, township).cell(village, "A04.J") == -2
    with store.read() as session:
        assert session.get(CellTable, (village, "2026-10", "A04.J")) is None
    assert "H2-4.J" in {judged.finding.key for judged in findings(store, township, OCTOBER)}


@pytest.mark.parametrize(
    ("item", "cell", "error"),
    [("E01", -1, NotACount), ("E01", 10_000_000, FigureTooLarge), ("M01", 1, ItemNotOfUnit), ("Z99", 1, UnknownItem)],
)
def test_what_is_no_figure_of_the_row_is_refused(
    store: Store, village: str, item: str, cell: int, error: type[DeskError]
) -> None:
    with pytest.raises(error):
        fill(store, village, **{item: cell})


def test_the_township_row_takes_its_own_items_only(store: Store, township: str) -> None:
    set_cells(store, township, OCTOBER, [CellEdit(township, "M01", 2)])
    assert shown(store, township).cell(township, "M01") == 2
    with pytest.raises(ItemNotOfUnit):
        set_cells(store, township, OCTOBER, [CellEdit(township, "E01", 2)])


def test_a_unit_that_is_not_in_the_sheet_is_refused(store: Store, township: str) -> None:
    with pytest.raises(UnitNotInSheet):
        set_cells(store, township, OCTOBER, [CellEdit("elsewhere", "E01", 2)])


def test_a_locked_month_is_closed_to_everything(store: Store, township: str, village: str) -> None:
    fill(store, village, E01=1)
    lock(store, township, OCTOBER)
    assert sheet(store, township, OCTOBER).locked_by == 3
    with pytest.raises(MonthLocked, match="第 3 号包"):
        fill(store, village, E01=2)
    with pytest.raises(MonthLocked):
        declare_nil_return(store, township, village, OCTOBER, declared_by="测试丙")
    with pytest.raises(MonthLocked):
        set_cell_note(store, township, village, OCTOBER, "E01", "备注")
    with pytest.raises(MonthLocked):
        give_reason(store, township, village, OCTOBER, "S6", "本月集中补访", given_by="测试丙")
    with pytest.raises(MonthLocked):
        open_month(store, township, OCTOBER)


def test_all_edits_or_none(store: Store, township: str, village: str) -> None:
    with pytest.raises(NotACount):
        set_cells(store, township, OCTOBER, [CellEdit(village, "E01", 1), CellEdit(village, "E02", -1)])
    assert shown(store, township).cell(village, "E01") is BLANK


def test_a_nil_return_fills_the_month_and_is_an_act_of_its_own(store: Store, township: str, village: str) -> None:
    begin(store, village)
    fill(store, village, I01=4, I02=0, I03=0, I05=3, I06=1)
    declare_nil_return(store, township, village, NOVEMBER, declared_by="测试丙")
    found = shown(store, township, NOVEMBER)
    assert village in found.nil_returns
    assert found.cell(village, "E01") == 0
    assert found.cell(village, "A04.J") == 5
    assert (found.cell(village, "I05"), found.cell(village, "I06")) == (3, 1)
    hard = [
        j.finding.officer for j in findings(store, township, NOVEMBER)
        if j.finding.unit_id == village and j.finding.hard and j.finding.key != "H1.A01.K"
    ]  # fmt: skip
    assert hard == []
    with pytest.raises(NilReturnDeclared):
        fill(store, village, NOVEMBER, E01=1)
    with pytest.raises(NilReturnDeclared):
        declare_nil_return(store, township, village, NOVEMBER, declared_by="测试丙")
    withdraw_nil_return(store, township, village, NOVEMBER)
    fill(store, village, NOVEMBER, E01=1)
    with pytest.raises(NoNilReturn):
        withdraw_nil_return(store, township, village, NOVEMBER)


def test_no_nil_return_over_figures_or_unknowns(store: Store, township: str, village: str) -> None:
    fill(store, village, E01=3)
    with pytest.raises(NilReturnOverFigures, match="谈话人次：3"):
        declare_nil_return(store, township, village, OCTOBER, declared_by="测试丙")
    fill(store, village, E01=UNKNOWN)
    with pytest.raises(NilReturnOverUnknown, match="谈话人次"):
        declare_nil_return(store, township, village, OCTOBER, declared_by="测试丙")


def test_several_nil_returns_at_once_name_who_refuses(store: Store, township: str, village: str) -> None:
    others = [unit.id for unit in units_below(store, township, OCTOBER) if unit.id != village][:2]
    fill(store, village, E01=3)
    done = declare_nil_returns(store, township, [others[0], village, others[1]], OCTOBER, declared_by="测试丙")
    assert done.declared == tuple(others)
    assert [type(error) for error in done.refused.values()] == [NilReturnOverFigures]
    assert done.filled[others[0], "E01"] == 0
    undone = [CellEdit(unit, item, BLANK) for unit, item in done.filled]
    withdraw_nil_returns(store, township, others, OCTOBER, undone)
    found = shown(store, township)
    assert not found.nil_returns
    assert found.cell(others[0], "E01") is BLANK
    assert found.cell(village, "E01") == 3


def test_several_notes_are_put_or_none(store: Store, township: str, village: str) -> None:
    fill(store, village, E01=3)
    with pytest.raises(NoFigureForNote):
        set_cell_notes(store, township, OCTOBER, {(village, "E01"): "谈话", (village, "E02"): "没有"})
    assert not shown(store, township).notes
    set_cell_notes(store, township, OCTOBER, {(village, "E01"): "谈话"})
    assert shown(store, township).notes == {(village, "E01"): "谈话"}


def test_a_reason_holds_while_its_figures_do(store: Store, township: str, village: str) -> None:
    fill(store, village, D04_J=2, D04_K=0, F01b=1)

    def s8() -> str | None:
        return next(
            (j.reason.text if j.reason else "") for j in findings(store, township, OCTOBER) if j.finding.key == "S8"
        )

    assert s8() == ""
    give_reason(store, township, village, OCTOBER, "S8", "同一人两次阳性", given_by="测试丙")
    assert s8() == "同一人两次阳性"
    fill(store, village, L01=9)
    assert s8() == "同一人两次阳性"
    fill(store, village, D04_J=3)
    assert s8() == ""


def test_a_reason_can_be_given_anew_and_withdrawn(store: Store, township: str, village: str) -> None:
    fill(store, village, E01=UNKNOWN)
    give_reason(store, township, village, OCTOBER, "S0.E", "村里台账损坏", given_by="测试丙")
    give_reason(store, township, village, OCTOBER, "S0.E", "村里台账损坏，下月补报", given_by="测试丙")
    (found,) = sheet(store, township, OCTOBER).reasons.values()
    assert found.text.endswith("下月补报")
    withdraw_reason(store, township, village, OCTOBER, "S0.E")
    assert sheet(store, township, OCTOBER).reasons == {}
    with pytest.raises(NoSuchFinding):
        withdraw_reason(store, township, village, OCTOBER, "S0.E")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "无",
        "没有",
        "无无无无",
        "嗯嗯哦哦",
        "情况属实。",
        "，。、；！？",
        "1234 5678",
        "已核对已核对",
        "情况 属实！",
    ],
)
def test_a_reason_that_explains_nothing_is_refused(store: Store, township: str, village: str, text: str) -> None:
    fill(store, village, E01=UNKNOWN)
    with pytest.raises(WeakReason):
        give_reason(store, township, village, OCTOBER, "S0.E", text, given_by="测试丙")


def test_the_same_reason_for_one_check_after_the_other_is_refused(store: Store, township: str, village: str) -> None:
    def give(unit: str, key: str, text: str) -> None:
        give_reason(store, township, unit, OCTOBER, key, text, given_by="测试丙")

    said, other = "村里台账损坏，正在补记", units_below(store, township, OCTOBER)[1].id
    fill(store, other, E01=UNKNOWN, F01a=UNKNOWN)
    fill(store, village, E01=UNKNOWN, F01b=0, D01_J=0, D03_J=0, D04_J=1, D05_J=0, D04_K=0)
    for unit, key in ((other, "S0.E"), (other, "S0.F"), (village, "S0.E")):
        give(unit, key, said)  # one check, in many places
    give(village, "S8", said)
    with pytest.raises(ReasonForEverything, match="2 类"):
        give(village, "S3.J", said)
    give(village, "S3.J", "其中一人次为上月复检")


def test_reasons_are_for_soft_findings_that_are_there(store: Store, township: str, village: str) -> None:
    fill(store, village, P01=1, P02=2)
    with pytest.raises(HardFindingNeedsFigures):
        give_reason(store, township, village, OCTOBER, "H10-1", "村里就是这样报的", given_by="测试丙")
    with pytest.raises(NoSuchFinding):
        give_reason(store, township, village, OCTOBER, "S8", "村里就是这样报的", given_by="测试丙")


def test_a_note_needs_a_figure_and_no_personal_number(store: Store, township: str, village: str) -> None:
    with pytest.raises(NoFigureForNote):
        set_cell_note(store, township, village, OCTOBER, "E01", "电话核实")
    fill(store, village, E01=1)
    with pytest.raises(IdNumberInText):
        set_cell_note(store, township, village, OCTOBER, "E01", "32041119900101123X")
    set_cell_note(store, township, village, OCTOBER, "E01", "电话核实")
    fill(store, village, E01=2)
    assert shown(store, township).notes[village, "E01"] == "电话核实"


def test_every_change_is_in_the_audit_chain(store: Store, township: str, village: str) -> None:
    fill(store, village, E01=3)
    with store.read() as session:
        last = session.exec(select(Audit).order_by(col(Audit.seq).desc())).first()
        assert last is not None
        assert (last.operation, last.subject, last.record) == ("set_cells", "tallies", f"2026-10/{village}")
        assert '"E01": 3' in last.detail


def test_setting_what_is_there_already_changes_nothing(store: Store, township: str, village: str) -> None:
    fill(store, village, E01=3)
    assert set_cells(store, township, OCTOBER, [CellEdit(village, "E01", 3)]).subjects == frozenset()
