"""What can be done on the page, by what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from jindu_desk.ui.page_action import Action

Operation = Callable[[], object]
PAPERS = "文书"


class Showing(Enum):
    NOTHING = "nothing"  # the month has no meeting yet
    OPEN = "open"  # being written
    CORRECTION = "correction"  # a later version being written
    SIGNED = "signed"  # read-only, can be corrected
    CLOSED = "closed"  # read-only: an old version, a locked month, a read-only folder
    BOARD = "board"  # the decisions
    TEMPLATES = "templates"  # what comes back in meetings
    ELSEWHERE = "elsewhere"  # search or the preview


@dataclass(frozen=True, slots=True)
class Operations:
    """What the actions call."""

    prepare: Operation
    hold: Operation
    put_standing: Operation
    save: Operation
    sign: Operation
    correct: Operation
    discard: Operation
    preview: Operation
    print_now: Operation
    save_pdf: Operation
    papers: Operation
    preview_board: Operation
    preview_sheet: Operation
    speaks_for_own: Callable[[], bool | str]  # else why not: such papers are issued in the unit's own name
    search: Operation
    templates: Operation


def actions_for(showing: Showing, do: Operations) -> tuple[Action, ...]:
    """One primary action for each state."""
    prepare = Action("新建本月例会", do.prepare, icon="plus", shortcut="Ctrl+N", role="primary")
    save = Action("保存", do.save, icon="save", shortcut="Ctrl+S")
    sign = Action("签发", do.sign, icon="file-check", role="primary", tip="保存并签发，签发后只能查看")
    preview = Action("预览", do.preview, icon="eye", shortcut="F6")
    papers = Action(
        PAPERS,
        do.papers,
        icon="file-text",
        condition=do.speaks_for_own,
        tip="通知、议程、签到表、会议记录、督办单",
    )
    correct = Action("更正", do.correct, icon="file-pen", tip="写明理由，形成新的版本；这一版保留")
    to_printer = Action("打印", do.print_now, icon="printer", shortcut="Ctrl+P")
    to_file = Action("另存为 PDF", do.save_pdf, icon="download", role="more")
    search = Action("查找", do.search, icon="search", shortcut="Ctrl+F", role="more")
    put = Action("套用常用内容", do.put_standing, icon="list-checks", shortcut="Ctrl+T", role="more")
    shown: tuple[Action, ...] = ()
    match showing:
        case Showing.NOTHING:
            shown = prepare, search
        case Showing.OPEN | Showing.CORRECTION:
            word = "删除这次例会记录" if showing is Showing.OPEN else "放弃这次更正"
            gone = Action(word, do.discard, icon="trash-2", role="more")
            hold = Action("开会", do.hold, icon="users", shortcut="F9", tip="投影用的大字界面：计时、点名、记议定事项")
            templates = Action("常用内容", do.templates, icon="notebook-pen", role="more")
            shown = sign, save, preview, papers, hold, put, templates, _more(to_printer), to_file, gone, search
        case Showing.SIGNED:
            shown = _primary(preview), papers, to_printer, correct, to_file, search
        case Showing.CLOSED:
            shown = _primary(preview), papers, to_printer, to_file, search
        case Showing.BOARD:
            sheet = Action(
                "打印督办单",
                do.preview_sheet,
                icon="printer",
                condition=do.speaks_for_own,
                tip="选定的这一项，交承办单位",
            )
            shown = Action("预览清单", do.preview_board, icon="eye", shortcut="F6"), sheet, search
        case Showing.TEMPLATES:
            shown = (_primary(put),)
    return shown


def _primary(action: Action) -> Action:
    return Action(action.label, action.operation, action.icon, action.shortcut, role="primary")


def _more(action: Action) -> Action:
    return Action(action.label, action.operation, action.icon, action.shortcut, role="more")
