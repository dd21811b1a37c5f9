"""接收: builds the page and wires its parts; `Reading` reads the files, `Deciding` does what a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.domain.changes import Subject
from jindu_desk.queries.exchange import ReceivedRow, SignerRow, StreamRow
from jindu_desk.queries.units import UnitRow
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.receive.columns import FILE_COLUMNS, RECORD_COLUMNS, SIGNER_COLUMNS, STREAM_COLUMNS
from jindu_desk.ui.receive.deciding import Deciding
from jindu_desk.ui.receive.drop_area import SUFFIX, DropArea, packages_in
from jindu_desk.ui.receive.reading import Reading
from jindu_desk.ui.receive.rows import FileRow, brought_up_to_date, row_of_record
from jindu_desk.ui.receive.words import sum_line, verdict_words
from jindu_desk.ui.side_panel import SidePanel
from jindu_desk.ui.tables import RowsModel, rows_view, select_same
from jindu_desk.ui.theme.measures import BETWEEN, GROUP

if TYPE_CHECKING:
    from jindu_desk.domain.months import Month
    from jindu_desk.ui.frame.screen import Shell

_LAST_FOLDER = "receive.folder"
_NOW, _RECORD, _UNITS, _KEYS = range(4)


@dataclass(frozen=True, slots=True)
class _Loaded:
    month: Month
    records: tuple[ReceivedRow, ...]
    streams: tuple[StreamRow, ...]
    signers: tuple[SignerRow, ...]


class ReceivePage(PageScaffold):
    """What the units below handed in."""

    subjects = frozenset({Subject.EXCHANGE.value, Subject.UNITS.value})

    def __init__(self, shell: Shell) -> None:
        super().__init__("接收")
        self._shell = shell
        self._units: tuple[UnitRow, ...] = ()
        self._wanted = ""
        self.panel = SidePanel()
        self.files = RowsModel(FILE_COLUMNS)
        self.records = RowsModel(RECORD_COLUMNS)
        self.streams = RowsModel(STREAM_COLUMNS)
        self.signers = RowsModel(SIGNER_COLUMNS)
        self.reading = Reading(shell, self._show_files, self._read_to_the_end, self)
        self._deciding = Deciding(shell, self.panel, self._units_below, self.reading.start_untrusted)
        self.set_actions(
            (
                Action("选择文件…", self._pick_files, "package-open", "Ctrl+O", self._can_read, role="primary"),
                Action("选择文件夹…", self._pick_folder, "folder-open", condition=self._can_read),
                Action("登记密钥…", self._deciding.start_enrolling, "key-round", condition=self._can_write),
                Action("导出签名名册…", self._export_roster, "download", role="more"),
            )
        )
        self._lay_out()

    def _lay_out(self) -> None:
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("接收的几个方面")
        self._tabs.setDrawBase(False)
        for title in ("本次读入", "接收记录", "各单位", "已登记密钥"):
            self._tabs.addTab(title)
        self._pages = QStackedWidget()
        self.sum = QLabel()
        self.sum.setAccessibleName("本次合计")
        self._files_view = self._view(self.files, "本次读入的文件")
        self._records_view = self._view(self.records, "接收记录")
        self._signers_view = rows_view(self.signers, name="已登记密钥")
        self._signers_view.selectionModel().selectionChanged.connect(lambda *_: self._open_signer())
        self._empty = EmptyState(
            "把上报文件拖到这里，或选择U盘里的文件、文件夹。每个文件都会核对签名，并给出一句结论。",
            Action("选择文件…", self._pick_files, "package-open", condition=self._can_read),
        )
        now = QWidget()
        column = QVBoxLayout(now)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._files_view, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self.sum)
        for page in (now, self._records_view, rows_view(self.streams, name="各单位的进度"), self._signers_view):
            self._pages.addWidget(page)
        self._tabs.currentChanged.connect(self._show_tab)
        area = DropArea(self.read)
        left = QVBoxLayout(area)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(GROUP)
        left.addWidget(self._tabs)
        left.addWidget(self._pages, 1)
        row = QHBoxLayout()
        row.setSpacing(BETWEEN)
        row.addWidget(area, 1)
        row.addWidget(self.panel)
        self.body.addLayout(row, 1)
        self._show_files(())

    def _view(self, model: RowsModel[FileRow], name: str) -> QTableView:
        view = rows_view(model, name=name)
        view.selectionModel().selectionChanged.connect(lambda *_: self._open_row(view, model))
        view.clicked.connect(lambda _index: self._open_row(view, model))
        view.activated.connect(lambda _index: self._open_row(view, model))
        return view

    def show_month(self, _month: Month) -> None:
        self.refresh()

    def open_at(self, *, received: str = "") -> None:
        """``received``: the id of a package to show."""
        self._wanted = received
        self._tabs.setCurrentIndex(_RECORD)
        self._choose_wanted()

    def refresh(self) -> None:
        desk, month = self._shell.desk, self._shell.month

        def load() -> tuple[_Loaded, tuple[UnitRow, ...]]:
            from jindu_desk.queries.exchange import received, signers, streams
            from jindu_desk.queries.units import units_below

            below = units_below(desk.store, desk.unit.unit.id, month)
            return _Loaded(month, received(desk.store), streams(desk.store, month), signers(desk.store)), below

        self._shell.tasks.run(load, self._show)

    def read(self, paths: list[Path]) -> None:
        """Read these files, and the packages in these folders."""
        if self._can_read() is not True:
            return
        self._shell.tasks.run(lambda: packages_in(paths), self._start)

    def _start(self, found: list[Path]) -> None:
        if not found:
            self._shell.notice(f"没有找到上报文件（*{SUFFIX}）。请确认选对了U盘或文件夹。", "warning")
            return
        self._shell.keep_layout(_LAST_FOLDER, str(found[0].parent))
        self._tabs.setCurrentIndex(_NOW)
        self.reading.start(found)
        self.update_actions()

    def _show(self, found: tuple[_Loaded, tuple[UnitRow, ...]]) -> None:
        loaded, self._units = found
        if loaded.month != self._shell.month:
            return
        by_id = {record.id: record for record in loaded.records}
        self._show_records(self.records, self._records_view, tuple(row_of_record(record) for record in loaded.records))
        self.reading.rows = tuple(
            brought_up_to_date(row, by_id.get(row.received_id or "")) for row in self.reading.rows
        )
        self._show_records(self.files, self._files_view, self.reading.rows)
        self._show_sum(self.reading.rows)
        self.streams.show_rows(loaded.streams)
        self.signers.show_rows(loaded.signers)
        self._tabs.setTabText(_RECORD, f"接收记录 {len(loaded.records)}" if loaded.records else "接收记录")
        self.update_actions()
        self._choose_wanted()

    def _show_records(self, model: RowsModel[FileRow], view: QTableView, rows: tuple[FileRow, ...]) -> None:
        """Other rows under the same selection; what stands in the panel is not opened anew."""
        chosen = view.selectionModel().selectedRows()
        same = model.row(chosen[0]).received_id if chosen else None
        view.selectionModel().blockSignals(True)
        model.show_rows(rows)
        if same is not None:
            select_same(view, model, lambda row: row.received_id, same)
        view.selectionModel().blockSignals(False)

    def _show_files(self, rows: tuple[FileRow, ...]) -> None:
        self._show_records(self.files, self._files_view, rows)
        self._show_sum(rows)

    def _show_sum(self, rows: tuple[FileRow, ...]) -> None:
        self._files_view.setVisible(bool(rows))
        self.sum.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.sum.setText(f"共 {len(rows)} 个文件：{sum_line(rows)}")

    def _read_to_the_end(self, rows: tuple[FileRow, ...], wanted: int) -> None:
        self.update_actions()
        if len(rows) < wanted:
            self._shell.notice(f"已停止，读完的 {len(rows)} 个文件都已保存。", "info")
        else:
            good = all(verdict_words(row)[1] == "done" for row in rows)
            self._shell.notice(f"读完 {len(rows)} 个文件：{sum_line(rows)}。", "done" if good else "warning")

    def _show_tab(self, tab: int) -> None:
        self._pages.setCurrentIndex(tab)

    def _open_row(self, view: QTableView, model: RowsModel[FileRow]) -> None:
        chosen = view.selectionModel().selectedRows()
        if chosen:
            self._deciding.show_row(model.row(chosen[0]))

    def _open_signer(self) -> None:
        chosen = self._signers_view.selectionModel().selectedRows()
        if chosen:
            self._deciding.show_signer(self.signers.row(chosen[0]))

    def _choose_wanted(self) -> None:
        if self._wanted and select_same(self._records_view, self.records, lambda row: row.received_id, self._wanted):
            self._wanted = ""

    def _units_below(self) -> tuple[UnitRow, ...]:
        superior = self._shell.desk.unit.superior
        return (*self._units, *((superior,) if superior else ()))

    def _can_write(self) -> bool | str:
        return self._shell.desk.why_read_only or True

    def _can_read(self) -> bool | str:
        return self._shell.desk.why_read_only or not self.reading.busy

    def _pick_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, "选择上报文件", self._shell.layout(_LAST_FOLDER), f"上报文件 (*{SUFFIX});;所有文件 (*)"
        )
        if names:
            self.read([Path(name) for name in names])

    def _pick_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择上报文件所在的文件夹", self._shell.layout(_LAST_FOLDER))
        if name:
            self.read([Path(name)])

    def _export_roster(self) -> None:
        start = str(Path(self._shell.layout(_LAST_FOLDER)) / "allowed_signers")
        chosen, _ = QFileDialog.getSaveFileName(self, "导出签名名册", start)
        if not chosen:
            return
        desk = self._shell.desk

        def export() -> str:
            from jindu_desk.operations.exchange_keys import write_roster_files

            write_roster_files(desk.store, Path(chosen))
            return chosen

        self._shell.tasks.run(export, lambda path: self._shell.notice(f"签名名册已导出到 {path}。", "done"))
