"""From the button to the budget: lines, adjustments, last year's lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jindu_desk.domain.money import yuan_text
from jindu_desk.errors import DeskError
from jindu_desk.ui.expenses.budget_forms import AdjustmentForm, LineForm
from jindu_desk.ui.page_action import Action

if TYPE_CHECKING:
    from jindu_desk.domain.changes import Changes
    from jindu_desk.ui.expenses.state import PageState


class Budgeting:
    """Opens the forms of the budget and carries out what they say."""

    def __init__(self, state: PageState) -> None:
        self._state = state

    def start_line(self) -> None:
        if self._state.book is not None:
            self._open(LineForm(self._state.book.year, self._state.book.rules))

    def start_line_change(self) -> None:
        if self._state.book is not None and (line := self._state.line) is not None:
            self._open(LineForm(self._state.book.year, self._state.book.rules, line))

    def start_adjustment(self) -> None:
        line, book = self._state.line, self._state.book
        if line is None or book is None:
            return
        earlier = [row for row in book.adjustments if row.line_id == line.id]
        form = AdjustmentForm(line, self._state.likely_day, earlier)
        form.actions_shown = (
            Action(
                "保存调整", lambda: self._save_adjustment(form), icon="check", shortcut="Ctrl+Return", role="primary"
            ),
            Action("取消", form.closing.emit, role="link"),
        )
        self._state.panel.show_content(form)

    def remove_line(self) -> None:
        from jindu_desk.operations.budget import remove_budget_line

        line, store = self._state.line, self._state.shell.desk.store
        if line is None or not self._state.shell.ask(f"删除预算科目“{line.name}”？", "删除", danger=True):
            return
        self._state.shell.carry_out(lambda: remove_budget_line(store, line.id), said=f"已删除“{line.name}”")

    def copy_lines(self) -> None:
        from jindu_desk.operations.budget import copy_budget_lines

        if (book := self._state.book) is None:
            return
        store = self._state.shell.desk.store
        self._state.shell.carry_out(
            lambda: copy_budget_lines(store, book.unit_id, book.year - 1, book.year),
            said=f"已沿用 {book.year - 1} 年的预算科目，请核对年初预算",
        )

    def _open(self, form: LineForm) -> None:
        form.actions_shown = (
            Action("保存科目", lambda: self._save_line(form), icon="check", shortcut="Ctrl+Return", role="primary"),
            Action("取消", form.closing.emit, role="link"),
        )
        self._state.panel.show_content(form)

    def _save_line(self, form: LineForm) -> None:
        from jindu_desk.operations.budget import add_budget_line, change_budget_line

        book, store = self._state.book, self._state.shell.desk.store
        if book is None:
            return
        try:
            draft = form.draft()
        except DeskError as error:
            form.show_failure(error)
            return
        changed = form.line

        def save() -> Changes:
            if changed is not None:
                return change_budget_line(store, changed.id, draft)
            return add_budget_line(store, book.unit_id, draft)

        self._state.carry_out(
            save, form, said="已保存预算科目", then=lambda _changes: self._state.panel.close_content()
        )

    def _save_adjustment(self, form: AdjustmentForm) -> None:
        from jindu_desk.operations.budget import adjust_budget

        try:
            draft = form.draft()
        except DeskError as error:
            form.show_failure(error)
            return
        store = self._state.shell.desk.store
        self._state.carry_out(
            lambda: adjust_budget(
                store,
                draft.line_id,
                on=draft.on,
                amount_fen=draft.amount_fen,
                reason=draft.reason,
                approval=draft.approval,
            ),
            form,
            said=f"已登记预算调整 {yuan_text(draft.amount_fen)} 元",
            then=lambda _changes: self._state.panel.close_content(),
        )
