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
        chosen = self.view.chosen if self.view.chosen_count == 1 else ()
        return chosen[0] if chosen else None

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
        asked: tuple[type[DeskError], ...] = (RepeatedVoucher, DateAhead),
        verb: str = "仍然保存",
    ) -> None:
        """Run an operation for a form: its buttons wait, a refusal goes to its field, success goes on with ``then``.

        What is only ``asked`` (a repeated voucher, a day to come) is asked, with ``verb`` on the button, and
        ``confirm`` runs on a yes.
        """
        self.panel.set_busy(True)
        form.clear_failures()

        def failed(error: Exception) -> None:
            if self.panel.content is not form:
                return
            self.panel.set_busy(False)
            if confirm is not None and isinstance(error, asked) and self.shell.ask(str(error), verb):
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

    def can_change_book(self) -> bool | str:
        if self.book is not None and self.book.year_closed:
            return f"{self.book.year} 年的经费已经年终结转，不能再改。"
        return self.can_write()

    def can_enter(self) -> bool | str:
        if self.book is not None and not self.book.lines:
            return "还没有预算科目。请先新建预算科目。"
        return self.can_change_book()

    def can_adjust(self) -> bool | str:
        return self.shell.desk.why_read_only or self._needs_line() or self.can_change_book()

    def can_change_line(self) -> bool | str:
        line = self.line
        if line is not None and line.in_use:
            return "这个科目已有支出或调整，金额只能通过预算调整改变。"
        return self._needs_line() or self.can_change_book()

    def can_reverse(self) -> bool | str:
        entry = self.entry
        if entry is None:
            return "请先在支出明细中选中一笔。"
        if entry.reverses:
            return "这一笔本身就是冲销记录，不能再冲销。"
        if entry.reversed_by:
            return f"这一笔已由第 {entry.reversed_by} 号冲销。"
        return self.can_change_book()

    def can_set_voucher(self) -> bool | str:
        entry = self.entry
        if entry is None:
            return "请先在支出明细中选中一笔。"
        if entry.locked:
            return "这个月已上报或结账，不能再改。"
        return self.can_write()

    def can_copy(self) -> bool | str:
        if self.book is None or not self.book.last_year_lines:
            return "上一年没有预算科目。"
        return self.can_change_book()

    def can_open_evidence(self) -> bool | str:
        if self.entry is None:
            return "请先在支出明细中选中一笔。"
        return self.entry.attachments > 0 or "这一笔还没有附件。把文件拖到这一行即可添加。"

    def can_close_month(self) -> bool | str:
        if self.book is not None and str(self.shell.month) in self.book.closed_months:
            return "这个月的账已经结账。"
        return self.can_enter()

    def can_reopen_month(self) -> bool | str:
        if self.book is not None and str(self.shell.month) not in self.book.closed_months:
            return "这个月的账还没有结账。"
        return self.can_change_book()

    def can_close_year(self) -> bool | str:
        return self.can_enter()

    def can_reopen_year(self) -> bool | str:
        if self.book is not None and not self.book.year_closed:
            return f"{self.book.year} 年还没有年终结转。"
        return self.can_write()

    def has_book(self) -> bool | str:
        return self.book is not None

    def _needs_line(self) -> str:
        if self.book is not None and not self.book.lines:
            return "还没有预算科目。请先新建预算科目。"
        return "" if self.line else "请先在表中选中一个预算科目。"
