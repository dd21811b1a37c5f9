"""The sheet in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit, QPushButton, QTabBar, QTableView, QWidget
from pytestqt.qtbot import QtBot
from tests.reports.workbooks import grids, place_of, typed_over
from tests.ui.conftest import WindowForPages
from tests.ui.tallies.months import OCTOBER, fill_month, lock, stored, villages_of

from jindu_desk.app.desk import Desk
from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN
from jindu_desk.operations.tallies import CellEdit, declare_nil_return, set_cells
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.tallies import sheet
from jindu_desk.reports.tallies.workbook import template_xlsx
from jindu_desk.ui.fields import is_wrong
from jindu_desk.ui.screens import SCREENS
from jindu_desk.ui.tallies import blocks as blocks_module
from jindu_desk.ui.tallies.clipboard import Pasted
from jindu_desk.ui.tallies.figure_editor import FigureEditor
from jindu_desk.ui.tallies.page import TalliesPage
from jindu_desk.ui.tallies.previews import PastePreview, WorkbookPreview
from jindu_desk.ui.tallies.state import SheetState


def shown(office: WindowForPages) -> TalliesPage:
    """The page, up and loaded."""
    office.window.resize(1366, 768)
    office.window.show_pages()
    office.window.take_screens(_SPECS)
    office.shell.go("tallies")
    office.window.show()
    office.settle()
    page = office.window.pages.page("tallies")
    assert isinstance(page, TalliesPage)
    return page


_SPECS = [spec for spec in SCREENS if "township" in spec.tiers and spec.key in ("tallies", "report")]


@pytest.fixture
def page(office: WindowForPages) -> TalliesPage:
    return shown(office)


def keys(page: TalliesPage, typed: str) -> None:
    """Press keys one after the other, where the keyboard is."""
    names = {"⏎": Qt.Key.Key_Return, "⇥": Qt.Key.Key_Tab, "⌫": Qt.Key.Key_Delete, "↓": Qt.Key.Key_Down}
    for key in typed:
        view = page.pane.view
        editor: QWidget | None = view.indexWidget(view.currentIndex())
        target = view if editor is None else editor
        if key in names:
            QTest.keyClick(target, names[key])
        else:
            QTest.keyClicks(target, key)


def test_it_begins_at_the_first_cell_that_is_typed(page: TalliesPage, desk: Desk) -> None:
    assert page.pane.place == (villages_of(desk)[0], "A01.J")  # a first month types its opening figures
    assert page.pane.model.rowCount() == 15
    assert page.pane.model.columnCount() == 44


def test_digits_type_over_and_enter_goes_down(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first, second = villages_of(desk)[:2]
    page.pane.jump(first, "A02b.J")
    keys(page, "12⏎3⏎")
    assert page.pane.place == (villages_of(desk)[2], "A02b.J")
    office.settle()
    assert (stored(desk, first, "A02b.J"), stored(desk, second, "A02b.J")) == (12, 3)


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier])
def test_going_to_a_cell_selects_it_alone_whatever_key_is_down(
    page: TalliesPage, desk: Desk, held: Qt.KeyboardModifier
) -> None:
    first, second = villages_of(desk)[:2]
    page.pane.jump(first, "E01")
    QTest.keyPress(page.pane.view, Qt.Key.Key_Shift, held)
    page.pane.jump(second, "E02")
    QTest.keyRelease(page.pane.view, Qt.Key.Key_Shift)
    units, items = page.pane.selected_block
    assert (units, [item.code for item in items]) == ((second,), ["E02"])


def test_shift_and_tab_go_back_without_spanning_a_block(page: TalliesPage, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "E02")
    QTest.keyClick(page.pane.view, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    units, items = page.pane.selected_block
    assert (units, [item.code for item in items]) == ((first,), ["E01"])


def test_tab_goes_on_past_grey_cells(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "A02d.K")
    keys(page, "4⇥")
    assert page.pane.place == (first, "A03e.J")  # over 本月增加, which is computed
    keys(page, "⇥")
    assert page.pane.place == (first, "A03e.K")


def test_the_three_states_have_their_keys(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "A02b.J")
    keys(page, "w")
    assert page.pane.model.data(page.pane.view.currentIndex()) == "未掌握"
    page.pane.jump(first, "A02b.K")
    keys(page, "n")
    page.pane.jump(first, "A02c.J")
    keys(page, "5⏎")
    page.pane.jump(first, "A02c.J")
    keys(page, "⌫")
    office.settle()
    assert [stored(desk, first, item) for item in ("A02b.J", "A02b.K", "A02c.J")] == [UNKNOWN, NOT_APPLICABLE, BLANK]


def test_a_grey_cell_says_why_it_is_not_typed(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    page.pane.jump(villages_of(desk)[0], "A04.J")
    keys(page, "5")
    assert "A01 + A02 − A03" in office.said
    assert "B03a" in office.said  # what is typed in the end, not the sums in between
    page.pane.jump(villages_of(desk)[0], "A02a.J")
    keys(page, "5")
    catalogue = page.work.state.catalogue if page.work.state else shipped_rules().catalogue
    typed = "、".join(f"{catalogue.item(code).base} {catalogue.item(code).name}" for code in ("B03a.J", "B03b.J"))
    assert office.said == f"自动计算：B03。要更正请改：{typed}。"
    assert "自动计算" in str(page.pane.model.data(page.pane.view.currentIndex(), Qt.ItemDataRole.ToolTipRole))


@pytest.mark.parametrize("typed", ["-1", "1.5", "abc", "1x2", "0x1", "1,5", "99999999", "1 2"])
def test_what_is_no_figure_stays_and_is_refused(
    page: TalliesPage, office: WindowForPages, desk: Desk, typed: str
) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "A02b.J")
    keys(page, typed + "⏎")
    view = page.pane.view
    editor = view.indexWidget(view.currentIndex())
    assert isinstance(editor, FigureEditor)
    assert editor.text() == typed
    assert page.pane.place == (first, "A02b.J")
    assert typed in page.pane.legend.text()
    assert "Esc" in page.pane.legend.text()
    assert not page.may_leave()
    page.pane.tabs.show_code("E")
    assert page.pane.tabs.block is not None
    assert page.pane.tabs.block.code == "A"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.viewport().rect().center())
    assert page.pane.place == (first, "A02b.J")
    office.settle()
    assert stored(desk, first, "A02b.J") is BLANK
    assert view.indexWidget(view.currentIndex()) is editor


def test_a_refused_figure_is_mended_or_given_up(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first, second = villages_of(desk)[:2]
    page.pane.jump(first, "A02b.J")
    legend = page.pane.legend.text()
    keys(page, "-1⏎")
    editor = page.pane.view.indexWidget(page.pane.view.currentIndex())
    assert isinstance(editor, FigureEditor)
    QTest.keyClick(editor, Qt.Key.Key_Home)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert page.pane.legend.text() == legend
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.pane.place == (second, "A02b.J")
    keys(page, "1.5⏎")
    editor = page.pane.view.indexWidget(page.pane.view.currentIndex())
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert page.pane.legend.text() == legend
    assert page.may_leave()
    office.settle()
    assert (stored(desk, first, "A02b.J"), stored(desk, second, "A02b.J")) == (1, BLANK)


def test_what_follows_is_shown_at_once(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.pane.tabs.show_code("D")
    page.pane.jump(first, "D01.J")
    state = page.work.state
    assert state is not None
    page.work.edit({(first, "D03.J"): 3, (first, "D04.J"): 0, (first, "D05.J"): 1})
    page.work.edit({(first, code): 0 for code in ("D06a.J", "D06b.J", "D06c.J", "D06d.J", "D06e.J")})
    keys(page, "5⏎")
    assert state.cell(first, "D02.J") == 4
    assert state.total(state.catalogue.block("D"), "D02.J") == 4
    assert page.findings.rows[0].check == "H6 尿检平衡"
    assert page.findings.rows[0].kind == "wrong"
    page.pane.jump(first, "D01.J")
    keys(page, "4⏎")
    assert "H6 尿检平衡" not in [row.check for row in page.findings.rows]
    office.settle()
    assert stored(desk, first, "D02.J") == 4


def test_a_finding_leads_to_its_cell(page: TalliesPage, desk: Desk) -> None:
    last = villages_of(desk)[-1]
    page.work.edit({(last, "P01"): 1, (last, "P02"): 2})
    page.findings.select(last, "H10-1")
    page.findings.chosen.emit(*page.findings.rows[0].place)
    assert page.pane.tabs.block is not None
    assert page.pane.tabs.block.code == "P"
    assert page.pane.place == (last, "P01")


def test_a_reason_is_taken_back_and_given_again(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    def reasons() -> list[str]:
        found = sheet(desk.store, desk.unit.unit.id, OCTOBER)
        return [given.text for given in found.reasons.values()]

    first = villages_of(desk)[0]
    page.work.edit({(first, "E01"): UNKNOWN})
    office.settle()
    page.work.give_reason(first, "S0.E", "村里台账损坏")
    office.settle()
    page.work.take_back()
    office.settle()
    assert reasons() == []
    page.work.do_again()
    office.settle()
    assert reasons() == ["村里台账损坏"]
    page.work.take_back()
    office.settle()
    page.work.take_back()
    office.settle()
    assert stored(desk, first, "E01") is BLANK


def test_each_month_has_its_own_steps(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.work.edit({(first, "E01"): 3})
    office.settle()
    office.shell.choose_month(OCTOBER.next)
    office.settle()
    assert not page.work.can_take_back
    office.shell.choose_month(OCTOBER)
    office.settle()
    page.work.take_back()
    office.settle()
    assert stored(desk, first, "E01") is BLANK


def test_what_was_changed_elsewhere_is_not_taken_back(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.work.edit({(first, "E01"): 3})
    office.settle()
    set_cells(desk.store, desk.unit.unit.id, OCTOBER, [CellEdit(first, "E01", 8)])
    page.refresh()
    office.settle()
    assert not page.work.can_take_back


def test_a_soft_finding_takes_a_reason(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.work.edit({(first, "E01"): UNKNOWN})
    office.settle()
    page.work.give_reason(first, "S0.E", "无")
    office.settle()
    assert "没有说明原因" in page.findings._wrong.text()
    page.work.give_reason(first, "S0.E", "村里台账损坏")
    office.settle()
    (row,) = [row for row in page.findings.rows if row.kind == "done"]
    assert row.reason == "村里台账损坏"
    page.work.edit({(first, "E02"): UNKNOWN})
    assert [row.kind for row in page.findings.rows if row.check == "S0 未掌握"] == ["due"]


def test_undo_and_redo_reach_the_store(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.work.edit({(first, "E01"): 3})
    page.work.edit({(first, "E01"): 8})
    page.work.take_back()
    office.settle()
    assert stored(desk, first, "E01") == 3
    page.work.take_back()
    page.work.do_again()
    page.work.do_again()
    office.settle()
    assert stored(desk, first, "E01") == 8
    assert not page.work.can_do_again


def test_the_rest_of_a_block_becomes_zero_on_command(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first, second = villages_of(desk)[:2]
    page.work.edit({(first, "E01"): 3})
    page.pane.jump(first, "E02")
    page.button("其余填 0").click()
    office.settle()
    assert [stored(desk, first, item) for item in ("E01", "E02", "E03")] == [3, 0, 0]
    assert stored(desk, second, "E02") is BLANK
    assert "2 格填为 0" in office.said


def test_a_breakdown_that_was_not_begun_is_left_alone(page: TalliesPage, desk: Desk) -> None:
    state = page.work.state
    assert state is not None
    first = villages_of(desk)[0]
    block = state.catalogue.block("A")
    state.put({(first, "A01.J"): 4})
    edits, left_out = state.zeros([first], block)
    assert (first, "A04y1.J") not in edits
    assert left_out == sum(item.group != "" and (first, item.code) not in edits for item in block.items)
    assert (first, "A02b.J") in edits


def test_the_next_blank_cell_is_one_key_away(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    fill_month(desk, OCTOBER)
    last = villages_of(desk)[-1]
    set_cells(desk.store, desk.unit.unit.id, OCTOBER, [CellEdit(last, "L08", BLANK)])
    page.refresh()
    office.settle()
    page.button("下一处未填").click()
    assert page.pane.place == (last, "L08")
    page.work.edit({(last, "L08"): 0})
    assert not page.button("下一处未填").isEnabled()


@pytest.fixture
def asked(office: WindowForPages, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that were put; each is answered by yes."""
    questions: list[str] = []

    def ask(question: str, verb: str, *, danger: bool = False) -> bool:
        questions.append(question)
        return True

    monkeypatch.setattr(office.shell, "ask", ask)
    return questions


