"""From the menu to a closed month or year, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jindu_desk.domain.money import yuan_text
from jindu_desk.errors import DeskError
from jindu_desk.errors.expense_closing import VouchersMissing
from jindu_desk.ui.expenses.closing_forms import MonthCloseForm, YearCloseForm
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.reason_form import ReasonForm

if TYPE_CHECKING:
    from jindu_desk.operations.expense_closing import YearClosed
    from jindu_desk.queries.expense_closing import MonthClosing, YearEnd
    from jindu_desk.ui.expenses.state import PageState


class Closing:
    """Shows what closing means and carries it out. What can be closed now, the page's state says."""

    def __init__(self, state: PageState) -> None:
        self._state = state

    def start_month(self) -> None:
        from jindu_desk.queries.expense_closing import month_closing

        book, shell = self._state.book, self._state.shell
        if book is None:
            return
        store, unit, month = shell.desk.store, book.unit_id, shell.month
        shell.tasks.run(lambda: month_closing(store, unit, month), self._show_month)

    def start_reopening_month(self) -> None:
        month = self._state.shell.month
        said = f"撤销后，{month_text(month)}的账可以再登记和修改。撤销的人、时间和理由记入操作记录。"
        self._state.panel.show_content(ReasonForm("撤销月结", said, "撤销月结", "lock-open", self._reopen_month))

    def start_year(self) -> None:
        from jindu_desk.queries.expense_closing import year_end

        book, shell = self._state.book, self._state.shell
        if book is None:
            return
        store, unit, year = shell.desk.store, book.unit_id, book.year
        shell.tasks.run(lambda: year_end(store, unit, year), self._show_year)

    def reopen_year(self) -> None:
        from jindu_desk.operations.expense_closing import reopen_year

        book, shell = self._state.book, self._state.shell
        if book is None:
            return
        question = f"撤销 {book.year} 年的年终结转？结转到 {book.year + 1} 年的余额随之撤回。"
        if shell.ask(question, "撤销结转", danger=True):
            said = f"已撤销 {book.year} 年的年终结转"
            shell.carry_out(lambda: reopen_year(shell.desk.store, book.unit_id, book.year), said=said)

    def _show_month(self, found: MonthClosing) -> None:
        form = MonthCloseForm(found)
        form.actions_shown = (
            Action("结账", lambda: self._close_month(form), "lock", role="primary"),
            Action("取消", form.closing.emit, role="link"),
        )
        self._state.panel.show_content(form)

    def _close_month(self, form: MonthCloseForm) -> None:
        from jindu_desk.operations.expense_closing import close_book_month

        book = self._state.book
        if book is None:
            return
        store, unit, month = self._state.shell.desk.store, book.unit_id, form.found.month

        def close(*, confirmed: bool) -> None:
            self._state.carry_out(
                lambda: close_book_month(store, unit, month, confirmed=confirmed),
                form,
                said=f"{month_text(month)}的经费账已结账",
                then=lambda _changes: self._state.panel.close_content(),
                confirm=lambda: close(confirmed=True),
                asked=(VouchersMissing,),
                verb="仍然结账",
            )

        close(confirmed=False)

    def _reopen_month(self, reason: str) -> None:
        from jindu_desk.operations.expense_closing import reopen_book_month

        book, form, shell = self._state.book, self._state.panel.content, self._state.shell
        if book is None or not isinstance(form, ReasonForm):
            return
        month = shell.month
        self._state.carry_out(
            lambda: reopen_book_month(shell.desk.store, book.unit_id, month, reason=reason),
            form,
            said=f"已撤销{month_text(month)}的月结",
            then=lambda _changes: self._state.panel.close_content(),
        )

    def _show_year(self, found: YearEnd) -> None:
        form = YearCloseForm(found)
        form.actions_shown = (
            Action("结转", lambda: self._close_year(found.year, form), "lock", role="primary"),
            Action("取消", form.closing.emit, role="link"),
        )
        self._state.panel.show_content(form)

    def _close_year(self, year: int, form: YearCloseForm) -> None:
        from jindu_desk.operations.expense_closing import close_year

        book, shell, draft = self._state.book, self._state.shell, form.draft()
        if book is None:
            return

        def close() -> YearClosed:
            return close_year(
                shell.desk.store, book.unit_id, year, draft.carry, reason=draft.reason, approval=draft.approval
            )

        def closed(done: YearClosed) -> None:
            shell.notice(
                f"{year} 年已年终结转：{done.lines} 个科目，共 {yuan_text(done.carried_fen)} 元记入 {year + 1} 年预算",
                "done",
            )
            if self._state.panel.content is form:
                self._state.panel.close_content()

        def failed(error: Exception) -> None:
            if self._state.panel.content is form:
                self._state.panel.set_busy(False)
                if isinstance(error, DeskError):
                    form.show_failure(error)

        self._state.panel.set_busy(True)
        form.clear_failures()
        shell.carry_out(close, then=closed, failed=failed)
