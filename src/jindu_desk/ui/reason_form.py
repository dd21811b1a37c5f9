"""A decision that needs a reason: one sentence of what it does, the reason, the verb on the button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from jindu_desk.queries.exchange.key_list import KeyRow
from jindu_desk.queries.exchange.keys import SignerRow
from jindu_desk.ui.fields import text_edit
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.side_panel import PanelForm


class ReasonForm(PanelForm):
    """A reason that must be typed. ``confirm(reason)`` is called when the verb was pressed."""

    def __init__(self, title: str, sentence: str, verb: str, icon: str, confirm: Callable[[str], object]) -> None:
        super().__init__(title, columns=1)
        self._confirm = confirm
        said = QLabel(sentence)
        said.setWordWrap(True)
        self.form.add_widget(said)
        self.reason = self.add("reason", "理由", text_edit(lines=3), required=True)
        self.actions_shown = (
            Action(verb, self._press, icon, role="danger"),
            Action("取消", self.closing.emit),
        )

    def _press(self) -> None:
        self.clear_failures()
        reason = self.reason.text().strip()
        if not reason:
            self.reason.show_error("请写明理由。")
            self.reason.editor.setFocus()
            return
        self._confirm(reason)


def revoke_form(row: SignerRow | KeyRow, confirm: Callable[[str], object]) -> ReasonForm:
    said = (
        f"{row.unit_name}的密钥（{row.groups[0]} {row.groups[1]} …，保管人 {row.keeper}）作废后，"
        "用它签的文件都不再读入，不能恢复。已读入的不变。下一份回执和指令会告诉下级。"
    )
    return ReasonForm("作废密钥", said, "作废", "ban", confirm)
