"""The meetings page in the window: what it shows, what it keeps, what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QPushButton
from tests.operations.meeting_forms import OCTOBER, SEPTEMBER, held, prepared, signed

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.meetings import Attendance, DecisionState
from jindu_desk.domain.months import Month
from jindu_desk.operations.meeting_preparing import prepare_meeting
from jindu_desk.operations.meetings import draft_key, save_meeting
from jindu_desk.queries.decisions import decision_board
from jindu_desk.queries.meetings import meeting_whole, meetings
from jindu_desk.queries.settings import draft as kept_draft
from jindu_desk.queries.units import units_below
from jindu_desk.reports.typesetting.preview import page_sizes
from jindu_desk.store.tables import MonthLock
from jindu_desk.ui.meetings.editors import read_time
from jindu_desk.ui.meetings.page import MeetingsPage
from jindu_desk.ui.meetings.papers import Papers
from jindu_desk.ui.screens import SCREENS

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from pytestqt.qtbot import QtBot
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

KEEPING = 20_000  # milliseconds: until the draft is kept


@pytest.fixture
def page(office: WindowForPages) -> MeetingsPage:
    """The page of October 2026, loaded."""
    return shown(office)


def shown(office: WindowForPages) -> MeetingsPage:
    office.window.take_screens([spec for spec in SCREENS if spec.key == "meetings"])
    office.window.show_pages()
    office.window.resize(1366, 768)
    office.window.show()
    office.shell.go("meetings")
    office.settle()
    found = office.window.pages.page("meetings")
    assert isinstance(found, MeetingsPage)
    return found


@pytest.fixture
def form_of(office: WindowForPages, page: MeetingsPage, desk: Desk) -> MeetingsPage:
    """The page with October's meeting prepared."""
    prepared(desk, OCTOBER)
    page.refresh()
    office.settle()
    page.record.form.finish()
    return page


def key_of(page: MeetingsPage) -> str:
    assert page.record.whole is not None
    return page.record.whole.id


def labels(page: MeetingsPage) -> list[str]:
    return [action.label for action in page._actions.actions_shown if action.role != "more"]


def test_an_empty_month_says_what_to_do_and_does_it(office: WindowForPages, page: MeetingsPage, desk: Desk) -> None:
    assert labels(page) == ["新建本月例会"]
    page.button("新建本月例会").click()
    office.settle()
    assert page.record.whole is not None
    assert page.record.whole.month == OCTOBER
    assert labels(page) == ["签发", "保存", "预览", "文书", "开会"]
    assert "已备好" in office.said


def test_one_key_marks_a_person_and_goes_on(form_of: MeetingsPage) -> None:
    attendance = form_of.record.form.attendance
    attendance.go_to(0, 5)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_0):
        QTest.keyClick(attendance.view, key)
    marks = [row.attendance for row in attendance.rows()[:5]]
    assert marks == [
        *(Attendance.PRESENT, Attendance.EXCUSED, Attendance.ABSENT, Attendance.PRESENT),
        Attendance.UNMARKED,
    ]
    assert "出席 2　请假 1　缺席 1" in attendance._sums.text()
    attendance.model.mark_rest()
    assert all(row.attendance is not Attendance.UNMARKED for row in attendance.rows())


def test_a_substitute_is_typed_in_the_table(form_of: MeetingsPage) -> None:
    model = form_of.record.form.attendance.model
    assert model.setData(model.index(0, 6), " 测试戊 ")
    assert model.rows[0].substitute == "测试戊"


