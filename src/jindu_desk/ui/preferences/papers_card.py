"""The wording of the papers' head, and the person at this PC."""

from __future__ import annotations

from PySide6.QtCore import Qt

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.meeting_dates import NumberStyle
from jindu_desk.errors import DeskError
from jindu_desk.operations.settings import change_setting
from jindu_desk.operations.units import change_keeper
from jindu_desk.reports.meeting_texts import MARK_SETTING, NUMBER_STYLE_SETTING
from jindu_desk.ui.cards import Card
from jindu_desk.ui.fields import Form, choice, line_edit
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.preferences.rows import PreferencesView

_STYLES = (("按期，例如 第10期", NumberStyle.ISSUE.value), ("按年，例如 〔2026〕10号", NumberStyle.YEAR.value))


class PapersCard(Card):
    def __init__(self, shell: Shell) -> None:
        super().__init__("文件与使用人", icon="file-text")
        self._shell = shell
        self._shown: PreferencesView | None = None
        form = Form()
        self.mark = form.add("纪要红头", line_edit(limit=60), hint="空着就用默认的")
        self.style_of_number = form.add("纪要编号格式", choice(_STYLES))
        self.keeper = form.add("使用人姓名", line_edit(limit=60), required=True)
        self.save_button = button_for(Action("保存", self.save, icon="save"))
        self.body.addWidget(form)
        self.body.addWidget(self.save_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_view(self, view: PreferencesView) -> None:
        """What is being typed stays; only fields that are as they were shown before follow."""
        before = self._shown
        self._shown = view
        self.mark.editor.setPlaceholderText(view.usual_mark)
        for field, now, last in (
            (self.mark, view.mark, before.mark if before else ""),
            (self.keeper, view.keeper, before.keeper if before else ""),
        ):
            if field.text() == last:
                field.editor.setText(now)
        index = self.style_of_number.editor.findData(view.number_style)
        self.style_of_number.editor.setCurrentIndex(max(index, 0))

    def save(self) -> None:
        view, store, desk = self._shown, self._shell.desk.store, self._shell.desk
        if view is None:
            return
        try:
            mark = clean_text(self.mark.text(), "纪要红头", limit=60)
        except DeskError as error:
            self.mark.show_error(str(error))
            return
        try:
            keeper = clean_text(self.keeper.text(), "使用人姓名", limit=60, required=True)
        except DeskError as error:
            self.keeper.show_error(str(error))
            return
        style = str(self.style_of_number.editor.currentData())

        def write() -> Changes:
            changes = Changes(frozenset())
            if mark != view.mark:
                changes |= change_setting(store, MARK_SETTING, mark)
            if style != view.number_style:
                changes |= change_setting(store, NUMBER_STYLE_SETTING, style)
            if keeper != view.keeper:
                changes |= change_keeper(store, keeper)
                desk.reload()
            return changes

        self._shell.carry_out(write, said="设置已保存")