def nil_returns(desk: Desk) -> frozenset[str]:
    return sheet(desk.store, desk.unit.unit.id, OCTOBER).sheet.nil_returns


def test_a_nil_return_and_back(page: TalliesPage, office: WindowForPages, desk: Desk, asked: list[str]) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "E01")
    page.button("零报告").click()
    office.settle()
    assert nil_returns(desk) == {first}
    assert page.pane.place == (first, "E01")
    keys(page, "5")
    assert "零报告" in office.said
    page.button("撤回零报告").click()
    office.settle()
    assert "已撤回" in office.said
    keys(page, "5⏎")
    office.settle()
    assert stored(desk, first, "E01") == 5


def test_all_selected_villages_are_signed_off_after_a_question(
    page: TalliesPage, office: WindowForPages, desk: Desk, asked: list[str]
) -> None:
    first, second, third, fourth = villages_of(desk)[:4]
    page.work.edit({(second, "E01"): 3})
    page.pane.jump(first, "E01")
    page.pane.select({(first, "E01"), (second, "E01"), (third, "E01")})
    page.button("零报告").click()
    office.settle()
    state = page.work.state
    assert state is not None
    assert all(state.name_of(unit) in asked[0] for unit in (first, second, third))
    assert state.name_of(fourth) not in asked[0]
    assert nil_returns(desk) == {first, third}
    assert f"{state.name_of(second)}：本月已有不为零的数字" in office.said


