"""Which fonts papers are set in on this PC: found by itself, the program's own, or a family that is installed here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLabel

from jindu_desk.reports.typesetting.font_files import ROLE_NAMES, Role
from jindu_desk.reports.typesetting.fonts import BUNDLED_CHOICE
from jindu_desk.reports.typesetting.paper_fonts import FontOffer, font_offers, preference_of
from jindu_desk.ui.cards import Card
from jindu_desk.ui.fields import Field, Form, choice
from jindu_desk.ui.frame.screen import Shell

_USES = {
    Role.TITLE: "红头、标题",
    Role.BODY: "正文",
    Role.KAI: "第二层标题",
    Role.HEI: "第一层标题、“出席”等字",
    Role.SONG: "页码、页脚",
}


class FontsCard(Card):
    """One drop-down a role. What is chosen holds from the next paper on, for this PC alone."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("公文字体", icon="file-text")
        self._shell = shell
        self.roles: dict[Role, Field[QComboBox]] = {}
        form = Form()
        for role, use in _USES.items():
            field = form.add(f"{ROLE_NAMES[role]}（{use}）", choice(()))
            field.setEnabled(False)
            field.editor.setMinimumContentsLength(12)
            field.editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.editor.activated.connect(lambda _index, role=role: self._choose(role))
            self.roles[role] = field
        note = QLabel("只用于这台电脑；字体里没有的字由程序自带的字体补上。新装的字体在重新启动程序后列出。")
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        self.body.addWidget(form)
        self.body.addWidget(note)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Look for what this PC has, on the worker."""
        self._shell.tasks.run(font_offers, self._show)

    def _show(self, offers: Sequence[FontOffer]) -> None:
        for offer in offers:
            field, chosen = self.roles[offer.role], self._shell.layout(preference_of(offer.role))
            box = field.editor
            box.clear()
            box.addItem(f"自动（{offer.automatic}）", "")
            box.addItem("程序自带", BUNDLED_CHOICE)
            for family in offer.families:
                box.addItem(family, family)
            gone = bool(chosen) and box.findData(chosen) < 0
            if gone:
                box.addItem(f"{chosen}（这台电脑上没有）", chosen)
            box.setCurrentIndex(max(box.findData(chosen), 0))
            field.show_hint(f"“{chosen}”这台电脑上没有，已改用“{offer.automatic}”。" if gone else "")
            field.setEnabled(True)

    def _choose(self, role: Role) -> None:
        field = self.roles[role]
        name, family = preference_of(role), field.editor.currentData()
        if family != self._shell.layout(name):
            self._shell.keep_layout(name, family)
            field.show_hint("")
            self._shell.notice(f"{ROLE_NAMES[role]}的字体已改，下次排版时使用", "done")
