"""A key on record in the side panel, and the forms that end it or set this desk's own anew."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from jindu_desk.queries.exchange.key_list import KeyRow
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.direct.words import compared_text, key_state, validity_text
from jindu_desk.ui.fields import text_edit
from jindu_desk.ui.fingerprint import FingerprintView
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.side_panel import PanelContent, PanelForm, facts_table


class KeyDetails(PanelContent):
    """The fingerprint to read out or compare, and what is known of the key."""

    def __init__(self, row: KeyRow, actions: tuple[Action, ...]) -> None:
        super().__init__(row.unit_name + ("（本机）" if row.own else ""))
        self.row = row
        word, kind = key_state(row)
        self.column.addWidget(StateChip(word, kind))
        groups = FingerprintView("指纹")
        groups.show_groups(row.groups)
        self.column.addWidget(groups)
        facts = [
            ("保管人", row.keeper or "—"),
            ("怎样登记的", compared_text(row)),
            ("持有证明", "有" if row.proven else "没有（按公钥登记的）"),
            ("有效期", validity_text(row)),
        ]
        if row.revoked_at is not None:
            facts += [("作废", f"{row.revoked_at:%Y-%m-%d %H:%M}"), ("作废理由", row.revoked_reason or "没有写")]
        self.column.addLayout(facts_table(facts))
        self.column.addStretch(1)
        self.actions_shown = (*actions, Action("关闭", self.closing.emit))


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


def revoke_form(row: KeyRow, confirm: Callable[[str], object]) -> ReasonForm:
    said = (
        f"{row.unit_name}的密钥（{row.groups[0]} {row.groups[1]} …，保管人 {row.keeper}）作废后，"
        "用它签的文件都不再读入，不能恢复。已读入的不变。下一份回执和指令会告诉下级。"
    )
    return ReasonForm("作废密钥", said, "作废", "ban", confirm)


def lost_form(confirm: Callable[[str], object]) -> ReasonForm:
    said = (
        "密钥丢失（换了电脑、忘了口令、前任没有交接）时用：本机的旧密钥作废，重新生成。"
        "上下级单位都要重新核对新密钥的指纹，下级再读入下一份指令。已收到和已写出的数据不受影响。"
    )
    return ReasonForm("本机密钥丢失，重新生成", said, "作废并重新生成", "key-round", confirm)
