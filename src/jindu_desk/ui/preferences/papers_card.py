"""What the papers' wording is now, and the way to where it is edited."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel

from jindu_desk.reports.paper_wording import FIELDS, as_typed
from jindu_desk.ui.cards import Card
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.preferences.rows import PreferencesView

_SHOWN = ("mark", "head", "number_style", "body", "office", "signatures")


class PapersCard(Card):
    def __init__(self, edit: Callable[[], object]) -> None:
        super().__init__("公文格式与用语", icon="file-text")
        self._fields = tuple(field for field in FIELDS if field.name in _SHOWN)
        self.told: dict[str, QLabel] = {}
        table = QFormLayout()
        table.setHorizontalSpacing(12)
        table.setVerticalSpacing(6)
        for field in self._fields:
            label, value = QLabel(field.label, alignment=Qt.AlignmentFlag.AlignTop), QLabel()
            label.setProperty("role", "muted")
            value.setWordWrap(True)
            self.told[field.name] = value
            table.addRow(label, value)
        self._unsaved = QLabel("有改动还没有保存。")
        self._unsaved.setProperty("role", "due")
        self._unsaved.setVisible(False)
        tip = "红头、编号、标题、主送抄送、签字栏，边改边看样张"
        self.edit_button = button_for(Action("编辑用语…", edit, icon="pencil", tip=tip))
        self.body.addLayout(table)
        self.body.addWidget(self._unsaved)
        self.body.addWidget(self.edit_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_view(self, view: PreferencesView) -> None:
        for field in self._fields:
            text = as_typed(view.wording, field.name)
            self.told[field.name].setText(dict(field.offered).get(text, text).replace("\n", "、"))

    def show_unsaved(self, unsaved: bool) -> None:
        self._unsaved.setVisible(unsaved)
