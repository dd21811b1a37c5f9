"""The last step: the user's own name, and a look at what will be set up."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel

from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.units import Role, Tier
from jindu_desk.errors import DeskError
from jindu_desk.ui.cards import Card
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.first_start.answers import BELOW_WORD, TIER_WORD, Answers
from jindu_desk.ui.first_start.step import Step
from jindu_desk.ui.theme.measures import BETWEEN


class FinishStep(Step):
    word = "完成"

    def __init__(self) -> None:
        super().__init__(
            "最后一步：您的姓名",
            "姓名写进修改记录和签名密钥的登记。点“完成”后，程序会生成本机的签名密钥；私钥只保存在这台电脑上，不进数据库、备份和数据包。",
        )
        self.name = Field("使用人姓名", line_edit(limit=60), required=True)
        self.name.setMaximumWidth(360)
        self.body.addWidget(self.name)
        self._summary = QFormLayout()
        self._summary.setHorizontalSpacing(BETWEEN)
        self._summary.setVerticalSpacing(6)
        card = Card("将要设置", icon="clipboard-list")
        card.body.addLayout(self._summary)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def enter(self, answers: Answers) -> None:
        while self._summary.rowCount():
            self._summary.removeRow(0)
        below = answers.below or ()
        shown = "、".join(draft.name for draft in below[:8]) + ("等" if len(below) > 8 else "")
        for label, said in (
            ("层级", TIER_WORD[answers.tier]),
            ("本单位", answers.own.name if answers.own else "—"),
            (BELOW_WORD[answers.tier], f"{len(below)} 个：{shown}"),
            ("上级单位", answers.superior.name if answers.superior else "—"),
            ("责任人员", "、".join(official.name for official in answers.officials) or "以后再填"),
            *([("村（社区）主任", _counted(answers))] if answers.tier is Tier.TOWNSHIP else []),
        ):
            name, value = QLabel(label), QLabel(said)
            name.setProperty("role", "muted")
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)  # a name may look like markup
            self._summary.addRow(name, value)
        if not self.name.text():
            staff = [official.name for official in answers.officials if official.role is Role.FULL_TIME_STAFF]
            self.name.editor.setText(answers.keeper or (staff[0] if staff else ""))

    def focus_first(self) -> None:
        self.name.setFocus()

    def leave(self, answers: Answers) -> Answers:
        try:
            keeper = clean_text(self.name.text(), "使用人姓名", limit=60, required=True)
        except DeskError as error:
            self.name.show_error(str(error))
            self.name.setFocus()
            raise
        return replace(answers, keeper=keeper)


def _counted(answers: Answers) -> str:
    return f"{len(answers.directors)} 位" if answers.directors else "以后再填"
