"""The officer holds October's meeting on the projector, by keyboard alone, and signs it off afterwards."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from tests.operations.meeting_forms import OCTOBER, SEPTEMBER, prepared, signed
from tests.ui.keyboard import bring_up, press

from jindu_desk.domain.meetings import Attendance, DecisionState
from jindu_desk.domain.tallies.cells import NOT_APPLICABLE
from jindu_desk.operations.meetings import draft_key
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.meetings import meeting_whole
from jindu_desk.queries.settings import draft as kept_draft
from jindu_desk.queries.units import units_below
from jindu_desk.store.tables import Cell
from jindu_desk.ui.meetings.mode.window import MeetingMode
from jindu_desk.ui.meetings.page import MeetingsPage
from jindu_desk.ui.screens import SCREENS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.conftest import Clock
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
STATE = DecisionState


def key(pressed: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """To whatever has the keyboard."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, pressed, modifier)


@pytest.fixture
def page(office: WindowForPages, desk: Desk, qtbot: QtBot) -> MeetingsPage:
    """October's meeting prepared, with one decision of September's open; the window has the keyboard."""
    signed(desk, SEPTEMBER)
    prepared(desk, OCTOBER)
    office.window.take_screens([spec for spec in SCREENS if spec.key == "meetings"])
    office.window.show_pages()
    office.window.resize(1366, 768)
    office.shell.go("meetings")
    bring_up(office, qtbot)
    found = office.window.pages.page("meetings")
    assert isinstance(found, MeetingsPage)
    found.record.form.finish()
    return found


@pytest.fixture
def mode(office: WindowForPages, page: MeetingsPage, qtbot: QtBot) -> MeetingMode:
    """Opened by F9."""
    return opened(office, page, qtbot)


def opened(office: WindowForPages, page: MeetingsPage, qtbot: QtBot) -> MeetingMode:
    office.window.activateWindow()  # a page may have made a window of its own to measure something
    qtbot.waitUntil(lambda: office.window.isActiveWindow() and page.button("开会").isVisible())
    QTest.keyClick(office.window, Qt.Key.Key_F9)
    office.settle()
    window = page.mode.window
    assert window is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_a_meeting_by_keyboard_alone(
    office: WindowForPages, page: MeetingsPage, mode: MeetingMode, desk: Desk, clock: Clock
) -> None:
    # Roll call: a key a person; the letters say the same; the rest was there.
    press("1JQ")
    press("A")
    marks = [row.attendance for row in mode.holding.draft.attendees]
    assert marks[:3] == [Attendance.PRESENT, Attendance.EXCUSED, Attendance.ABSENT]
    assert set(marks[3:]) == {Attendance.PRESENT}
    assert "出席 14　请假 1　缺席 1" in mode.attendance.sums.text()

    # The clock: start, twelve minutes, the next item, eight more, the end.
    key(Qt.Key.Key_F8)
    clock.advance(minutes=12, seconds=5)
    mode.side.show_times()
    assert mode.side.list.item(0).text().endswith("\n12:05")
    key(Qt.Key.Key_F8)
    clock.advance(minutes=8)
    key(Qt.Key.Key_F8)
    clock.advance(minutes=60)
    mode.side.show_times()
    assert mode.side.total.text() == "合计 20:05"

    # What became of September's decision: one key, signed off by the chair.
    key(Qt.Key.Key_F3)
    press("4")
    (found,) = mode.holding.draft.follow_ups
    assert (found.state, found.approved_by) == (STATE.DONE, "测试甲")

    # What was said on the item that is looked at.
    key(Qt.Key.Key_F4)
    press("heard")
    assert [item.said for item in mode.holding.draft.agenda] == ["", "heard"]

    # Decisions as they fall: matter, unit, person, deadline; Enter begins the next.
    key(Qt.Key.Key_F5)
    press("lesson⇥school⇥somebody⇥+7⏎")
    press("patrol⏎")
    assert [(each.matter, each.lead_unit, each.person, each.deadline) for each in mode.holding.draft.decisions] == [
        ("lesson", "school", "somebody", date(2026, 11, 4)),
        ("patrol", "", "", None),
    ]

    # An item that nobody foresaw; then out, and all of it stands in the form.
    key(Qt.Key.Key_F9)
    press("other⏎")
    key(Qt.Key.Key_Escape)
    office.settle()
    assert page.mode.window is None
    page.record.form.finish()
    draft = page.record.draft()
    assert draft is not None
    assert [item.title for item in draft.agenda][2:] == ["other"]
    assert [each.matter for each in draft.decisions] == ["lesson", "patrol"]
    assert draft.follow_ups[0].state is STATE.DONE
    assert draft.starts_at is None  # the times were not to be kept
    page.button("保存").click()
    office.settle()
    assert office.said == "已保存"
    whole = meeting_whole(desk.store, draft.meeting_id)
    assert whole.draft.decisions == draft.decisions
    assert whole.times == ()


