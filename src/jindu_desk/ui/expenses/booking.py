"""From the button to the book: a new entry, its voucher, its reversal."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.money import yuan_text
from jindu_desk.errors import DeskError
from jindu_desk.ui.expenses.entry_form import EntryForm
from jindu_desk.ui.expenses.entry_panel import ReversalForm, VoucherForm
from jindu_desk.ui.expenses.unfinished import fill_in, kept_of
from jindu_desk.ui.page_action import Action

if TYPE_CHECKING:
    from jindu_desk.ui.expenses.state import PageState

DRAFT_KEY = "expenses.entry"
_KEPT_AFTER = 1500  # milliseconds after the last keystroke


class Booking(QObject):
    """Opens the forms of entries and carries out what they say. An unfinished entry is kept as a draft."""

    def __init__(self, state: PageState, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._keep = QTimer(self, singleShot=True, interval=_KEPT_AFTER)
        self._keep.timeout.connect(self.keep_draft)
        self._unfinished: dict[str, str] = {}
        state.panel.leaving.connect(self.keep_draft)

    def start_entry(self) -> None:
        """Open the form, with what was left unfinished the last time."""
        book = self._state.book
        if book is None or not book.lines:
            return
        line = self._state.line
        form = EntryForm(book.lines, self._state.likely_day, book.rules, line_id=line.id if line else "")
        form.actions_shown = (
            Action("保存", self.save_entry, icon="check", shortcut="Ctrl+Return", role="primary"),
            Action("保存并继续", self.save_and_go_on, shortcut="Ctrl+Shift+Return", tip="保存后接着登记下一笔"),
            Action("取消", self.give_up, role="link"),
        )
        form.edited.connect(self._keep.start)
        self._state.panel.show_content(form)
        if self._unfinished:
            fill_in(form, self._unfinished)
            self._state.shell.notice("已恢复上次没有保存的支出。", "info")

    def save_entry(self) -> None:
        self._save(go_on=False)

    def save_and_go_on(self) -> None:
        self._save(go_on=True)

    def give_up(self) -> None:
        """Throw the unfinished entry away, asked only if something was typed."""
        form = self._state.panel.content
        if isinstance(form, EntryForm) and form.is_dirty:
            if not self._state.shell.ask("放弃没有保存的这笔支出？", "放弃", danger=True):
                return
            form.is_dirty = False
            self._forget_draft()
        self._state.panel.close_content()

    def load_draft(self) -> None:
        """Ask the folder for an entry that was left unfinished."""
        from jindu_desk.queries.settings import draft

        store = self._state.shell.desk.store

        def read() -> dict[str, str]:
            found = draft(store, DRAFT_KEY)
            return json.loads(found.body) if found else {}

        self._state.shell.tasks.run(read, self._take_draft)

    def keep_draft(self) -> None:
        """Keep what is typed, so that neither leaving the page nor a power cut loses it."""
        form = self._state.panel.content
        if not isinstance(form, EntryForm) or not form.is_dirty or self._state.shell.desk.why_read_only:
            return
        from jindu_desk.operations.settings import keep_draft

        self._keep.stop()
        self._unfinished = kept_of(form)
        body, store = json.dumps(self._unfinished, ensure_ascii=False), self._state.shell.desk.store
        self._state.shell.tasks.run(lambda: keep_draft(store, DRAFT_KEY, body))

    def start_voucher(self) -> None:
        if (row := self._state.entry) is None:
            return
        form = VoucherForm(row)
        form.actions_shown = (
            Action("保存凭证", lambda: self._save_voucher(form), icon="check", shortcut="Ctrl+Return", role="primary"),
            Action("取消", form.closing.emit, role="link"),
        )
        self._state.panel.show_content(form)

    def start_reversal(self) -> None:
        if (row := self._state.entry) is None:
            return
        # Today, not the month on view: that one may be reported already.
        form = ReversalForm(row, min(max(self._state.today, row.on), date(row.on.year, 12, 31)))
        form.actions_shown = (
            Action("登记冲销", lambda: self._save_reversal(form), icon="undo-2", role="danger"),
            Action("取消", form.closing.emit, role="link"),
        )
        self._state.panel.show_content(form)

    def _save(self, *, go_on: bool) -> None:
        from jindu_desk.operations.expenses import book_expense

        form = self._state.panel.content
        if not isinstance(form, EntryForm):
            return
        try:
            draft = form.draft()
        except DeskError as error:
            form.show_failure(error)
            return
        store, paths, evidence = self._state.shell.desk.store, self._state.shell.desk.paths, form.evidence.files

        def booked(changes: Changes) -> None:
            form.is_dirty = False
            self._forget_draft()
            if go_on:
                form.next_entry()
            else:
                self._state.panel.close_content()
            self._state.view.choose_entry(changes.key or "")

        def save(*, confirmed: bool) -> None:
            self._state.carry_out(
                lambda: book_expense(store, draft, confirmed=confirmed, evidence=evidence, paths=paths),
                form,
                said=f"已登记支出 {yuan_text(draft.amount_fen)} 元",
                then=booked,
                confirm=lambda: save(confirmed=True),
            )

        save(confirmed=False)

    def _save_voucher(self, form: VoucherForm) -> None:
        from jindu_desk.operations.expenses import set_voucher

        try:
            number, on, papers = form.values()
        except DeskError as error:
            form.show_failure(error)
            return
        store, key = self._state.shell.desk.store, form.row.id

        def save(*, confirmed: bool) -> None:
            self._state.carry_out(
                lambda: set_voucher(store, key, number=number, on=on, papers=papers, confirmed=confirmed),
                form,
                said=f"已登记第 {form.row.number} 号的凭证",
                then=lambda _changes: self._state.panel.close_content(),
                confirm=lambda: save(confirmed=True),
            )

        save(confirmed=False)

    def _save_reversal(self, form: ReversalForm) -> None:
        from jindu_desk.operations.expenses import reverse_expense

        try:
            on, reason = form.values()
        except DeskError as error:
            form.show_failure(error)
            return
        store, key = self._state.shell.desk.store, form.row.id

        def save(*, confirmed: bool) -> None:
            self._state.carry_out(
                lambda: reverse_expense(store, key, on, reason=reason, confirmed=confirmed),
                form,
                said=f"已冲销第 {form.row.number} 号支出",
                then=lambda _changes: self._state.panel.close_content(),
                confirm=lambda: save(confirmed=True),
            )

        save(confirmed=False)

    def _take_draft(self, found: dict[str, str]) -> None:
        self._unfinished = found

    def _forget_draft(self) -> None:
        from jindu_desk.operations.settings import drop_draft

        self._keep.stop()
        if not self._unfinished:
            return
        self._unfinished = {}
        store = self._state.shell.desk.store
        self._state.shell.tasks.run(lambda: drop_draft(store, DRAFT_KEY))
