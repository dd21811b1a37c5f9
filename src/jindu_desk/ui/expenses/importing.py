"""A finance office's list: chosen, its columns named, tried, booked; what is left out can be saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from jindu_desk.domain.money import yuan_text
from jindu_desk.errors import DeskError

if TYPE_CHECKING:
    from jindu_desk.domain.expense_lists import ListMapping
    from jindu_desk.operations.expense_import import ImportPlan
    from jindu_desk.reports.expenses.list_reading import ReadList
    from jindu_desk.ui.expenses.import_dialog import ImportDialog
    from jindu_desk.ui.expenses.state import PageState

_FOLDER = "expenses.imported_from"
_KINDS = "财务清单 (*.xlsx *.csv *.txt *.tsv)"


class Importing:
    """``widget`` is the parent of the dialogs."""

    def __init__(self, state: PageState, widget: QWidget) -> None:
        self._state, self._widget = state, widget

    def choose_file(self) -> None:
        folder = self._state.shell.layout(_FOLDER) or str(Path.home())
        name, _ = QFileDialog.getOpenFileName(self._widget, "导入财务清单", folder, _KINDS)
        if name:
            self.look_into(Path(name))

    def look_into(self, path: Path) -> None:
        """Read a list and show what its columns are taken for."""
        book, shell = self._state.book, self._state.shell
        if book is None:
            return
        shell.keep_layout(_FOLDER, str(path.parent))
        store, lines = shell.desk.store, book.lines

        def read() -> tuple[ReadList, ListMapping]:
            from jindu_desk.operations.expense_import import line_texts, read_list_file
            from jindu_desk.queries.expense_lists import proposed_mapping

            found = read_list_file(path)
            first = proposed_mapping(store, found.headings, (), lines)
            return found, proposed_mapping(store, found.headings, line_texts(found, first), lines)

        shell.tasks.run(read, lambda come: self._show(*come), title="读取清单")

    def _show(self, read: ReadList, mapping: ListMapping) -> None:
        from jindu_desk.ui.expenses.import_dialog import ImportDialog

        book = self._state.book
        if book is None:
            return
        dialog = ImportDialog(read, mapping, book, self._widget)
        dialog.try_wanted.connect(lambda: self._try(dialog))
        dialog.save_wanted.connect(lambda: self._save_left_out(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda: self._import(dialog))
        self._try(dialog)
        dialog.open()

    def _try(self, dialog: ImportDialog) -> None:
        from jindu_desk.operations.expense_import import plan_import
        from jindu_desk.ui.expenses.import_dialog import Tried

        shell, read, mapping, year = self._state.shell, dialog.read, dialog.mapping(), dialog.year
        store, unit, duplicates = shell.desk.store, dialog.unit_id, dialog.with_duplicates

        def tried(plan: ImportPlan) -> None:
            dialog.show_tried(Tried(mapping, duplicates, plan))

        def failed(error: Exception) -> None:
            if isinstance(error, DeskError):
                dialog.show_refusal(str(error))

        shell.tasks.run(
            lambda: plan_import(store, unit, year, read, mapping, with_duplicates=duplicates), tried, failed
        )

    def _import(self, dialog: ImportDialog) -> None:
        from jindu_desk.operations.expense_import import import_expenses

        shell, tried, read = self._state.shell, dialog.tried, dialog.read
        if tried is None:
            return
        store, unit, year = shell.desk.store, dialog.unit_id, dialog.year

        def booked(plan: ImportPlan) -> None:
            count = len(tried.booked)
            left = f"，{len(plan.left_out)} 行没有登记" if plan.left_out else ""
            shell.notice(f"已从“{read.file}”登记 {count} 笔，共 {yuan_text(plan.total_fen)} 元{left}", "done")

        shell.carry_out(
            lambda: import_expenses(
                store, unit, year, read, tried.mapping, tried.plan, with_duplicates=tried.with_duplicates
            ),
            then=booked,
            title="导入财务清单",
        )

    def _save_left_out(self, dialog: ImportDialog) -> None:
        tried, read, shell = dialog.tried, dialog.read, self._state.shell
        if tried is None:
            return
        start = Path(shell.layout(_FOLDER) or Path.home()) / f"{Path(read.file).stem}－未导入的行.xlsx"
        name, _ = QFileDialog.getSaveFileName(dialog, "另存未导入的行", str(start), "Excel 工作簿 (*.xlsx)")
        if not name:
            return
        from jindu_desk.ui.paper_handing import with_ending

        target = with_ending(name, ".xlsx")
        rows = [(judged.row.number, str(judged.why), judged.row.cells) for judged in tried.plan.left_out]

        def write() -> Path:
            from jindu_desk.operations.saving import save_file
            from jindu_desk.reports.expenses.left_out_rows_workbook import left_out_rows_workbook

            save_file(target, left_out_rows_workbook(read.headings, rows))
            return target

        def failed(error: Exception) -> None:
            if isinstance(error, DeskError):
                dialog.show_refusal(str(error))

        shell.tasks.run(write, lambda path: dialog.say(f"已存到“{path}”。"), failed)