def test_the_untouched_villages_are_signed_off_together(
    page: TalliesPage, office: WindowForPages, desk: Desk, asked: list[str]
) -> None:
    first, *rest = villages_of(desk)
    page.work.edit({(first, "E01"): 0})
    page.actions_of_sheet._declare_rest()
    office.settle()
    assert "共 14 个" in asked[0]
    assert nil_returns(desk) == set(rest)
    assert page.actions_of_sheet._may_declare_rest() is not True


def test_nothing_is_signed_off_without_a_yes(
    page: TalliesPage, office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.shell, "ask", lambda question, verb, danger=False: False)
    page.button("零报告").click()
    office.settle()
    assert not nil_returns(desk)


def test_undo_goes_on_through_a_nil_return_and_a_note(
    page: TalliesPage, office: WindowForPages, desk: Desk, asked: list[str]
) -> None:
    first = villages_of(desk)[0]
    page.work.edit({(first, "A01.J"): 5})
    page.work.set_note(first, "A01.J", "移交清单")
    office.settle()
    page.pane.jump(first, "A02b.J")
    page.button("零报告").click()
    office.settle()
    assert nil_returns(desk) == frozenset({first})
    assert stored(desk, first, "A02b.J") == 0
    page.work.take_back()
    office.settle()
    assert (nil_returns(desk), stored(desk, first, "A02b.J")) == (frozenset(), BLANK)
    page.work.do_again()
    office.settle()
    assert nil_returns(desk) == frozenset({first})
    assert stored(desk, first, "A02b.J") == 0
    page.work.take_back()
    office.settle()
    page.work.take_back()
    office.settle()
    assert (first, "A01.J") not in sheet(desk.store, desk.unit.unit.id, OCTOBER).sheet.notes
    page.work.take_back()
    office.settle()
    assert stored(desk, first, "A01.J") is BLANK


