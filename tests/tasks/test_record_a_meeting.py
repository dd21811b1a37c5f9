"""The officer records October's meeting: from last month's to signed minutes on paper, and a correction."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot
from tests.operations.meeting_forms import SEPTEMBER, signed

from jindu_desk.domain.meetings import DecisionState, MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.queries.meetings import meeting_whole
from jindu_desk.reports.typesetting.preview import page_sizes, page_text
from jindu_desk.ui.meetings.editors import CleanField
from jindu_desk.ui.meetings.page import MeetingsPage
from jindu_desk.ui.window import open_window

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.ui.opening import Opening


@pytest.fixture
def opening(
    make_desk: Callable[[str, str], Desk], tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[Opening]:
    """The program on the folder of 薛家镇, in which September's meeting was held."""
    desk = make_desk("folder", "320411103000")
    signed(desk, SEPTEMBER)
    desk.close(backup=False)
    opened = open_window(qapp, tmp_path / "folder")
    qtbot.addWidget(opened.window)
    qtbot.waitUntil(lambda: opened.shell is not None, timeout=20_000)
    yield opened
    opened.close()


def settle(opening: Opening, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not opening.tasks.busy, timeout=20_000)


def type_into(field: CleanField, text: str) -> None:
    editor = field.editor
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, QComboBox):
        editor.setEditText(text)
    else:
        assert isinstance(editor, QLineEdit)
        editor.setText(text)


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_a_month_from_preparation_to_a_corrected_version(opening: Opening, qtbot: QtBot, tmp_path: Path) -> None:
    shell = opening.shell
    assert shell is not None
    shell.choose_month(Month(2026, 10))
    shell.go("meetings")
    settle(opening, qtbot)
    page = opening.window.pages.page("meetings")
    assert isinstance(page, MeetingsPage)

    # Last month's place, texts and open decision are there before anything is typed.
    page.button("新建本月例会").click()
    settle(opening, qtbot)
    form = page.record.form
    form.finish()
    assert form.head.place.value() == "三楼会议室"
    assert len(form.follow_ups.cards) == 1

    # During the meeting: time, attendance, what became of the earlier decision, what was said, what was decided.
    form.head.day.editor.line.setText("10-22")
    form.head.day.editor.line.editingFinished.emit()
    QTest.keyClicks(form.head.start.editor, "9:00")
    QTest.keyClicks(form.head.end.editor, "1045")
    form.attendance.go_to(0, 5)
    QTest.keyClick(form.attendance.view, Qt.Key.Key_2)
    form.attendance.model.setData(form.attendance.model.index(1, 6), "测试戊")
    form.attendance.model.mark_rest()
    card = form.follow_ups.cards[0]
    card.state.editor.setCurrentIndex(card.state.editor.findData(DecisionState.DONE))
    type_into(card.approved_by, "测试甲")
    type_into(card.note, "全镇踏查完毕")
    for item in form.agenda.items.forms:
        type_into(item.said, "会议听取了汇报，要求各村压实责任。")
    form.decisions.items.add_button.click()
    decision = form.decisions.items.forms[0]
    type_into(decision.matter, "在中心小学上毒品预防教育课")
    type_into(decision.lead_unit, "中心小学")
    type_into(decision.person, "测试己")
    decision.deadline.editor.line.setText("2026-11-30")
    decision.deadline.editor.line.editingFinished.emit()

    # Sign off: nothing is missing, and then it is read-only.
    type_into(form.sign_off.signed_by, "测试甲")
    form.sign_off.signed_on.editor.line.setText("2026-10-23")
    assert form.gaps() == ()
    shell.ask = lambda _question, _verb, **_how: True  # type: ignore[method-assign]
    page.button("签发").click()
    settle(opening, qtbot)
    whole = page.record.whole
    assert whole is not None
    assert (whole.state, whole.signed_by) == (MeetingState.SIGNED_OFF, "测试甲")
    assert not page.record.editable
    assert (whole.sums.expected, whole.sums.present, whole.sums.excused) == (16, 15, 1)

    # The paper: what is previewed is what is saved, and its text is that of the record.
    page.button("预览").click()
    settle(opening, qtbot)
    settle(opening, qtbot)
    target = tmp_path / "minutes.pdf"
    page.papers.ask_target = lambda _name: str(target)
    page.preview._hand(page.papers.save_paper)
    settle(opening, qtbot)
    assert page.preview.paper is not None
    assert target.read_bytes() == page.preview.paper.content
    text = text_of(target)
    for word in (
        *("薛家镇2026年10月禁毒工作协调例会纪要", "2026年10月22日9:00—10:45", "三楼会议室"),
        *("已办结", "全镇踏查完毕", "会议听取了汇报", "在中心小学上毒品预防教育课", "中心小学", "2026年11月30日"),
        *("测试戊（代测试2）", "请假：", "2026年10月23日"),
    ):
        assert word in text, word
    assert "草稿" not in text

    # A slip is corrected as version 2, with its reason on the paper; version 1 stays as it was.
    page.preview.left.emit()
    page.button("更正").click()
    type_into(page.record.banner.reason, "责任人写错")
    page.record.banner._ask()
    settle(opening, qtbot)
    form.finish()
    type_into(form.decisions.items.forms[0].person, "测试庚")
    form.sign_off.signed_on.editor.line.setText("2026-10-24")
    page.button("签发").click()
    settle(opening, qtbot)
    second = page.record.whole
    assert second is not None
    assert (second.version, second.state) == (2, MeetingState.SIGNED_OFF)
    assert opening.desk is not None
    first = meeting_whole(opening.desk.store, whole.id)
    assert (first.draft.decisions[0].person, second.draft.decisions[0].person) == ("测试己", "测试庚")
    corrected = tmp_path / "corrected.pdf"
    page.papers.ask_target = lambda _name: str(corrected)
    page.papers.save_now()
    settle(opening, qtbot)
    settle(opening, qtbot)
    text = text_of(corrected)
    assert "第2版" in text
    assert "责任人写错" in text
    assert "测试庚" in text


def text_of(pdf: Path) -> str:
    """The text of a PDF without line ends, blanks and page numbers, as a reader takes it in."""
    content = pdf.read_bytes()
    text = "".join(page_text(content, at) for at in range(len(page_sizes(content))))
    return re.sub(r"—\d+—", "", "".join(text.split()))
