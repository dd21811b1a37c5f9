"""Letting a unit open a reported month again, with a reason that its answer carries."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jindu_desk.domain.months import Month
from jindu_desk.reports.exchange.wording import period_text
from jindu_desk.ui.fields import choice, text_edit
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.side_panel import PanelForm


class UnlockForm(PanelForm):
    """``unlock(month, reason)`` when the button is pressed; ``periods``: the months that were received."""

    def __init__(
        self, unit: str, periods: Sequence[str], unlock: Callable[[Month, str], object], *, chosen: str = ""
    ) -> None:
        super().__init__(f"解锁 {unit} 的月份", columns=1)
        self._unlock = unlock
        options = [(period_text(period), period) for period in periods]
        self.month = self.add("month", "月份", choice(options, chosen=chosen or None), required=True)
        self.reason = self.add(
            "reason",
            "理由",
            text_edit(lines=4, placeholder="例如：该镇来电说漏报一笔经费，允许补报"),
            hint=f"理由随回执交给{unit}。读入回执后该月打开，可以更正；已收到的数据在更正来到之前仍计入汇总。",
            required=True,
        )
        self.actions_shown = (
            Action("解锁", self._press, "lock-open", role="primary"),
            Action("取消", self.closing.emit),
        )

    def take_focus(self) -> None:
        self.reason.editor.setFocus()

    def _press(self) -> None:
        self._unlock(Month.parse(str(self.month.editor.currentData())), self.reason.text())