def test_a_column_of_names_is_pasted_from_the_current_cell_on(office: WindowForPages, form_of: MeetingsPage) -> None:
    attendance = form_of.record.form.attendance
    count = attendance.model.rowCount()
    attendance.go_to(count - 3, 3)
    QGuiApplication.clipboard().setText("测试甲\t主任\t请假\n\n测试乙 32040019900101123X\n测试丙\n")
    QTest.keyClick(attendance.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    first, second, third = attendance.model.rows[-3:]
    assert (first.name, first.post, first.attendance) == ("测试甲", "主任", Attendance.EXCUSED)
    assert "测试乙" not in third.name
    assert second.name != "测试丙"
    for word in ("已粘贴 1 行、3 格", "还有 1 行没有粘贴", "1 格没有粘贴", "身份证号"):
        assert word in office.said
    attendance.go_to(0, 5)
    QGuiApplication.clipboard().setText("\n".join(f"测试{number}" for number in range(count)))
    QTest.keyClick(attendance.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row.name for row in attendance.model.rows] == [f"测试{number}" for number in range(count)]
    assert office.said == f"已粘贴 {count} 行。"


def test_names_are_typed_with_f2_and_enter(office: WindowForPages, form_of: MeetingsPage, qtbot: QtBot) -> None:
    attendance = form_of.record.form.attendance
    view = attendance.view
    attendance.go_to(0, 3)
    for number, name in enumerate(("Made-Up", "Made-Too")):
        QTest.keyClick(view, Qt.Key.Key_F2)
        editor = view.viewport().findChild(QLineEdit)
        assert editor is not None
        editor.selectAll()
        QTest.keyClicks(editor, name)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: view.viewport().findChild(QLineEdit) is None)
        assert view.currentIndex().row() == number + 1
    assert [row.name for row in attendance.model.rows[:2]] == ["Made-Up", "Made-Too"]


def test_several_cells_pasted_while_typing_go_into_the_table(form_of: MeetingsPage) -> None:
    attendance = form_of.record.form.attendance
    attendance.go_to(1, 3)
    QTest.keyClick(attendance.view, Qt.Key.Key_F2)
    editor = attendance.view.viewport().findChild(QLineEdit)
    assert editor is not None
    QGuiApplication.clipboard().setText("测试甲\n测试乙")
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row.name for row in attendance.model.rows[1:3]] == ["测试甲", "测试乙"]


def test_the_page_scrolls_with_the_row_being_marked(office: WindowForPages, form_of: MeetingsPage) -> None:
    form = form_of.record.form
    office.window.resize(1366, 520)
    form.attendance.go_to(0, 5)
    before = form.verticalScrollBar().value()
    for _ in range(form.attendance.model.rowCount() - 1):
        QTest.keyClick(form.attendance.view, Qt.Key.Key_1)
    view = form.attendance.view
    row = view.viewport().mapTo(form.viewport(), view.visualRect(view.currentIndex()).center())
    assert form.verticalScrollBar().value() > before
    assert form.viewport().rect().contains(row)


def test_a_new_meeting_starts_at_its_first_empty_field(
    office: WindowForPages, page: MeetingsPage, qtbot: QtBot
) -> None:
    page.button("新建本月例会").click()
    office.settle()
    day = page.record.form.head.day.editor.line
    qtbot.waitUntil(lambda: office.window.focusWidget() is day, timeout=5_000)
    assert page.record.form.verticalScrollBar().value() == 0
    assert "名单 16 人" in page.record.banner.sentence
    assert "地点" not in page.record.banner.sentence


def test_what_many_people_lack_is_one_line_with_their_number(form_of: MeetingsPage) -> None:
    form = form_of.record.form
    model = form.attendance.model
    model.show_rows([row.model_copy(update={"name": ""}) for row in model.rows])
    form.look_for_gaps()
    listed = form.sign_off.gaps._list
    lines = [listed.item(at).text() for at in range(listed.count())]
    assert lines[:2] == ["会议日期", "开始时间"]
    assert "参会人员 16 人没有姓名" in lines
    assert "参会人员 16 人没有登记到会情况" in lines


def test_an_id_number_in_the_table_is_refused_and_told(office: WindowForPages, form_of: MeetingsPage) -> None:
    model = form_of.record.form.attendance.model
    assert not model.setData(model.index(0, 7), "32040019900101123X")
    assert model.rows[0].note == ""
    assert "身份证号" in office.said


def test_a_phone_number_is_told_at_the_field_and_never_kept(
    office: WindowForPages, form_of: MeetingsPage, desk: Desk, qtbot: QtBot
) -> None:
    place = form_of.record.form.head.place
    editor = place.editor
    assert isinstance(editor, QLineEdit)
    editor.setText("三楼会议室")
    editor.setText("三楼会议室 13800000000")
    assert "手机号" in place.error
    assert place.value() == "三楼会议室 （号码不记）"
    kept_when_rested(office, form_of, desk, qtbot)
    kept = kept_draft(desk.store, draft_key(key_of(form_of)))
    assert kept is not None
    assert "13800000000" not in kept.body


