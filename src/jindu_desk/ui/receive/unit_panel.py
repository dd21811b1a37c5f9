"""A unit below in the side panel: how far its reports reach, what is missing, and unlocking a month."""

from __future__ import annotations

from collections.abc import Callable

from jindu_desk.queries.exchange.answers import AnswerRow
from jindu_desk.queries.exchange.received import StreamRow
from jindu_desk.reports.arrival_wording import returned_text
from jindu_desk.reports.exchange.wording import audit_label, period_text
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.receive.texts import facts_grid, lines_below
from jindu_desk.ui.side_panel import PanelContent


class UnitPanel(PanelContent):
    """``show_answer`` adds what was judged and what is missing."""

    def __init__(self, row: StreamRow, unlock: Callable[[], object], enrol: Callable[[], object]) -> None:
        super().__init__(row.unit.name)
        self.row = row
        self.column.addLayout(
            facts_grid(
                (
                    ("代码", row.unit.code),
                    ("密钥", f"已登记 {row.keys} 把" if row.keys else "还没有登记，它的文件读不进来"),
                    ("收到", f"连续收到第 {row.highest} 号为止" if row.highest else "还没有收到上报"),
                )
            )
        )
        self._at = self.column.count()
        self.column.addStretch(1)
        self.actions_shown = (
            Action(
                "解锁一个月…",
                unlock,
                "lock-open",
                condition=lambda: True if row.highest else "还没有收到过该单位的上报，没有可以解锁的月份。",
            ),
            Action("登记密钥…", enrol, "key-round"),
            Action("关闭", self.closing.emit),
        )

    def show_answer(self, found: AnswerRow) -> None:
        missing = f"第 {found.first_missing} 号没有收到，后面的都在等它" if found.first_missing else ""
        self.column.insertLayout(
            self._at,
            facts_grid(
                (
                    ("缺号", missing),
                    ("认可", f"{found.accepted} 份，未处理 {found.received} 份，退回 {found.returned} 份"),
                    ("待处理", f"{found.waiting} 份" if found.waiting else ""),
                    ("变更记录链", audit_label(found.audit.value)),
                    ("加密", "写给它的文件自动加密" if found.encrypted else "不知道它的加密公钥，写给它的文件谁都能读"),
                    ("上次回执", f"{found.answered_at:%Y-%m-%d %H:%M}" if found.answered_at else "还没有写过"),
                    ("新情况", "有，还没有写进回执" if found.news else ""),
                )
            ),
        )
        returned = tuple(f"{period_text(month)} {returned_text(on)}" for month, on in found.returned_months)
        missing_months = tuple(f"{period_text(month)} 还没有收到" for month in found.missing_months)
        for title, months in (("退回的月份", returned), ("缺报的月份", missing_months)):
            if months:
                self.column.insertWidget(self._at + 1, lines_below(title, months))

    def take_focus(self) -> None:
        """The list keeps the keyboard."""
