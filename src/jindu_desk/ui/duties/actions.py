"""What can be done on the page, each with its condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jindu_desk.ui.page_action import Action

if TYPE_CHECKING:
    from jindu_desk.ui.duties.page import DutiesPage
    from jindu_desk.ui.duties.recording import Recording


def page_actions(page: DutiesPage, recording: Recording) -> tuple[Action, ...]:
    """The page's buttons, in order."""
    return (
        Action("登记完成", recording.open_selected, "check", "Ctrl+N", recording.can_record, role="primary"),
        Action("前往办理", recording.go_there, "arrow-right", condition=recording.can_go),
        Action("责任人名册", page.show_register, "users", tip="第三条责任人登记在“单位人员”"),
        Action("撤回登记", recording.withdraw, "undo-2", condition=recording.can_withdraw, role="more"),
    )
