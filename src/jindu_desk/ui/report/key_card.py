"""This desk's key as the superior must enrol it: the fingerprint to read out, the line to hand over."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from jindu_desk.queries.exchange.keys import SignerRow
from jindu_desk.ui.cards import Card
from jindu_desk.ui.fingerprint import FingerprintView
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.measures import GROUP

_LARGE = 1.6


class KeyCard(Card):
    """Hidden while there is no key: the lines beside it offer to make one."""

    def __init__(self, copy: Action, save: Action, parent: QWidget | None = None) -> None:
        super().__init__("本机签名密钥的指纹", icon="key-round", parent=parent)
        self._groups = FingerprintView("本机密钥的指纹", factor=_LARGE)
        self._kept = QLabel()
        self._kept.setProperty("role", "muted")
        self._kept.setWordWrap(True)
        self._kept.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        buttons = QHBoxLayout()
        buttons.setSpacing(GROUP)
        buttons.addWidget(button_for(copy))
        buttons.addWidget(button_for(save))
        buttons.addStretch(1)
        self.body.addWidget(self._groups)
        self.body.addWidget(self._kept)
        self.body.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setVisible(False)

    def show_key(self, key: SignerRow | None) -> None:
        self.setVisible(key is not None)
        if key is not None:
            self._groups.show_groups(key.groups)
            self._kept.setText(f"保管人：{key.keeper}。上级登记时，双方当面或电话逐组核对，全部相同才登记。")
