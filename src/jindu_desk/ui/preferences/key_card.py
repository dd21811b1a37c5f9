"""The desk's own signing key: its fingerprint, large and in groups, as it is read out to the unit above."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel

from jindu_desk.operations.exchange.keys import create_signing_key
from jindu_desk.ui.cards import Card
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.preferences.rows import PreferencesView
from jindu_desk.ui.theme.measures import GROUP

_PER_LINE = 6


class KeyCard(Card):
    def __init__(self, shell: Shell) -> None:
        super().__init__("本机签名密钥", icon="key-round")
        self._shell = shell
        self._line = ""
        self._said = QLabel()
        self._said.setProperty("role", "muted")
        self._said.setWordWrap(True)
        self.fingerprint = QLabel()
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 1.35)
        self.fingerprint.setFont(font)
        self._copy = button_for(
            Action("复制公钥", self._copy_line, icon="copy", tip="发给上级登记用的一行文字，不含私钥")
        )
        self._make = button_for(Action("生成签名密钥", self.make, icon="key-round", role="primary"))
        self._superior = button_for(
            Action(
                "与上级往来…",
                lambda: shell.go("report", part="superior"),
                icon="send",
                tip="写密钥登记包，打印登记表，更换密钥，密钥丢失或交接",
                role="link",
            )
        )
        self._superior.setVisible(shell.desk.unit.superior is not None)
        row = QHBoxLayout()
        row.setSpacing(GROUP)
        row.addWidget(self._copy)
        row.addWidget(self._make)
        row.addWidget(self._superior)
        row.addStretch(1)
        self.body.addWidget(self.fingerprint)
        self.body.addWidget(self._said)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_view(self, view: PreferencesView) -> None:
        groups = view.key_groups
        self._line = view.key_line
        lines = [groups[start : start + _PER_LINE] for start in range(0, len(groups), _PER_LINE)]
        self.fingerprint.setText("\n".join(" ".join(line) for line in lines))
        self.fingerprint.setAccessibleDescription(" ".join(groups))
        self.fingerprint.setVisible(bool(groups))
        self._copy.setVisible(bool(groups))
        self._make.setVisible(not groups)
        if groups:
            self._said.setText(
                f"保管人 {view.key_keeper}。上级登记时，双方对照这串指纹，逐组相同才登记。私钥只在这台电脑上。"
            )
        else:
            self._said.setText("还没有签名密钥。没有它就不能上报：每个数据包都要签名。")

    def make(self) -> None:
        desk = self._shell.desk
        self._shell.carry_out(
            lambda: create_signing_key(desk.store, desk.vault), said="签名密钥已生成", title="正在生成密钥"
        )

    def _copy_line(self) -> None:
        QGuiApplication.clipboard().setText(self._line)
        self._shell.notice("公钥已复制，可以粘贴到邮件或文件里发给上级。", "done")
