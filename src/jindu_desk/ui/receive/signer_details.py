"""A key on record in the side panel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from jindu_desk.queries.exchange.keys import SignerRow
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.fingerprint import FingerprintView
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.side_panel import PanelContent


class SignerDetails(PanelContent):
    """The fingerprint to compare again, and the way to revoke the key."""

    def __init__(self, row: SignerRow, revoke: Callable[[], None]) -> None:
        super().__init__(row.unit_name)
        word = "已作废" if row.revoked_at else "有效"
        self.column.addWidget(StateChip(word, "wrong" if row.revoked_at else "done"))
        groups = FingerprintView("指纹")
        groups.show_groups(row.groups)
        self.column.addWidget(groups)
        for text in (
            f"保管人：{row.keeper}",
            f"核对登记：{row.compared_at:%Y-%m-%d %H:%M}" if row.compared_at else "",
            f"作废：{row.revoked_at:%Y-%m-%d %H:%M}" if row.revoked_at else "",
        ):
            if text:
                label = QLabel(text)
                label.setWordWrap(True)
                self.column.addWidget(label)
        self.column.addStretch(1)
        revoking = (Action("作废这把密钥…", revoke, "ban", role="danger"),) if row.revoked_at is None else ()
        self.actions_shown = (*revoking, Action("关闭", self.closing.emit))