def kept_when_rested(office: WindowForPages, page: MeetingsPage, desk: Desk, qtbot: QtBot) -> None:
    key = draft_key(key_of(page))
    qtbot.waitUntil(
        lambda: not page.record._rest.isActive() and kept_draft(desk.store, key) is not None, timeout=KEEPING
    )
    office.settle()


def test_what_was_typed_is_kept_and_offered_again(
    office: WindowForPages, form_of: MeetingsPage, desk: Desk, qtbot: QtBot
) -> None:
    said = form_of.record.form.agenda.items.forms[0].said.editor
    assert isinstance(said, QPlainTextEdit)
    said.setPlainText("听取了汇报")
    kept_when_rested(office, form_of, desk, qtbot)
    assert meeting_whole(desk.store, key_of(form_of)).draft.agenda[0].said == ""  # not saved yet
    again = MeetingsPage(office.shell)
    qtbot.addWidget(again)
    again.show_month(OCTOBER)
    office.settle()
    draft = again.record.draft()
    assert draft is not None
    assert draft.agenda[0].said == "听取了汇报"
    assert "已恢复" in again.record.banner.sentence
    again.record._shell = AlwaysYes(office)  # type: ignore[assignment]
    again.record._drop_changes()
    office.settle()
    draft = again.record.draft()
    assert draft is not None
    assert draft.agenda[0].said == ""
    assert kept_draft(desk.store, draft_key(draft.meeting_id)) is None


class AlwaysYes:
    """The shell with a person who confirms every question."""

    def __init__(self, office: WindowForPages) -> None:
        self._shell = office.shell
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._shell, name)

    def ask(self, question: str, _verb: str, *, danger: bool = False) -> bool:
        self.asked.append(question)
        return True


def test_leaving_keeps_what_has_not_come_to_rest(office: WindowForPages, form_of: MeetingsPage, desk: Desk) -> None:
    editor = form_of.record.form.head.place.editor
    assert isinstance(editor, QLineEdit)
    editor.setText("二楼会议室")
    assert form_of.may_leave()
    office.settle()
    kept = kept_draft(desk.store, draft_key(key_of(form_of)))
    assert kept is not None
    assert "二楼会议室" in kept.body


def test_a_change_elsewhere_leaves_what_is_being_typed(office: WindowForPages, form_of: MeetingsPage) -> None:
    editor = form_of.record.form.head.place.editor
    assert isinstance(editor, QLineEdit)
    editor.setText("二楼会议室")
    office.shell.changed(Changes(frozenset({Subject.UNITS})))
    office.settle()
    assert editor.text() == "二楼会议室"
    assert form_of.record.form.head.place.editor is editor


def test_saving_keeps_the_form_as_it_is(office: WindowForPages, form_of: MeetingsPage, desk: Desk) -> None:
    form_of.record.form.decisions.items.add_button.click()
    decision = form_of.record.form.decisions.items.forms[0]
    assert isinstance(decision.matter.editor, QPlainTextEdit)
    decision.matter.editor.setPlainText("开展踏查")
    form_of.button("保存").click()
    office.settle()
    assert office.said == "已保存"
    assert form_of.record.form.decisions.items.forms[0] is decision
    assert meeting_whole(desk.store, key_of(form_of)).draft.decisions[0].matter == "开展踏查"
    form_of.button("保存").click()
    office.settle()
    stored = meeting_whole(desk.store, key_of(form_of)).draft.decisions
    assert [each.id for each in stored] == [decision.decision_id]


def test_saving_refuses_while_something_typed_is_not_taken(
    office: WindowForPages, form_of: MeetingsPage, desk: Desk
) -> None:
    form = form_of.record.form
    form.finish()
    form.head.day.editor.line.setText("2026-11-03")
    said = form.agenda.items.forms[0].said
    assert isinstance(said.editor, QPlainTextEdit)
    said.editor.setPlainText("说明 32040019900101123X")
    place = form.head.place.editor
    assert isinstance(place, QLineEdit)
    place.setText("二楼会议室")
    form_of.button("保存").click()
    office.settle()
    assert "未保存：2 处要改" in office.said
    assert form_of.record.banner.sentence.startswith("未保存：2 处要改")
    assert form.head.day.error
    assert said.error
    assert office.window.focusWidget() is form.head.day.editor.line
    assert meeting_whole(desk.store, key_of(form_of)).draft.place == ""
    kept = kept_draft(desk.store, draft_key(key_of(form_of)))
    assert kept is not None
    assert "二楼会议室" in kept.body
    said.editor.setPlainText("说明")
    form.head.day.editor.line.setText("")
    form_of.button("保存").click()
    office.settle()
    assert office.said == "已保存"


