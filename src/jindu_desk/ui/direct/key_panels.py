"""A key on record in the side panel, and the form that sets this desk's own anew."""

from __future__ import annotations

from collections.abc import Callable

from jindu_desk.queries.exchange.introducers import Introducer
from jindu_desk.queries.exchange.key_list import KeyRow
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.direct.words import compared_text, key_state, validity_text
from jindu_desk.ui.fingerprint import FingerprintView
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.reason_form import ReasonForm
from jindu_desk.ui.side_panel import PanelContent, facts_table


class KeyDetails(PanelContent):
    """The fingerprint to read out or compare, and what is known of the key. ``by``: the key that introduced it."""

    def __init__(self, row: KeyRow, actions: tuple[Action, ...], by: Introducer | None = None) -> None:
        super().__init__(row.unit_name + ("（本机）" if row.own else ""))
        self.row = row
        word, kind = key_state(row)
        self.column.addWidget(StateChip(word, kind))
        groups = FingerprintView("指纹")
        groups.show_groups(row.groups)
        self.column.addWidget(groups)
        facts = [
            ("保管人", row.keeper or "—"),
            ("怎样登记的", compared_text(row, by)),
            ("持有证明", "有" if row.proven else "没有（按公钥登记的）"),
            ("有效期", validity_text(row)),
        ]
        if row.revoked_at is not None:
            facts += [("作废", f"{row.revoked_at:%Y-%m-%d %H:%M}"), ("作废理由", row.revoked_reason or "没有写")]
        self.column.addLayout(facts_table(facts))
        self.column.addStretch(1)
        self.actions_shown = (*actions, Action("关闭", self.closing.emit))


def lost_form(confirm: Callable[[str], object]) -> ReasonForm:
    said = (
        "密钥丢失（换了电脑、忘了口令、前任没有交接）时用：本机的旧密钥作废，重新生成。"
        "上下级单位都要重新核对新密钥的指纹，下级再读入下一份指令。已收到和已写出的数据不受影响。"
    )
    return ReasonForm("本机密钥丢失，重新生成", said, "作废并重新生成", "key-round", confirm)
