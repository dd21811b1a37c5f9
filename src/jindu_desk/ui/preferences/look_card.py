"""How the window looks on this PC: theme and size of text, at once and for the next start."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from jindu_desk.ui.cards import Card
from jindu_desk.ui.fields import Field, choice
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.theme.theme import choice_of

_THEMES = (("跟随系统", "system"), ("浅色", "light"), ("深色", "dark"), ("高对比", "contrast"))


class LookCard(Card):
    def __init__(self, shell: Shell) -> None:
        super().__init__("外观", icon="eye")
        self._shell = shell
        self.theme = Field("配色", choice(_THEMES, chosen=shell.theme.choice))
        self.large = QCheckBox("大字（13.5 磅）")
        self.large.setChecked(shell.theme.large_text)
        self.theme.editor.currentIndexChanged.connect(lambda _index: self._use())
        self.large.toggled.connect(lambda _large: self._use())
        self.body.addWidget(self.theme)
        self.body.addWidget(self.large)
        self.body.addStretch(1)

    def _use(self) -> None:
        self._shell.theme.use(choice_of(self.theme.editor.currentData()), large_text=self.large.isChecked())
        self._shell.keep_theme()