def test_times_go_into_the_record_if_the_officer_wants_it(
    office: WindowForPages, page: MeetingsPage, mode: MeetingMode, desk: Desk, clock: Clock
) -> None:
    key(Qt.Key.Key_F8)
    clock.advance(minutes=30)
    key(Qt.Key.Key_F7)
    mode.side.keep.setFocus()
    press("␣")
    key(Qt.Key.Key_Escape)
    office.settle()
    page.record.form.finish()
    draft = page.record.draft()
    assert draft is not None
    assert draft.starts_at is not None
    assert draft.ends_at is not None
    assert (draft.ends_at - draft.starts_at).total_seconds() == 1800
    (timed,) = meeting_whole(desk.store, draft.meeting_id).times
    assert (timed.title, timed.seconds) == (draft.agenda[0].title, 1800)
    assert "30 分" in page.record.form.agenda.times.text()


def test_a_crash_in_the_middle_of_a_word_loses_nothing(
    office: WindowForPages, page: MeetingsPage, mode: MeetingMode, desk: Desk, qtbot: QtBot, clock: Clock
) -> None:
    """Nobody pressed Enter, nobody left the mode: what is on the disk is what was typed."""
    press("2")
    key(Qt.Key.Key_F8)
    clock.advance(minutes=4)
    key(Qt.Key.Key_F5)
    press("half a sen")
    draft_id = mode.holding.draft.meeting_id

    def kept() -> bool:
        row = kept_draft(desk.store, draft_key(draft_id))
        return row is not None and "half a sen" in row.body

    qtbot.waitUntil(kept, timeout=20_000)
    office.settle()
    again = MeetingsPage(office.shell)  # the program started anew
    qtbot.addWidget(again)
    again.show_month(OCTOBER)
    office.settle()
    again.record.form.finish()
    draft = again.record.draft()
    assert draft is not None
    assert draft.attendees[0].attendance is Attendance.EXCUSED
    assert [each.matter for each in draft.decisions] == ["half a sen"]
    assert "已恢复在表中" in again.record.banner.sentence
    again.mode.open()
    office.settle()
    second = again.mode.window
    assert second is not None
    assert second.holding.clock.total(clock.now) == 240
    assert second.holding.clock.running is not None
    second.close()


def test_closing_the_program_keeps_what_is_typed(
    office: WindowForPages, page: MeetingsPage, mode: MeetingMode, desk: Desk
) -> None:
    key(Qt.Key.Key_F5)
    press("at the end")
    assert page.may_leave()
    office.settle()
    assert page.mode.window is None
    row = kept_draft(desk.store, draft_key(mode_id(page)))
    assert row is not None
    assert "at the end" in row.body


def mode_id(page: MeetingsPage) -> str:
    assert page.record.whole is not None
    return page.record.whole.id


def test_a_postponement_asks_for_reason_and_day(mode: MeetingMode) -> None:
    key(Qt.Key.Key_F3)
    press("5")
    assert mode.follow_ups.wrong.text()
    assert QApplication.focusWidget() is mode.follow_ups.note.editor
    press("rain")
    mode.follow_ups.deadline.setFocus()
    press("+60")
    assert mode.follow_ups.wrong.text() == ""
    (found,) = mode.holding.draft.follow_ups
    assert (found.state, found.note, found.approved_by) == (STATE.POSTPONED, "rain", "测试甲")
    assert found.deadline == date(2026, 12, 27)
    press("⏎0")
    assert mode.holding.draft.follow_ups[0].state is None


def test_a_substitute_is_written_with_enter_and_was_there(mode: MeetingMode, qtbot: QtBot) -> None:
    press("⏎")
    editor = mode.attendance.view.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Made-Up")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: mode.attendance.view.viewport().findChild(QLineEdit) is None)
    row = mode.holding.draft.attendees[0]
    assert (row.substitute, row.attendance) == ("Made-Up", Attendance.PRESENT)
    assert mode.attendance.view.currentIndex().row() == 1


def test_a_name_that_is_being_typed_on_the_form_is_there(
    office: WindowForPages, page: MeetingsPage, qtbot: QtBot
) -> None:
    table = page.record.form.attendance
    table.go_to(0, 3)
    QTest.keyClick(table.view, Qt.Key.Key_F2)
    editor = table.view.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("测试新")
    mode = opened(office, page, qtbot)
    assert mode.holding.draft.attendees[0].name == "测试新"


def test_a_member_is_no_observer(mode: MeetingMode) -> None:
    press("4")
    assert "不能记为列席" in mode._told.text()
    assert mode.holding.draft.attendees[0].attendance is Attendance.UNMARKED


