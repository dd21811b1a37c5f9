"""The reason for opening a reported month again."""

from __future__ import annotations

from collections.abc import Callable

from jindu_desk.domain.months import Month
from jindu_desk.reports.wording import month_text
from jindu_desk.ui.fields import line_edit, text_edit
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.side_panel import PanelForm


class ReopenForm(PanelForm):
    """``reopen(by, reason)`` is called when the button is pressed."""

    def __init__(self, month: Month, by: str, reopen: Callable[[str, str], None]) -> None:
        super().__init__(f"重新打开 {month_text(month)}", columns=1)
        self.by = self.add("reopened_by", "经手人", line_edit(limit=60, text=by), required=True)
        self.reason = self.add(
            "reopen_reason",
            "理由",
            text_edit(lines=5, placeholder="例如：某村漏填一项，已与村里核对"),
            hint="理由随更正后的数据包一并上报。",
            required=True,
        )
        self.actions_shown = (
            Action("重新打开", lambda: reopen(self.by.text(), self.reason.text()), "lock-open", role="primary"),
            Action("取消", self.closing.emit),
        )