def test_of_a_text_with_a_number_all_but_the_number_comes_back(
    office: WindowForPages, form_of: MeetingsPage, desk: Desk
) -> None:
    said = form_of.record.form.agenda.items.forms[0].said
    assert isinstance(said.editor, QPlainTextEdit)
    QGuiApplication.clipboard().setText("派出所通报本月情况，联系民警13912345678。后面还有一句")
    said.editor.paste()
    assert "手机号" in said.error
    said.editor.insertPlainText("，还有一句")
    assert "手机号" in said.error
    masked = "派出所通报本月情况，联系民警（号码不记）。后面还有一句，还有一句"
    for month in (SEPTEMBER, OCTOBER):
        office.shell.choose_month(month)
        office.settle()
    form = form_of.record.form
    form.finish()
    again = form.agenda.items.forms[0].said
    assert (again.text(), again.error) == (masked, "")
    assert "已恢复" in form_of.record.banner.sentence
    form_of.button("保存").click()
    office.settle()
    assert meeting_whole(desk.store, key_of(form_of)).draft.agenda[0].said == masked


def test_a_day_without_a_time_is_not_dropped_silently(
    office: WindowForPages, form_of: MeetingsPage, desk: Desk
) -> None:
    head = form_of.record.form.head
    head.day.editor.line.setText("10-22")
    form_of.button("保存").click()
    office.settle()
    assert "未保存：1 处要改" in office.said
    assert "开始时间" in head.start.error
    QTest.keyClicks(head.start.editor, "900")
    head.start.editor.editingFinished.emit()
    assert head.start.editor.text() == "9:00"
    form_of.button("保存").click()
    office.settle()
    assert office.said == "已保存"
    starts_at = meeting_whole(desk.store, key_of(form_of)).draft.starts_at
    assert starts_at is not None
    assert (starts_at.day, starts_at.hour) == (22, 9)


def test_a_deadline_before_the_meeting_is_told_at_its_field(form_of: MeetingsPage) -> None:
    form = form_of.record.form
    form.head.day.editor.line.setText("10-22")
    QTest.keyClicks(form.head.start.editor, "9:00")
    form.decisions.items.add_button.click()
    deadline = form.decisions.items.forms[0].deadline
    deadline.editor.line.setText("2026-10-20")
    deadline.editor.line.editingFinished.emit()
    form_of.record.flush()
    assert "早于会议日期" in deadline.error
    assert form.not_taken() == ()
    deadline.editor.line.setText("2026-10-30")
    deadline.editor.line.editingFinished.emit()
    form_of.record.flush()
    assert deadline.error == ""


def test_signing_is_asked_with_signer_and_day(office: WindowForPages, form_of: MeetingsPage, desk: Desk) -> None:
    save_meeting(desk.store, held(meeting_whole(desk.store, key_of(form_of))))
    form_of.refresh()
    office.settle()
    signer = form_of.record.form.sign_off.signed_by.editor
    assert isinstance(signer, QComboBox)
    signer.setEditText("测试甲")
    asked: list[tuple[str, str]] = []

    def answer(question: str, verb: str, *, danger: bool = False) -> bool:
        asked.append((question, verb))
        return len(asked) > 1

    office.shell.ask = answer  # type: ignore[method-assign]
    form_of.button("签发").click()
    office.settle()
    assert form_of.record.editable
    assert asked[0][1] == "签发"
    assert "签发人：测试甲　签发日期：2026-10-28" in asked[0][0]
    form_of.button("签发").click()
    office.settle()
    assert not form_of.record.editable


def test_a_day_without_its_year_is_one_of_the_shown_month(
    office: WindowForPages, page: MeetingsPage, desk: Desk
) -> None:
    earlier = Month(2025, 12)
    prepared(desk, earlier)
    office.shell.choose_month(earlier)
    office.settle()
    head = page.record.form.head
    head.day.editor.line.setText("12-20")
    assert head.held_on() == date(2025, 12, 20)
    assert head.day.error == ""


