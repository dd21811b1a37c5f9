"""The person at this PC, whose name stands in the record of changes."""

from __future__ import annotations

from PySide6.QtCore import Qt

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.free_text import clean_text
from jindu_desk.errors import DeskError
from jindu_desk.operations.units import change_keeper
from jindu_desk.ui.cards import Card
from jindu_desk.ui.fields import Form, line_edit
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.preferences.rows import PreferencesView


class KeeperCard(Card):
    def __init__(self, shell: Shell) -> None:
        super().__init__("使用人", icon="user")
        self._shell = shell
        self._shown = ""
        form = Form()
        self.keeper = form.add("使用人姓名", line_edit(limit=60), hint="写进变更记录和交接的单据。", required=True)
        self.body.addWidget(form)
        self.body.addWidget(button_for(Action("保存", self.save, icon="save")), alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_view(self, view: PreferencesView) -> None:
        """What is being typed stays."""
        if self.keeper.text() == self._shown:
            self.keeper.editor.setText(view.own.keeper)
        self._shown = view.own.keeper

    def save(self) -> None:
        desk = self._shell.desk
        try:
            keeper = clean_text(self.keeper.text(), "使用人姓名", limit=60, required=True)
        except DeskError as error:
            self.keeper.show_error(str(error))
            return

        def write() -> Changes:
            changes = change_keeper(desk.store, keeper)
            desk.reload()
            return changes

        if keeper != self._shown:
            self._shell.carry_out(write, said="使用人已保存")