def test_a_decision_is_changed_removed_and_put_back(mode: MeetingMode) -> None:
    key(Qt.Key.Key_F5)
    press("one⏎two⏎")
    mode.decisions.view.setFocus()
    mode.decisions.view.selectRow(0)
    press("⏎")
    press(" more⏎")
    assert [each.matter for each in mode.holding.draft.decisions] == ["one more", "two"]
    mode.decisions.view.setFocus()
    mode.decisions.view.selectRow(0)
    press("⌫")
    assert [each.matter for each in mode.holding.draft.decisions] == ["two"]
    key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [each.matter for each in mode.holding.draft.decisions] == ["one more", "two"]


def test_what_may_not_be_kept_is_told_and_not_taken(mode: MeetingMode) -> None:
    key(Qt.Key.Key_F5)
    press("call 13800138000⏎")
    assert "手机号" in mode._told.text()
    assert "13800138000" not in mode.holding.draft.model_dump_json()
    assert mode.decisions.matter.error
    mode.decisions.matter.editor.clear()  # type: ignore[attr-defined]
    press("call the office")
    mode.decisions.deadline.setFocus()
    press("soon⏎")
    assert mode.decisions.deadline.error
    assert [each.deadline for each in mode.holding.draft.decisions] == [None]


def test_of_a_number_that_is_typed_not_a_digit_is_kept_and_not_a_word_is_lost(
    office: WindowForPages, page: MeetingsPage, mode: MeetingMode, desk: Desk
) -> None:
    key(Qt.Key.Key_F4)
    press("call 13800138000, then go on")
    key(Qt.Key.Key_F5)
    press("visit 320411199001011234 once")
    assert "身份证" in mode.decisions.matter.error
    key(Qt.Key.Key_Escape)
    office.settle()
    page.record.form.finish()
    draft = page.record.draft()
    assert draft is not None
    assert "call （号码不记）, then go on" in [item.said for item in draft.agenda]
    assert [each.matter for each in draft.decisions] == ["visit （号码不记） once"]
    row = kept_draft(desk.store, draft_key(draft.meeting_id))
    assert row is not None
    assert not re.search(r"138001|320411199", row.body)


def test_a_red_field_on_the_form_is_put_right_first(office: WindowForPages, page: MeetingsPage) -> None:
    page.record.form.head.start.editor.setText("half past")
    page.record.form.draft()
    page.button("开会").click()
    office.settle()
    assert page.mode.window is None
    assert "标红" in office.said


def test_every_place_of_the_mode_is_reached_by_tab_and_has_a_name(mode: MeetingMode) -> None:
    for at in range(5):
        mode.turn_to(at)
        expected = {
            each
            for each in mode.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.isVisible()
            and each.isEnabled()
            and each.focusProxy() is None
        }
        seen: set[QWidget] = set()
        for _ in range(60):
            here = QApplication.focusWidget()
            assert here is not None
            if here in seen:
                break
            seen.add(here)
            key(Qt.Key.Key_Tab)
        assert expected <= seen, [each.accessibleName() for each in expected - seen]


def test_the_projector_shows_totals_and_no_small_count(
    office: WindowForPages, page: MeetingsPage, desk: Desk, qtbot: QtBot
) -> None:
    villages = units_below(desk.store, desk.unit.unit.id, OCTOBER)
    with desk.store.write("made_up") as w:
        for item, values in (("A04.J", (1, 1)), ("D02", (5, 2))):
            for village, value in zip(villages, values, strict=False):
                w.session.add(
                    Cell.model_validate(
                        {
                            "unit_id": village.id,
                            "month": "2026-10",
                            "item": item,
                            "township_id": desk.unit.unit.id,
                            "state": "number",
                            "value": value,
                        }
                    )
                )
    mode = opened(office, page, qtbot)
    key(Qt.Key.Key_F6)
    shown = [label.text() for label in mode.figures._large]
    assert shown == ["不足3人", "7人次"]
    mode.figures.take.click()
    assert [figure.shown for figure in mode.holding.draft.figures] == shown


def test_figures_that_cannot_be_protected_are_not_shown_and_it_says_why(
    office: WindowForPages, page: MeetingsPage, desk: Desk, qtbot: QtBot
) -> None:
    own = desk.unit.unit.id
    village = units_below(desk.store, own, OCTOBER)[0].id
    none = [f"D0{n}.J" for n in (1, 4, 5)] + [f"D06{letter}.J" for letter in "abcde"]
    edits = [*(CellEdit(village, item, NOT_APPLICABLE) for item in none), CellEdit(village, "D03.J", 1)]
    set_cells(desk.store, own, OCTOBER, [*edits, CellEdit(village, "L01", 5)])
    mode = opened(office, page, qtbot)
    key(Qt.Key.Key_F6)
    assert mode.figures._large == []
    assert mode.figures.told.text().startswith("本月数据不能上屏：表里的数字互相矛盾")