def test_a_name_being_typed_is_not_completed_to_another(form_of: MeetingsPage) -> None:
    chair = form_of.record.form.head.chair
    assert isinstance(chair.editor, QComboBox)
    chair.editor.addItem("Made-Up")
    chair.editor.setEditText("")
    line = chair.editor.lineEdit()
    assert line is not None
    QTest.keyClicks(line, "Made")
    assert chair.value() == "Made"


@pytest.mark.parametrize(("typed", "told"), [("2026-11-02", "不在"), ("十月二十", "不是日期")])
def test_a_wrong_day_is_told_at_its_field(form_of: MeetingsPage, typed: str, told: str) -> None:
    head = form_of.record.form.head
    head.day.editor.line.setText(typed)
    head.day.editor.line.editingFinished.emit()
    draft = form_of.record.draft()
    assert draft is not None
    assert draft.starts_at is None
    assert told in head.day.error


@pytest.mark.parametrize(
    ("typed", "read"), [("9:00", (9, 0)), ("９：30", (9, 30)), ("0930", (9, 30)), ("14时", (14, 0)), ("", None)]
)
def test_times_are_read_as_people_type_them(typed: str, read: tuple[int, int] | None) -> None:
    found = read_time(typed)
    assert (found and (found.hour, found.minute)) == read


