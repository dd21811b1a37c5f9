"""The frame builds pages late, keeps the month, and refreshes exactly what an operation changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.months import Month
from jindu_desk.errors.folder import FolderReadOnly
from jindu_desk.ui.frame.screen import ScreenSpec, Shell

if TYPE_CHECKING:
    from tests.ui.conftest import WindowForPages

EVERYONE = frozenset({"township"})


class PlainPage(QWidget):
    """Remembers what the frame told it."""

    subjects = frozenset({"units"})

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.told: list[str] = []
        self.lets_go = True

    def show_month(self, month: Month) -> None:
        self.told.append(str(month))

    def refresh(self) -> None:
        self.told.append("refresh")

    def may_leave(self) -> bool:
        return self.lets_go

    def open_at(self, **where: object) -> None:
        self.told.append(f"at {where}")


class MeetingsPage(PlainPage):
    subjects = frozenset({"meetings"})


class PageInSteps(PlainPage):
    """Three steps, by hand or at once."""

    @classmethod
    def in_steps(cls, shell: Shell) -> tuple[PageInSteps, Iterator[None]]:
        page = cls(shell)

        def steps() -> Iterator[None]:
            for number in range(3):
                page.told.append(f"step {number}")
                yield

        return page, steps()


class NoPage(QWidget):
    """Lacks what a screen must have."""

    def __init__(self, _shell: Shell) -> None:
        super().__init__()


def spec(key: str, page: Callable[[Shell], QWidget], *, below_line: bool = False) -> ScreenSpec:
    return ScreenSpec(key, f"页{key}", "users", EVERYONE, lambda: page, "", below_line)


@pytest.fixture
def frame(office: WindowForPages) -> WindowForPages:
    office.window.take_screens(
        [spec("units", PlainPage), spec("meetings", MeetingsPage), spec("broken", NoPage, below_line=True)]
    )
    office.window.show_pages()
    office.shell.go("units")
    office.settle()
    return office


def page(frame: WindowForPages, key: str) -> PlainPage:
    found = frame.window.pages.page(key)
    assert isinstance(found, PlainPage)
    return found


def test_a_page_is_built_when_first_shown_and_then_kept(frame: WindowForPages) -> None:
    assert frame.window.pages.page("meetings") is None
    frame.shell.go("meetings")
    first = page(frame, "meetings")
    frame.shell.go("units")
    frame.shell.go("meetings")
    assert page(frame, "meetings") is first
    assert first.told == ["2026-10"]


def test_visible_page_refreshes_at_once_and_hidden_page_when_shown(frame: WindowForPages) -> None:
    frame.shell.go("meetings")
    frame.shell.changed(Changes(frozenset({Subject.UNITS})))
    assert page(frame, "units").told == ["2026-10"]
    assert page(frame, "meetings").told == ["2026-10"]
    frame.shell.go("units")
    assert page(frame, "units").told == ["2026-10", "refresh"]
    frame.shell.changed(Changes(frozenset({Subject.UNITS, Subject.EXPENSES})))
    assert page(frame, "units").told == ["2026-10", "refresh", "refresh"]
    frame.shell.go("units")
    assert page(frame, "units").told.count("refresh") == 2


def test_month_is_chosen_centrally_and_kept(frame: WindowForPages, qtbot: QtBot) -> None:
    picker = frame.window.context.picker
    picker.wanted.emit(Month(2026, 9))
    frame.shell.go("meetings")
    assert frame.shell.month == picker.month == Month(2026, 9)
    assert page(frame, "units").told == ["2026-10", "2026-09"]
    assert page(frame, "meetings").told == ["2026-09"]
    frame.settle()


def test_a_page_that_does_not_let_go_stays(frame: WindowForPages) -> None:
    page(frame, "units").lets_go = False
    frame.window.navigation.wanted.emit("meetings")
    frame.shell.choose_month(Month(2026, 1))
    assert frame.window.pages.current_key == "units"
    assert frame.shell.month == Month(2026, 10)
    frame.window.show()
    assert not frame.window.close()
    page(frame, "units").lets_go = True
    assert frame.window.close()


def test_going_somewhere_opens_the_place(frame: WindowForPages) -> None:
    frame.shell.go("meetings", meeting="7")
    assert page(frame, "meetings").told == ["2026-10", "at {'meeting': '7'}"]
    frame.shell.go("a screen of another tier")
    assert frame.window.pages.current_key == "meetings"


def test_keys_lead_to_the_screens(frame: WindowForPages, qtbot: QtBot) -> None:
    with qtbot.waitActive(frame.window):
        frame.window.show()
        frame.window.activateWindow()
    QTest.keyClick(frame.window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert frame.window.pages.current_key == "meetings"
    listed = frame.window.navigation.findChild(QWidget, "navigation")
    assert listed is not None
    QTest.keyClick(listed, Qt.Key.Key_Up)
    assert frame.window.pages.current_key == "units"
    QTest.keyClick(frame.window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert frame.shell.month == Month(2026, 9)
    frame.settle()


def test_a_page_that_is_no_screen_is_refused(frame: WindowForPages) -> None:
    with pytest.raises(TypeError, match="broken"):
        frame.shell.go("broken")


def test_an_operation_tells_the_pages_then_the_user_then_the_caller(frame: WindowForPages) -> None:
    order: list[str] = []
    changes = Changes(frozenset({Subject.UNITS}), "new")

    def then(result: Changes) -> None:
        order.extend([*page(frame, "units").told, frame.said, result.key or ""])

    frame.shell.carry_out(lambda: changes, said="已保存", then=then)
    frame.settle()
    assert order == ["2026-10", "refresh", "已保存", "new"]


def test_a_refusal_becomes_a_quiet_notice(frame: WindowForPages) -> None:
    def refuse() -> Changes:
        raise FolderReadOnly(reason="测试")

    frame.shell.carry_out(refuse, said="已保存")
    frame.settle()
    assert frame.said == str(FolderReadOnly(reason="测试"))
    assert frame.window.foot.notices.earlier[-1][1] == "error"


def test_a_question_has_its_verb_on_the_button_and_cancel_as_default(
    frame: WindowForPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[str], str]] = []

    def answer(box: QMessageBox) -> int:
        seen.append(([button.text() for button in box.buttons()], box.defaultButton().text()))
        box.buttons()[0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    agreed = frame.shell.ask("删除这一行？", "删除", danger=True)
    ((labels, default),) = seen
    assert sorted(labels) == ["删除", "取消"]
    assert default == "取消"
    assert agreed == (labels[0] == "删除")


def test_layout_is_remembered_for_the_next_start(frame: WindowForPages) -> None:
    assert frame.shell.layout("units.split") == ""
    frame.shell.keep_layout("units.split", "400,500")
    assert frame.shell.layout("units.split") == "400,500"


def test_a_page_that_is_asked_for_while_it_is_built_is_finished_at_once(frame: WindowForPages) -> None:
    frame.window.take_screens([spec("units", PlainPage), spec("steps", PageInSteps)])
    pages = frame.window.pages
    steps = pages.build_in_steps("steps", frame.shell)
    next(steps)
    assert pages.page("steps") is None
    frame.shell.go("steps")
    shown = page(frame, "steps")
    assert shown.told == ["step 0", "step 1", "step 2", "2026-10"]
    assert list(steps) == []
    assert page(frame, "steps") is shown

    # Built to the end unseen; and not at all where the screens are others meanwhile.
    frame.window.take_screens([spec("units", PlainPage), spec("steps", PageInSteps)])
    assert len(list(pages.build_in_steps("steps", frame.shell))) == 3
    assert page(frame, "steps").told == ["step 0", "step 1", "step 2"]
    frame.window.take_screens([spec("steps", PageInSteps)])
    steps = pages.build_in_steps("steps", frame.shell)
    next(steps)
    frame.window.take_screens([spec("units", PlainPage)])
    assert len(list(steps)) == 2
    assert pages.page("steps") is None
