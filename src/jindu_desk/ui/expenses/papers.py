"""The papers of an entry in its panel, and the book as a workbook."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.queries.expense_entries import Order
from jindu_desk.ui.attachment_list import fresh_folder, open_outside
from jindu_desk.ui.expenses.columns import ATTACHMENTS_COLUMN
from jindu_desk.ui.expenses.entry_panel import LOCKED, EntryPanel
from jindu_desk.ui.page_action import Action

if TYPE_CHECKING:
    from jindu_desk.queries.attachments import AttachmentRow
    from jindu_desk.queries.expenses import ExpenseRow
    from jindu_desk.ui.expenses.booking import Booking
    from jindu_desk.ui.expenses.state import PageState

_PAPERS_FROM, _EXPORTED_TO = "expenses.papers_from", "expenses.exported_to"


class Papers:
    """Shows an entry with its attachments; ``widget`` is the parent of file dialogs."""

    def __init__(self, state: PageState, booking: Booking, widget: QWidget) -> None:
        self._state, self._booking, self._widget = state, booking, widget

    def open_row(self, row: ExpenseRow, column: int) -> None:
        """On its attachments the paper itself, where there is just one; elsewhere the entry."""
        if column == ATTACHMENTS_COLUMN and row.attachments == 1:
            self._open_only(row)
        else:
            self.show_entry(row)

    def open_evidence(self) -> None:
        """The papers of the selected entry: one is opened, of several the entry lists them."""
        if (row := self._state.entry) is not None:
            self.open_row(row, ATTACHMENTS_COLUMN)

    def drop_on_row(self, place: int, files: list[Path]) -> None:
        """Files were dropped on a row of the table."""
        shell, row = self._state.shell, self._state.view.entries.held(place)
        if row is None:
            return
        if refusal := (LOCKED if row.locked else shell.desk.why_read_only):
            shell.notice(refusal, "warning")
            return
        self._add(row, files)

    def show_entry(self, row: ExpenseRow) -> None:
        shell = self._state.shell
        panel = EntryPanel(row, folder=shell.layout(_PAPERS_FROM), why_read_only=shell.desk.why_read_only)
        panel.actions_shown = (
            Action("冲销", self._booking.start_reversal, icon="undo-2", condition=self._state.can_reverse),
            Action("登记凭证号", self._booking.start_voucher, icon="receipt", condition=self._state.can_set_voucher),
        )
        panel.attachments.added.connect(partial(self._add, row))
        panel.attachments.opened.connect(self._open)
        panel.attachments.removed.connect(self._remove)
        self._state.panel.show_content(panel)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the attachments of the entry in the panel again."""
        from jindu_desk.queries.attachments import attachments_of

        panel = self._state.panel.content
        if not isinstance(panel, EntryPanel):
            return
        store, key = self._state.shell.desk.store, panel.row.id
        self._state.shell.tasks.run(lambda: attachments_of(store, Subject.EXPENSES, key), panel.attachments.show_rows)

    def show_printed(self, paper: str) -> None:
        """A paper of the book where all papers are shown, printed and saved."""
        self._state.shell.go("papers", paper=paper)

    def export(self) -> None:
        """Write the book with the entries on view into an .xlsx of the user's choice."""
        book, shell = self._state.book, self._state.shell
        if book is None:
            return
        unit = shell.desk.unit.unit.name
        folder = Path(shell.layout(_EXPORTED_TO) or Path.home())
        name, _ = QFileDialog.getSaveFileName(
            self._widget, "导出表格", str(folder / f"{unit}{book.year}年禁毒工作经费台账.xlsx"), "Excel 工作簿 (*.xlsx)"
        )
        if not name:
            return
        from jindu_desk.ui.paper_handing import with_ending

        target = with_ending(name, ".xlsx")
        wish, made_on, store = self._state.view.wish, self._state.today, shell.desk.store
        if wish is None:
            return

        def write() -> Path:
            from jindu_desk.operations.saving import save_file
            from jindu_desk.queries.expense_entries import entries_by_id, find_entries
            from jindu_desk.reports.expenses.workbook import expense_workbook

            found = find_entries(store, wish.unit_id, wish.filter, order=wish.order, descending=wish.descending)
            oldest_first = found.ids[::-1] if wish.order is Order.ON and wish.descending else found.ids
            entries = entries_by_id(store, wish.unit_id, book.year, oldest_first)
            save_file(target, expense_workbook(book, unit_name=unit, made_on=made_on, entries=entries))
            return target

        shell.keep_layout(_EXPORTED_TO, str(target.parent))
        shell.tasks.run(write, lambda path: shell.notice(f"已导出到“{path}”", "done"), title="导出表格")

    def _add(self, row: ExpenseRow, files: list[Path]) -> None:
        from jindu_desk.operations.expenses import attach_to_expense

        shell = self._state.shell
        shell.keep_layout(_PAPERS_FROM, str(files[0].parent))

        def attach() -> Changes:
            changes = Changes(frozenset())
            for path in files:
                changes |= attach_to_expense(shell.desk.store, shell.desk.paths, row.id, path)
            return changes

        said = f"已为第 {row.number} 号支出添加 {len(files)} 个附件"
        shell.carry_out(attach, said=said, title="添加附件")

    def _open_only(self, row: ExpenseRow) -> None:
        from jindu_desk.queries.attachments import attachments_of

        def found(rows: tuple[AttachmentRow, ...]) -> None:
            if len(rows) == 1:
                self._open(rows[0])
            else:
                self.show_entry(row)

        store = self._state.shell.desk.store
        self._state.shell.tasks.run(lambda: attachments_of(store, Subject.EXPENSES, row.id), found)

    def _open(self, row: AttachmentRow) -> None:
        from jindu_desk.queries.attachments import copy_out

        shell = self._state.shell

        def opened(path: Path) -> None:
            if not open_outside(path):
                shell.notice(f"没有能打开“{path.name}”的程序。副本在“{path}”。", "warning")

        shell.tasks.run(lambda: copy_out(shell.desk.paths, row, fresh_folder()), opened)

    def _remove(self, row: AttachmentRow) -> None:
        from jindu_desk.operations.expenses import detach_from_expense

        shell = self._state.shell
        if shell.ask(f"从这笔支出移除附件“{row.name}”？", "移除", danger=True):
            shell.carry_out(lambda: detach_from_expense(shell.desk.store, row.id), said=f"已移除“{row.name}”")