@pytest.mark.parametrize("typed", ["25:00", "上午", "9:75"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_time(typed)


def test_sign_off_tells_what_is_missing_and_leads_there(office: WindowForPages, form_of: MeetingsPage) -> None:
    form_of.button("签发").click()
    office.settle()
    assert "还不能签发，缺少：会议日期；开始时间" in office.said
    assert form_of.record.form.sign_off.gaps.count > 5
    assert office.window.focusWidget() is form_of.record.form.head.day.editor.line


def test_a_signed_meeting_can_be_read_and_corrected_with_a_reason(
    office: WindowForPages, page: MeetingsPage, desk: Desk
) -> None:
    first = signed(desk, OCTOBER)
    page.refresh()
    office.settle()
    assert labels(page) == ["预览", "文书", "打印", "更正"]
    assert "更正" in page.record.banner.sentence
    assert all(
        editor.isReadOnly() for editor in page.record.form.findChildren(QPlainTextEdit) if editor.isVisibleTo(page)
    )
    page.button("更正").click()
    page.record.banner._ask()
    assert "更正理由" in page.record.banner.reason.error
    reason = page.record.banner.reason.editor
    assert isinstance(reason, QLineEdit)
    reason.setText("时限写错")
    page.record.banner._ask()
    office.settle()
    whole = page.record.whole
    assert whole is not None
    assert (whole.version, whole.correction_reason, page.record.editable) == (2, "时限写错", True)
    page.record.banner.version_wanted.emit(first.id)
    office.settle()
    assert page.record.whole is not None
    assert (page.record.whole.version, page.record.editable) == (1, False)
    assert "只供查看" in page.record.banner.sentence
    assert labels(page) == ["预览", "文书", "打印"]


def test_a_meeting_is_deleted_only_after_asking(office: WindowForPages, form_of: MeetingsPage, desk: Desk) -> None:
    asked = AlwaysYes(office)
    form_of.record._shell = asked  # type: ignore[assignment]
    form_of.record.discard()
    office.settle()
    assert "2026-10" in asked.asked[0]
    assert meetings(desk.store, desk.unit.unit.id) == ()
    assert labels(form_of) == ["新建本月例会"]


def test_a_locked_month_says_why_it_is_locked(office: WindowForPages, form_of: MeetingsPage, desk: Desk) -> None:
    with desk.store.write("lock_month") as w:
        values = {"unit_id": desk.unit.unit.id, "month": str(OCTOBER), "locked_at": w.now, "sent_number": 1}
        w.session.add(MonthLock.model_validate(values))
    form_of.refresh()
    office.settle()
    assert "已锁定" in form_of.record.banner.sentence
    assert not form_of.record.editable


def test_earlier_decisions_ask_for_what_their_state_needs(
    office: WindowForPages, page: MeetingsPage, desk: Desk
) -> None:
    signed(desk, SEPTEMBER)
    prepared(desk, OCTOBER)
    page.refresh()
    office.settle()
    page.record.form.finish()
    (card,) = page.record.form.follow_ups.cards
    box = card.state.editor
    assert not card.approved_by.isVisibleTo(card)
    box.setCurrentIndex(box.findData(DecisionState.POSTPONED))
    assert card.approved_by.isVisibleTo(card)
    assert card.deadline.isVisibleTo(card)
    assert "延期须经批准" in card.wrong.text()
    leader = card.approved_by.editor
    note = card.note.editor
    assert isinstance(leader, QLineEdit)
    assert isinstance(note, QPlainTextEdit)
    leader.setText("测试甲")
    note.setPlainText("连续降雨")
    card.deadline.editor.line.setText("2026-11-20")
    card.deadline.editor.line.editingFinished.emit()
    assert card.wrong.text() == ""
    found = card.found()
    assert (found.state, found.deadline) == (DecisionState.POSTPONED, date(2026, 11, 20))


def test_the_board_records_a_step_and_tells_why_not(office: WindowForPages, page: MeetingsPage, desk: Desk) -> None:
    signed(desk, SEPTEMBER)
    page.refresh()
    office.settle()
    page.open_at(view="decisions")
    detail = page.board.detail
    box = detail.state.editor
    box.setCurrentIndex(box.findData(DecisionState.COMPLETION_REQUESTED))
    detail.on.editor.set_value(date(2026, 9, 1))
    detail.save.click()
    office.settle()
    assert "早于上一次进展" in office.said
    detail.on.editor.set_value(date(2026, 10, 8))
    detail.save.click()
    office.settle()
    (row,) = decision_board(desk.store, desk.unit.unit.id)
    assert row.state is DecisionState.COMPLETION_REQUESTED
    assert detail.history.model.rows[0].step.state is DecisionState.COMPLETION_REQUESTED
    assert page.views.tabs[1].text() == "督办清单 1"


def test_the_list_leads_to_the_month(office: WindowForPages, page: MeetingsPage, desk: Desk) -> None:
    signed(desk, SEPTEMBER)
    signed(desk, OCTOBER)
    page.refresh()
    office.settle()
    assert [row.month for row in page.list.model.rows] == [OCTOBER, SEPTEMBER]
    page.list.view.selectRow(1)
    office.settle()
    assert office.shell.month == SEPTEMBER
    assert page.record.whole is not None
    assert page.record.whole.month == SEPTEMBER


def test_preview_file_and_printer_get_the_same_pages(
    office: WindowForPages, page: MeetingsPage, desk: Desk, tmp_path: Path
) -> None:
    signed(desk, OCTOBER)
    page.refresh()
    office.settle()
    page.button("预览").click()
    office.settle()
    office.settle()
    paper = page.preview.paper
    assert paper is not None
    assert page.preview.page_count == len(page_sizes(paper.content)) > 1
    target = tmp_path / "纪要"
    page.papers.ask_target = lambda _name: str(target)
    page.preview._hand(page.papers.save_paper)
    office.settle()
    assert (tmp_path / "纪要.pdf").read_bytes() == paper.content
    page.papers.ask_word_target = lambda name: str(tmp_path / name)
    in_word = next(each for each in page.preview.findChildren(QPushButton) if each.text() == "另存为 Word")
    in_word.click()
    office.settle()
    assert paper.in_word is not None
    assert (tmp_path / paper.name.replace(".pdf", ".docx")).read_bytes() == paper.in_word()
    printed = tmp_path / "printed.pdf"
    page.papers.ask_printer = lambda _paper: file_printer(printed)
    page.preview._hand(page.papers.print_paper)
    office.settle()
    assert "打印机" in office.said
    sizes = page_sizes(printed.read_bytes())
    assert len(sizes) == page.preview.page_count
    assert [(round(size.width), round(size.height)) for size in sizes[:1]] == [(595, 842)]


def file_printer(target: Path) -> QPrinter:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setResolution(72)
    return printer


def test_the_preview_shows_what_is_typed_and_says_that_it_is_a_draft(
    office: WindowForPages, form_of: MeetingsPage, desk: Desk
) -> None:
    whole = meeting_whole(desk.store, key_of(form_of))
    save_meeting(desk.store, held(whole))
    form_of.refresh()
    office.settle()
    form_of._operations.preview()
    office.settle()
    office.settle()
    label = form_of.preview._pages[0]
    assert "草稿" in label.accessibleDescription()
    assert label.pixmap().width() > 300
    before = form_of.preview._drawn_at
    form_of.preview._step(1)
    office.settle()
    assert form_of.preview._drawn_at > before
    form_of.preview.left.emit()
    assert form_of.record.isVisibleTo(form_of)


def test_a_folder_that_cannot_be_written_is_told(office: WindowForPages, form_of: MeetingsPage, tmp_path: Path) -> None:
    form_of.papers.ask_target = lambda _name: str(tmp_path / "absent" / "纪要.pdf")
    form_of.papers.save_now()
    office.settle()
    office.settle()
    assert "没有写成" in office.said


def test_without_a_printing_service_there_is_a_sentence(
    office: WindowForPages, form_of: MeetingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "PySide6.QtPrintSupport", None)
    Papers(office.shell, form_of.record, form_of).print_now()
    office.settle()
    office.settle()
    assert "打印服务" in office.said


def test_attachments_are_added_and_shown(office: WindowForPages, form_of: MeetingsPage, tmp_path: Path) -> None:
    sheet = tmp_path / "签到表.pdf"
    sheet.write_bytes(b"%PDF made up")
    form_of.record.attaching.add(sheet)
    office.settle()
    listed = form_of.record.form.attachments.list
    assert [listed.item(at).text() for at in range(listed.count())] == ["签到表.pdf　（1 KB）"]
    form_of.record.attaching.add(tmp_path / "absent.pdf")
    office.settle()
    assert "读不出来" in office.said


def test_the_wheel_does_not_change_the_record(office: WindowForPages, form_of: MeetingsPage) -> None:
    combo = form_of.record.form.head.chair.editor
    assert isinstance(combo, QComboBox)
    before = combo.currentText()
    centre = QPointF(combo.rect().center())
    turned = QWheelEvent(
        centre,
        combo.mapToGlobal(centre),
        (QPointF(0, -120)).toPoint(),
        (QPointF(0, -120)).toPoint(),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    combo.wheelEvent(turned)
    assert not turned.isAccepted()
    assert combo.currentText() == before


def test_a_text_of_one_line_is_as_high_as_a_line_edit_and_grows(form_of: MeetingsPage, qtbot: QtBot) -> None:
    sending = form_of.record.form.sending
    copies = sending.copies_to.editor
    assert isinstance(copies, QPlainTextEdit)
    qtbot.waitUntil(lambda: abs(copies.height() - sending.main_to.editor.height()) <= 1, timeout=5_000)
    copies.setPlainText("新北区禁毒委员会办公室、" * 20)
    qtbot.waitUntil(lambda: copies.height() > 2 * sending.main_to.editor.height(), timeout=5_000)
    assert copies.verticalScrollBar().maximum() == 0


def test_every_control_has_a_name(office: WindowForPages, page: MeetingsPage, desk: Desk) -> None:
    signed(desk, SEPTEMBER)
    save_meeting(desk.store, held(prepared(desk, OCTOBER)))
    page.refresh()
    office.settle()
    page.record.form.finish()
    nameless = [
        widget
        for kind in (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
        for widget in page.findChildren(kind)
        if widget.isVisibleTo(page)
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not isinstance(widget.parent(), QComboBox)
    ]
    assert nameless == []


def test_a_narrow_page_cuts_nothing(office: WindowForPages, form_of: MeetingsPage, qtbot: QtBot) -> None:
    office.window.resize(911, 512)
    qtbot.waitUntil(lambda: form_of.record.form.viewport().width() < 560, timeout=5_000)
    inside = form_of.record.form.widget()
    assert inside is not None
    qtbot.waitUntil(lambda: inside.width() <= form_of.record.form.viewport().width(), timeout=5_000)
    assert inside.minimumSizeHint().width() <= form_of.record.form.viewport().width()
    assert Month(2026, 10) == office.shell.month


def test_a_district_reads_its_townships_meetings_and_changes_nothing(
    make_desk: Callable[[str, str], Desk], window_for: Callable[[Desk], WindowForPages]
) -> None:
    desk = make_desk("district", "320411000000")
    township = units_below(desk.store, desk.unit.unit.id, OCTOBER)[0]
    key = prepare_meeting(desk.store, township.id, OCTOBER).key
    district = window_for(desk)
    page = shown(district)
    assert page.units.isVisibleTo(page)
    assert labels(page) == ["新建本月例会"]
    page.units.wanted.emit(township.id)
    district.settle()
    assert page.record.whole is not None
    assert (page.record.whole.id, page.record.editable) == (key, False)
    assert f"{township.name}上报" in page.record.banner.sentence
    assert labels(page) == ["预览", "文书", "打印"]
