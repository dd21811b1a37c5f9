"""What the page holds together: the book on view, what is selected, the panel; and what can be done with it now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from jindu_desk.domain.changes import Changes
from jindu_desk.errors import DeskError
from jindu_desk.errors.expenses import DateAhead, RepeatedVoucher
from jindu_desk.ui.expenses.book_view import BookView
from jindu_desk.ui.side_panel import PanelForm, SidePanel

if TYPE_CHECKING:
    from jindu_desk.queries.expenses import BudgetLineRow, ExpenseBook, ExpenseRow
    from jindu_desk.ui.frame.screen import Shell


class PageState:
    """``can_…`` answer True, or the sentence why not."""

    def __init__(self, shell: Shell, view: BookView, panel: SidePanel) -> None:
        self.shell, self.view, self.panel = shell, view, panel
        self.book: ExpenseBook | None = None

    @property
    def line(self) -> BudgetLineRow | None:
        return self.view.line

    @property
    def entry(self) -> ExpenseRow | None:
        """The one selected entry."""
        chosen = self.view.chosen
        return chosen[0] if len(chosen) == 1 else None

    @property
    def today(self) -> date:
        return self.shell.desk.store.clock().date()

    @property
    def likely_day(self) -> date:
        """Today while it lies in the month on view, otherwise that month's last day."""
        today, month = self.today, self.shell.month
        return today if month.holds(today) else month.last_day

    def carry_out(
        self,
        operation: Callable[[], Changes],
        form: PanelForm,
        *,
        said: str,
        then: Callable[[Changes], object],
        confirm: Callable[[], object] | None = None,
    ) -> None:
        """Run an operation for a form: its buttons wait, a refusal goes to its field, success goes on with ``then``.

        What is only asked (a repeated voucher, a day to come) is asked, and ``confirm`` runs on a yes.
        """
        self.panel.set_busy(True)
        form.clear_failures()

        def failed(error: Exception) -> None:
            if self.panel.content is not form:
                return
            self.panel.set_busy(False)
            asked = confirm is not None and isinstance(error, RepeatedVoucher | DateAhead)
            if asked and confirm is not None and self.shell.ask(str(error), "仍然保存"):
                confirm()
            elif isinstance(error, DeskError):
                form.show_failure(error)

        def done(changes: Changes) -> None:
            if self.panel.content is form:
                self.panel.set_busy(False)
                then(changes)

        self.shell.carry_out(operation, said=said, then=done, failed=failed)

    def can_write(self) -> bool | str:
        return self.shell.desk.why_read_only or self.book is not None

    def can_enter(self) -> bool | str:
        if self.book is not None and not self.book.lines:
            return "还没有预算科目。请先新建预算科目。"
        return self.can_write()

    def can_adjust(self) -> bool | str:
        return self.shell.desk.why_read_only or self._needs_line() or self.can_write()

    def can_change_line(self) -> bool | str:
        line = self.line
        if line is not None and line.in_use:
            return "这个科目已有支出或调整，金额只能通过预算调整改变。"
        return self._needs_line() or self.can_write()

    def can_reverse(self) -> bool | str:
        entry = self.entry
        if entry is None:
            return "请先在支出明细中选中一笔。"
        if entry.reverses:
            return "这一笔本身就是冲销记录，不能再冲销。"
        if entry.reversed_by:
            return f"这一笔已由第 {entry.reversed_by} 号冲销。"
        return self.can_write()

    def can_set_voucher(self) -> bool | str:
        entry = self.entry
        if entry is None:
            return "请先在支出明细中选中一笔。"
        if entry.locked:
            return "这个月已上报并锁定，不能再改。"
        return self.can_write()

    def can_copy(self) -> bool | str:
        if self.book is None or not self.book.last_year_lines:
            return "上一年没有预算科目。"
        return self.can_write()

    def has_book(self) -> bool | str:
        return self.book is not None

    def _needs_line(self) -> str:
        if self.book is not None and not self.book.lines:
            return "还没有预算科目。请先新建预算科目。"
        return "" if self.line else "请先在表中选中一个预算科目。"