def test_a_nil_return_keeps_the_finding_about_the_source(
    page: TalliesPage, office: WindowForPages, desk: Desk, asked: list[str]
) -> None:
    first = villages_of(desk)[0]
    page.work.edit({(first, "A01.J"): 5})
    page.button("零报告").click()
    office.settle()
    assert nil_returns(desk) == {first}
    assert [row.unit_id for row in page.findings.rows if row.asks_source] == [first]


def test_a_block_goes_to_a_spreadsheet_and_back(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first, second = villages_of(desk)[:2]
    page.work.edit({(first, "E01"): 3, (first, "E02"): UNKNOWN, (second, "E01"): 0})
    page.pane.jump(first, "E01")
    page.pane.select({(first, "E01"), (first, "E02"), (second, "E01"), (second, "E02")})
    page.actions_of_sheet.blocks.copy()
    assert QGuiApplication.clipboard().text() == "3\t未掌握\n0\t"
    third = villages_of(desk)[2]
    page.pane.jump(third, "E01")
    page.actions_of_sheet.blocks.paste()
    office.settle()
    assert [stored(desk, third, item) for item in ("E01", "E02")] == [3, UNKNOWN]
    assert stored(desk, villages_of(desk)[3], "E01") == 0


def paste(page: TalliesPage, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    page.actions_of_sheet.blocks.paste()


@pytest.mark.parametrize("accepted", [True, False])
def test_what_pasting_would_replace_is_shown_first(
    page: TalliesPage, office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch, accepted: bool
) -> None:
    shown: list[list[str]] = []

    def answer(dialog: PastePreview) -> QDialog.DialogCode:
        model = dialog.findChildren(QTableView)[0].model()
        shown.extend([str(model.index(row, column).data()) for column in range(4)] for row in range(model.rowCount()))
        return QDialog.DialogCode.Accepted if accepted else QDialog.DialogCode.Rejected

    monkeypatch.setattr(PastePreview, "exec", answer)
    first, second = villages_of(desk)[:2]
    page.work.edit({(first, "E01"): 3, (second, "E01"): 8})
    page.pane.jump(first, "E01")
    paste(page, "4\n8\n")
    office.settle()
    assert page.work.state is not None
    assert shown == [[page.work.state.name_of(first), "E01 谈话人次", "3", "4"]]  # the second is what it was
    assert stored(desk, first, "E01") == (4 if accepted else 3)


def test_one_figure_goes_over_the_whole_selection(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    villages = villages_of(desk)[:3]
    page.pane.jump(villages[0], "E01")
    page.pane.select({(unit, item) for unit in villages for item in ("E01", "E02")})
    paste(page, "2\r\n")
    office.settle()
    assert [stored(desk, unit, item) for unit in villages for item in ("E01", "E02")] == [2] * 6


@pytest.mark.parametrize("accepted", [True, False])
def test_a_block_goes_on_into_the_next_blocks_when_wanted(
    page: TalliesPage, office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch, accepted: bool
) -> None:
    answer = QDialog.DialogCode.Accepted if accepted else QDialog.DialogCode.Rejected
    monkeypatch.setattr(PastePreview, "exec", lambda _dialog: answer)
    first = villages_of(desk)[0]
    page.pane.jump(first, "E03")  # the last item of its block
    paste(page, "1\t0")
    assert ("后面的分组" in office.said) is accepted
    office.settle()
    state = page.work.state
    assert state is not None
    block = next(block for block in state.catalogue.blocks if block.code == "E")
    after = state.items_from(block)[len(state.items(block))]
    found = stored(desk, first, "E03"), stored(desk, first, after.code)
    assert found == ((1, 0) if accepted else (BLANK, BLANK))


@pytest.mark.parametrize("one_row", [True, False])
def test_filling_down(page: TalliesPage, office: WindowForPages, desk: Desk, one_row: bool) -> None:
    first, second, third = villages_of(desk)[:3]
    page.work.edit({(first, "E01"): 5, (first, "E02"): UNKNOWN})
    page.pane.jump(second if one_row else first, "E01")
    chosen = {(second, "E01"), (second, "E02")}
    page.pane.select(chosen if one_row else {*chosen, (first, "E01"), (first, "E02"), (third, "E01"), (third, "E02")})
    QTest.keyClick(page.pane.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    office.settle()
    assert [stored(desk, second, item) for item in ("E01", "E02")] == [5, UNKNOWN]
    assert stored(desk, third, "E01") is (BLANK if one_row else 5)
    page.work.take_back()
    office.settle()
    assert stored(desk, second, "E01") is BLANK


@pytest.mark.parametrize("accepted", [True, False])
def test_pasted_faults_are_shown_before_anything_is_pasted(
    page: TalliesPage, office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch, accepted: bool
) -> None:
    seen: list[tuple[str, ...]] = []

    class Preview(QDialog):
        def __init__(self, pasted: Pasted, _state: SheetState, parent: TalliesPage) -> None:
            super().__init__(parent)
            seen.append(pasted.faults)

        def exec(self) -> QDialog.DialogCode:
            return QDialog.DialogCode.Accepted if accepted else QDialog.DialogCode.Rejected

    monkeypatch.setattr(blocks_module, "PastePreview", Preview)
    first = villages_of(desk)[0]
    page.pane.jump(first, "E01")
    assert page.work.state is not None
    room = len(page.work.state.items_from(next(b for b in page.work.state.catalogue.blocks if b.code == "E")))
    paste(page, "7\t很多" + "\t0" * (room - 1) + "\n")
    office.settle()
    assert any("“很多”不是数字" in fault for fault in seen[0])
    assert any("多出 1 列" in fault for fault in seen[0])
    assert stored(desk, first, "E01") == (7 if accepted else BLANK)


def test_a_locked_month_says_why_and_takes_nothing(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    lock(desk)
    page.refresh()
    office.settle()
    assert page.banner.isVisibleTo(page)
    assert "第 3 号包" in page.banner.text
    page.pane.jump(villages_of(desk)[0], "E01")
    keys(page, "5⏎")
    assert "锁定" in office.said
    page.pane.jump(villages_of(desk)[0], "A04.J")
    office.shell.notice("")
    keys(page, "5")
    assert "锁定" in office.said
    assert not page.button("其余填 0").isEnabled()


def test_a_refused_figure_shows_again_as_it_is(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    lock(desk)  # behind the window's back
    page.work.edit({(first, "E01"): 3})
    office.settle()
    assert "锁定" in office.said
    assert page.work.state is not None
    assert page.work.state.cell(first, "E01") is BLANK


def test_months_change_and_carried_figures_are_grey(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    fill_month(desk, OCTOBER)
    office.shell.choose_month(OCTOBER.next)
    office.settle()
    first = villages_of(desk)[0]
    page.pane.jump(first, "A01.J")
    state = page.work.state
    assert state is not None
    assert state.cell(first, "A01.J") == stored(desk, first, "A04.J")
    assert "结转" in state.why_not(first, state.catalogue.item("A01.J"))
    assert not page.work.can_take_back


def test_what_was_typed_meanwhile_stays(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.refresh()
    page.work.edit({(first, "E01"): 6})
    office.settle()
    assert page.work.state is not None
    assert page.work.state.cell(first, "E01") == 6


def test_the_panel_tells_what_a_cell_means(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    set_cells(desk.store, desk.unit.unit.id, OCTOBER.previous, [CellEdit(first, "G02", 2)])
    page.refresh()
    office.settle()
    page.pane.jump(first, "G02")
    assert page.panel._title.text() == "G02 已查处"
    assert "派出所" in page.panel._where.text()
    assert page.panel._last.text() == "2"
    assert "第十三条" in page.panel._law.text()


def test_a_note_is_kept_with_its_cell(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.work.edit({(first, "E01"): 6})
    page.pane.jump(first, "E01")
    page.panel.note_given.emit("集中谈话")
    office.settle()
    assert sheet(desk.store, desk.unit.unit.id, OCTOBER).sheet.notes[first, "E01"] == "集中谈话"


def test_of_a_note_with_a_number_all_but_the_number_is_kept(
    page: TalliesPage, office: WindowForPages, desk: Desk
) -> None:
    first, second = villages_of(desk)[:2]
    page.work.edit({(first, "E01"): 6, (second, "E01"): 2})
    page.pane.jump(first, "E01")
    note = page.panel._note
    note.setFocus()
    note.insert("电话")
    QTest.keyClicks(note, "13800138000 ")
    assert is_wrong(note)
    assert page.panel._refused.text() == "号码不会保存，其余照存"
    assert "手机号" in note.accessibleDescription()
    note.insert("已谈话")
    page.pane.view.setFocus()  # as a click into another cell does
    page.pane.jump(second, "E01")
    office.settle()
    assert office.said == "号码不能保存，已换成“（号码不记）”，其余已保存。"
    assert not page.panel._refused.text()
    note.setFocus()
    QTest.keyClicks(note, "320411199001011234 ok")
    QTest.keyClick(note, Qt.Key.Key_Return)
    office.settle()
    assert office.said.startswith("号码不能保存")
    assert (page.panel._note.text(), is_wrong(note)) == ("（号码不记） ok", False)
    page.pane.jump(first, "E01")
    assert page.panel._note.text() == "电话（号码不记） 已谈话"
    notes = sheet(desk.store, desk.unit.unit.id, OCTOBER).sheet.notes
    assert (notes[first, "E01"], notes[second, "E01"]) == ("电话（号码不记） 已谈话", "（号码不记） ok")


def test_another_page_leads_to_a_cell(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    village = villages_of(desk)[6]
    office.shell.go("tallies", village=village, item="D01.K")
    assert page.pane.place == (village, "D01.K")
    office.shell.go("tallies", village=village)
    assert page.pane.place == (village, "A01.J")


def test_the_township_has_a_row_of_its_own(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    page.pane.jump(desk.unit.unit.id, "M01")
    assert page.pane.model.rowCount() == 1
    keys(page, "2⏎")
    office.settle()
    assert stored(desk, desk.unit.unit.id, "M01") == 2
    assert not page.button("零报告").isEnabled()


def test_workbooks_go_out_and_come_in(
    page: TalliesPage, office: WindowForPages, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = page.work.state
    assert state is not None
    path = tmp_path / "填报表.xlsx"
    page.actions_of_sheet.workbooks.export(state, path)
    office.settle()
    name = state.found.villages[0].name
    content = path.read_bytes()
    assert name in grids(content)
    path.write_bytes(typed_over(content, {(name, place_of(content, name, "E01")): 7}))
    monkeypatch.setattr(WorkbookPreview, "exec", lambda self: QDialog.DialogCode.Accepted)
    page.actions_of_sheet.workbooks.look_into(state, path)
    office.settle()
    assert stored(desk, state.found.villages[0].id, "E01") == 7
    assert page.work.state is not None
    assert page.work.state.cell(state.found.villages[0].id, "E01") == 7


def test_a_workbook_with_faults_only_leads_back(
    page: TalliesPage, office: WindowForPages, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare_nil_return(desk.store, desk.unit.unit.id, villages_of(desk)[1], OCTOBER, declared_by="测试丙")
    found = sheet(desk.store, desk.unit.unit.id, OCTOBER)
    content = template_xlsx(found, shipped_rules().catalogue, villages_of(desk)[:2])
    name = found.villages[0].name
    path = tmp_path / "坏.xlsx"
    path.write_bytes(typed_over(content, {(name, place_of(content, name, "E01")): "七"}))
    buttons: list[str] = []

    def look(preview: QDialog) -> QDialog.DialogCode:
        buttons.extend(button.text() for button in preview.findChildren(QPushButton))
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(WorkbookPreview, "exec", look)
    assert page.work.state is not None
    page.actions_of_sheet.workbooks.look_into(page.work.state, path)
    office.settle()
    assert buttons == ["返回"]


def test_every_control_has_a_name(page: TalliesPage) -> None:

    for kind in (QAbstractButton, QLineEdit, QTableView, QTabBar):
        for widget in page.findChildren(kind):
            inner = widget.objectName().startswith(("qt_", "Scroll")) or widget.parent() is page.pane.tabs
            corner = isinstance(widget, QAbstractButton) and isinstance(widget.parent(), QTableView)
            assert inner or corner or widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_a_figure_half_typed_is_kept_when_one_leaves(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "E01")
    keys(page, "7")
    office.shell.choose_month(OCTOBER.next)
    office.settle()
    assert stored(desk, first, "E01") == 7


def test_a_figure_half_typed_survives_a_refresh(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "E01")
    keys(page, "7")
    page.refresh()
    office.settle()
    keys(page, "5⏎")
    office.settle()
    assert stored(desk, first, "E01") == 75


def test_the_menu_of_a_cell_marks_it(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "E01")
    menu = page.actions_of_sheet.menu()
    menu.actions()[0].trigger()
    menu.deleteLater()
    office.settle()
    assert stored(desk, first, "E01") is UNKNOWN


def test_the_month_is_saved_as_a_workbook(page: TalliesPage, office: WindowForPages, tmp_path: Path) -> None:
    assert page.work.state is not None
    page.actions_of_sheet.workbooks.save_month(page.work.state, tmp_path / "台账.xlsx", protected=False)
    office.settle()
    assert "A 在册人员" in grids((tmp_path / "台账.xlsx").read_bytes())
    page.actions_of_sheet.workbooks.save_month(page.work.state, tmp_path / "没有" / "台账.xlsx", protected=True)
    office.settle()
    assert "没有写成" in office.said


def test_the_source_of_opening_figures_is_named_from_the_finding(
    page: TalliesPage, office: WindowForPages, desk: Desk
) -> None:
    first, second = villages_of(desk)[:2]
    page.work.edit({(first, "A01.J"): 4, (second, "I01"): 1})
    office.settle()
    page.findings.select(first, "H1.sources")
    page.findings._reason.setText("移交清单 2026-09")
    QTest.keyClick(page.findings._reason, Qt.Key.Key_Return)
    office.settle()
    notes = sheet(desk.store, desk.unit.unit.id, OCTOBER).sheet.notes
    assert notes[first, "A01.J"] == notes[second, "I01"] == "移交清单 2026-09"
    assert not any(row.asks_source for row in page.findings.rows)


def test_the_keyboard_goes_on_to_the_next_block(page: TalliesPage) -> None:
    page.pane.view.setFocus()
    QTest.keyClick(page.pane.view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert page.pane.tabs.block is not None
    assert page.pane.tabs.block.code == "B"
    QTest.keyClick(page.pane.view, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    assert page.pane.tabs.block.code == "A"


def test_the_findings_fold_and_stay_folded(page: TalliesPage, office: WindowForPages) -> None:
    wide = page.pane.view.height()
    page.findings.fold(True)
    QTest.qWait(0)
    assert page.pane.view.height() > wide
    assert office.shell.layout("tallies.findings_folded") == "folded"
    page.findings.fold(False)
    assert not page.findings.is_folded


def test_the_sheet_has_the_keyboard_when_it_comes_up(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    assert office.window.focusWidget() is page.pane.view
    office.shell.go("report")
    office.settle()
    office.shell.go("tallies")
    assert office.window.focusWidget() is page.pane.view
    keys(page, "6⏎")
    office.settle()
    assert stored(desk, villages_of(desk)[0], "A01.J") == 6


@pytest.mark.parametrize(
    ("pressed", "held", "size"),
    [
        ([Qt.Key.Key_End], Qt.KeyboardModifier.ControlModifier, (15, 44)),
        ([Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down], Qt.KeyboardModifier.NoModifier, (3, 2)),
    ],
)
def test_shift_selects_a_block(
    page: TalliesPage, pressed: list[Qt.Key], held: Qt.KeyboardModifier, size: tuple[int, int]
) -> None:
    for key in pressed:
        QTest.keyClick(page.pane.view, key, held | Qt.KeyboardModifier.ShiftModifier)
    units, items = page.pane.selected_block
    assert (len(units), len(items)) == size
    QTest.keyClick(page.pane.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert page.pane.selected_units == (page.pane.model.units[0],)


def test_a_sum_says_when_it_is_partial(page: TalliesPage, desk: Desk) -> None:
    villages = villages_of(desk)
    model = page.pane.totals.model()
    index = model.index(0, page.pane.model.index_of(villages[0], "A02b.J").column())
    assert model.data(index) == "—"
    page.work.edit({(villages[0], "A02b.J"): 0})
    assert model.data(index) == "0"
    assert "（1/15 村）" in model.data(index, Qt.ItemDataRole.ToolTipRole)
    muted = model.data(index, Qt.ItemDataRole.ForegroundRole).color()
    page.work.edit({(unit, "A02b.J"): 1 for unit in villages})
    assert "村）" not in model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert model.data(index, Qt.ItemDataRole.ForegroundRole).color() != muted


def test_an_opening_figure_is_of_the_months_beginning(page: TalliesPage, desk: Desk) -> None:
    page.pane.jump(villages_of(desk)[0], "A01.J")
    assert "月初存量" in page.panel._where.text()
    page.pane.jump(villages_of(desk)[0], "A04.J")
    assert "月末存量" in page.panel._where.text()


def test_the_sums_stand_under_their_columns_to_the_end(page: TalliesPage, office: WindowForPages) -> None:
    QTest.qWait(0)
    view, totals = page.pane.view, page.pane.totals
    bar = view.horizontalScrollBar()
    for value in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(value)
        for column in (0, 20, 43):
            assert totals.columnViewportPosition(column) == view.columnViewportPosition(column)


def test_the_villages_have_the_room_with_large_text(page: TalliesPage, office: WindowForPages) -> None:
    def folded() -> bool:
        return page.findings.is_folded

    office.shell.theme.use("light")
    QTest.qWait(0)
    assert not folded()
    office.shell.theme.use("light", large_text=True)
    QTest.qWait(0)
    assert folded()
    assert not page._beside.isVisible()
    assert office.shell.layout("tallies.findings_folded") == ""
    office.shell.theme.use("light")
    QTest.qWait(0)
    assert not folded()
    page.findings.fold(True)
    office.window.resize(1366, 900)
    assert page.findings.is_folded  # what the user chose stays


def test_a_locked_month_fits_the_page(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    lock(desk)
    page.refresh()
    office.settle()
    QTest.qWait(0)
    assert page.banner.height() <= 44
    assert page.minimumSizeHint().height() <= 560
