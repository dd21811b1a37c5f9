"""Step 1: which tier, or rather look at an example, or come back from a backup."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout

from jindu_desk.domain.units import Tier
from jindu_desk.ui.cards import Card
from jindu_desk.ui.first_start.answers import TIER_WORD, Answers
from jindu_desk.ui.first_start.step import Step
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.measures import GROUP

_WHAT = {
    Tier.TOWNSHIP: "每月召开协调例会、按村（社区）填台账、登记经费，打印纪要并上报。",
    Tier.DISTRICT: "接收各镇（街道）的上报，查看缺报，汇总数据，计算六项比率。",
    Tier.CITY: "接收各辖市（区）的上报和随附的镇（街道）数据包，汇总六项比率，向下下发指令和回执。",
}


class TierStep(Step):
    word = "层级"
    demo_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            "这台电脑由哪一级使用？", "先用几步设好本单位，大约两分钟。以后都可以在“单位人员”和“设置”里修改。"
        )
        self._buttons: dict[Tier, QRadioButton] = {}
        group = QButtonGroup(self)
        for tier, what in _WHAT.items():
            card = Card()
            button = QRadioButton(TIER_WORD[tier])
            button.setAccessibleDescription(what)
            group.addButton(button)
            self._buttons[tier] = button
            said = QLabel(what)
            said.setWordWrap(True)
            said.setProperty("role", "muted")
            inside = QVBoxLayout()
            inside.setSpacing(4)
            inside.addWidget(button)
            inside.addWidget(said)
            card.body.addLayout(inside)
            self.body.addWidget(card)
        self.body.addStretch(1)
        others = QHBoxLayout()
        others.setSpacing(GROUP)
        others.addWidget(
            button_for(Action("先看示例", self.demo_wanted.emit, icon="eye", tip="用编造的数据看看各个页面"))
        )
        others.addWidget(
            button_for(
                Action("从备份恢复…", self.restore_wanted.emit, icon="archive", tip="换电脑或重装后，用备份文件恢复")
            )
        )
        others.addStretch(1)
        self.body.addLayout(others)

    def enter(self, answers: Answers) -> None:
        self._buttons[answers.tier].setChecked(True)

    def focus_first(self) -> None:
        next(button for button in self._buttons.values() if button.isChecked()).setFocus()

    def leave(self, answers: Answers) -> Answers:
        chosen = next(tier for tier, button in self._buttons.items() if button.isChecked())
        return answers.with_tier(chosen)
