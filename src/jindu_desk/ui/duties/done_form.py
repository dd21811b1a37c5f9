"""Beside the table: what a duty asks, and the record that it was done."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFormLayout

from jindu_desk.domain.duty_rules import Rhythm, first_day_of
from jindu_desk.errors.entry import NotADate, TextMissing
from jindu_desk.ui.attachment_list import AttachmentList
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.duties.columns import RHYTHM_WORD, ShownDuty, due_text, period_text, state_text
from jindu_desk.ui.fields import text_edit
from jindu_desk.ui.side_panel import PanelForm, facts_table


class DoneForm(PanelForm):
    """``row`` is the duty's period; a case without a period gets the day of its record as period."""

    def __init__(self, row: ShownDuty, today: date, *, folder: str = "", why_read_only: str = "") -> None:
        super().__init__(f"登记完成：{period_text(row.duty)}", columns=1)
        self.row = row
        rule, done = row.duty.rule, row.duty.done
        self.column.insertLayout(1, self._facts())
        # For a period that has not begun there is no likely day yet.
        begun = not row.duty.period or first_day_of(row.duty.period) <= today
        likely = done.on if done is not None and done.on else today if begun else None
        self.done_on = self.add("done_on", "完成日期", DateField(likely, year=today.year), required=True)
        note = done.note if done is not None else ""
        self.note = self.add(
            "note", "记录", text_edit(lines=3, placeholder=f"例如：{rule.evidence}的文号、存放位置", text=note)
        )
        # Files belong to a record; a case that is not recorded yet has none to belong to.
        unrecorded_case = rule.rhythm is Rhythm.CASE and not row.duty.period
        why = why_read_only or ("请先登记，再从列表中打开这条记录添加附件。" if unrecorded_case else "")
        self.attachments = AttachmentList(why_closed=why, folder=folder)
        self.column.insertWidget(self.column.count() - 1, self.attachments)
        is_case = rule.rhythm is Rhythm.CASE and bool(row.duty.period)
        self.done_on.editor.setReadOnly(bool(why_read_only) or is_case)
        self.note.editor.setReadOnly(bool(why_read_only))
        self._shown = self._typed()

    def is_edited(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._typed() != self._shown

    def values(self) -> tuple[str, date, str]:
        """Period, day and note. Raises `TextMissing`, `NotADate`."""
        on = self.done_on.editor.value()
        if on is None:
            raise TextMissing(field="done_on")
        return self.row.duty.period or on.isoformat(), on, self.note.text()

    def show_failure(self, error: Exception) -> None:
        if isinstance(error, NotADate):
            self.done_on.show_error(str(error))
            return
        super().show_failure(error)

    def _typed(self) -> tuple[str, str]:
        return self.done_on.editor.line.text(), self.note.text()

    def _facts(self) -> QFormLayout:
        duty = self.row.duty
        rule = duty.rule
        due = due_text(duty) + ("（默认日期，条文未规定）" if rule.assumed and duty.due else "")
        state = state_text(duty)
        if duty.done is not None and duty.done.by_data:
            state += "（由数据自动认定）"
        return facts_table(
            (
                ("职责", rule.title),
                ("条款", rule.article),
                ("责任主体", rule.who),
                ("频次", RHYTHM_WORD[rule.rhythm]),
                ("到期", due),
                ("状态", state),
                ("依据材料", rule.evidence),
            )
        )
