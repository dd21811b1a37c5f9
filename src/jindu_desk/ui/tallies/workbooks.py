"""Fill-in workbooks for the villages: written to a file, and read in after a look at what would change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from jindu_desk.operations.fill_workbook import FillResult, fill_workbook, read_workbook_file, write_template
from jindu_desk.operations.saving import save_file
from jindu_desk.queries.protection import hiding
from jindu_desk.queries.tallies import sheet
from jindu_desk.reports.protection_wording import PROTECTED
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.paper_handing import with_ending
from jindu_desk.ui.tallies.previews import WorkbookPreview
from jindu_desk.ui.tallies.state import SheetState
from jindu_desk.ui.tasks import Progress

_FOLDER = "tallies.workbooks"
_KIND = "Excel 工作簿 (*.xlsx)"


class Workbooks:
    """``widget`` is the parent of the dialogs."""

    def __init__(self, shell: Shell, widget: QWidget) -> None:
        self._shell, self._widget = shell, widget

    def ask_where_to_export(self, state: SheetState) -> None:
        month = state.found.month
        name = f"{state.found.township.name}{month.year}年{month.number}月台账填报表.xlsx"
        start = str(self._folder() / name)
        chosen, _ = QFileDialog.getSaveFileName(self._widget, "导出填报表", start, _KIND)
        if chosen:
            self.export(state, with_ending(chosen, ".xlsx"))

    def export(self, state: SheetState, path: Path) -> None:
        """Write the workbook of all villages."""
        store, township, month = self._shell.desk.store, state.found.township.id, state.found.month
        self._keep(path)
        self._shell.tasks.run(
            lambda: write_template(store, township, month, path),
            lambda written: self._shell.notice(f"已导出填报表：{written}。每个村（社区）一张工作表。", "done"),
            title="导出填报表",
        )

    def ask_where_to_save_month(self, state: SheetState, *, protected: bool) -> None:
        month = state.found.month
        version = PROTECTED if protected else "内部"
        start = str(self._folder() / f"{state.found.township.name}{month.year}年{month.number}月台账（{version}）.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self._widget, "导出本月台账", start, _KIND)
        if chosen:
            self.save_month(state, with_ending(chosen, ".xlsx"), protected=protected)

    def save_month(self, state: SheetState, path: Path, *, protected: bool) -> None:
        """Write the month as it is stored: ``protected`` where it leaves the office, else for its own file."""
        store, township, month = self._shell.desk.store, state.found.township.id, state.found.month
        catalogue, own = state.catalogue, self._shell.desk.unit
        self._keep(path)

        def write(progress: Progress) -> Path:
            from jindu_desk.queries.settings import settings
            from jindu_desk.reports.paper_wording import paper_wording
            from jindu_desk.reports.tallies.month_workbook import month_xlsx

            protection = hiding(store, township, month, progress.step).month if protected else None
            signatures = paper_wording(own, settings(store)).signatures
            save_file(path, month_xlsx(sheet(store, township, month), catalogue, protection, signatures))
            return path

        self._shell.tasks.run(
            write,
            lambda written: self._shell.notice(f"已导出本月台账{'（保护版）' if protected else ''}：{written}", "done"),
            title="导出本月台账",
            progress=True,
            cancellable=True,
        )

    def ask_what_to_import(self, state: SheetState) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._widget, "导入填报表", str(self._folder()), _KIND)
        if chosen:
            self.look_into(state, Path(chosen))

    def look_into(self, state: SheetState, path: Path) -> None:
        """Read the workbook and show what would change."""
        store, township, month = self._shell.desk.store, state.found.township.id, state.found.month
        self._keep(path)

        def dry_run() -> tuple[bytes, FillResult]:
            content = read_workbook_file(path)
            return content, fill_workbook(store, township, month, content, file=path.name, dry_run=True)

        def show(read: tuple[bytes, FillResult]) -> None:
            content, result = read
            preview = WorkbookPreview(path.name, result, self._widget)
            if preview.exec() == QDialog.DialogCode.Accepted:
                self._shell.carry_out(
                    lambda: fill_workbook(store, township, month, content, file=path.name),
                    said=f"已从“{path.name}”导入 {len(result.changes)} 个数字",
                )
            preview.deleteLater()

        self._shell.tasks.run(dry_run, show, title="读取填报表")

    def _folder(self) -> Path:
        return Path(self._shell.layout(_FOLDER) or Path.home())

    def _keep(self, path: Path) -> None:
        self._shell.keep_layout(_FOLDER, str(path.parent))
