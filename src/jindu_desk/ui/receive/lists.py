"""The four lists of the page: files just read, the record, the units below, the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.receive.columns import FILE_COLUMNS, RECORD_COLUMNS, SIGNER_COLUMNS, STREAM_COLUMNS
from jindu_desk.ui.receive.deciding import Deciding, Same, same
from jindu_desk.ui.receive.keys import Keys
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.receive.words import sum_line
from jindu_desk.ui.tables import Column, RowsModel, rows_view
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import GROUP

NOW, RECORD, UNITS, KEYS = range(4)


class Lists(QWidget):
    """Whatever row is chosen is shown by ``deciding`` or ``keys``; ``periods_of(stream)``: the months of a unit."""

    def __init__(
        self,
        deciding: Deciding,
        keys: Keys,
        periods_of: Callable[[str], tuple[str, ...]],
        *,
        pick: Action,
        again: Action,
    ) -> None:
        super().__init__()
        self._deciding, self._keys, self._periods_of = deciding, keys, periods_of
        self.files = RowsModel(FILE_COLUMNS)
        self.records = RowsModel(RECORD_COLUMNS)
        self.streams = RowsModel(STREAM_COLUMNS)
        self.signers = RowsModel(SIGNER_COLUMNS)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("接收的几个方面")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title in ("本次读入", "接收记录", "各单位", "已登记密钥"):
            self.tabs.addTab(title)
        self._pages = QStackedWidget()
        self.sum = QLabel()
        self.sum.setWordWrap(True)
        self.files_view = self._view(self.files, "本次读入的文件")
        self.records_view = self._view(self.records, "接收记录")
        self.streams_view = rows_view(self.streams, name="各单位的进度")
        self.streams_view.selectionModel().selectionChanged.connect(lambda *_: self._open_unit())
        self.signers_view = rows_view(self.signers, name="已登记密钥")
        self.signers_view.selectionModel().selectionChanged.connect(lambda *_: self._open_signer())
        self._empty = EmptyState(
            "把上报文件拖到这里，或选择U盘里的文件、文件夹。每个文件都会核对签名，并给出一句结论。", pick
        )
        now = QWidget()
        column = QVBoxLayout(now)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.files_view, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self.sum)
        for page in (now, self.records_view, self.streams_view, self.signers_view):
            self._pages.addWidget(page)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self._again = QWidget()
        self._again_words = QLabel()
        self._again_words.setWordWrap(True)
        row = QHBoxLayout(self._again)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GROUP)
        row.addWidget(IconSign("key-round", "info"))
        row.addWidget(self._again_words, 1)
        row.addWidget(button_for(again))
        self._again.setVisible(False)
        left = QVBoxLayout(self)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(GROUP)
        left.addWidget(self.tabs)
        left.addWidget(self._again)
        left.addWidget(self._pages, 1)
        self.show_files(())

    def show_files(self, rows: tuple[FileRow, ...]) -> None:
        """The files of this batch and their sum."""
        self._show(self.files, self.files_view, rows)
        self.files_view.setVisible(bool(rows))
        self.sum.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.sum.setText(f"共 {len(rows)} 个文件：{sum_line(rows)}")

    def show_records(self, rows: tuple[FileRow, ...]) -> None:
        self._show(self.records, self.records_view, rows)
        self.tabs.setTabText(RECORD, f"接收记录 {len(rows)}" if rows else "接收记录")

    def offer_again(self, count: int) -> None:
        """New keys came: so many files that were not trusted may be read now; 0 takes the line away."""
        self._again_words.setText(f"登记了新的密钥。以前有 {count} 个文件因来源不可信没有读入，现在可以再读一次。")
        self._again.setVisible(count > 0)

    def make_room(self, panel_is_open: bool) -> None:
        """Beside an open panel the names would be cut to nothing: what the panel says is left out of the lists."""
        fixed, wide = QHeaderView.ResizeMode.Interactive, QHeaderView.ResizeMode.Stretch
        narrowed: tuple[tuple[QTableView, Sequence[Column[Any]], str, frozenset[str]], ...] = (
            (self.files_view, FILE_COLUMNS, "文件", frozenset({"说明"})),
            (self.records_view, RECORD_COLUMNS, "单位", frozenset({"时间", "说明"})),
            (self.streams_view, STREAM_COLUMNS, "单位", frozenset({"密钥", "已收到第几号", "代码"})),
            (self.signers_view, SIGNER_COLUMNS, "单位", frozenset({"指纹"})),
        )
        for view, columns, grows, told in narrowed:
            for place, column in enumerate(columns):
                view.setColumnHidden(place, panel_is_open and column.title in told)
                if column.title == grows:
                    view.horizontalHeader().setSectionResizeMode(place, wide if panel_is_open else fixed)

    def shown_rows(self) -> dict[Same, FileRow]:
        """The packages on the tab that is seen."""
        model = self.records if self.tabs.currentIndex() == RECORD else self.files
        return {same(row): row for row in model.rows}

    def take_keyboard(self) -> None:
        """Back from the panel: the list goes on where it was."""
        view = (self.files_view, self.records_view, self.streams_view, self.signers_view)[self.tabs.currentIndex()]
        view.setFocus()

    def _view(self, model: RowsModel[FileRow], name: str) -> QTableView:
        view = rows_view(model, name=name)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.selectionModel().selectionChanged.connect(lambda *_: self._open(view, model))
        view.clicked.connect(lambda _index: self._open(view, model))
        view.activated.connect(lambda _index: self._open(view, model))
        return view

    def _show(self, model: RowsModel[FileRow], view: QTableView, rows: tuple[FileRow, ...]) -> None:
        """Other rows under the same selection; what stands in the panel is not opened anew."""
        selection = view.selectionModel()
        chosen = {same(model.row(index)) for index in selection.selectedRows()}
        selection.blockSignals(True)
        model.show_rows(rows)
        for number, row in enumerate(model.rows):
            if same(row) in chosen:
                selection.select(model.index(number, 0), selection.SelectionFlag.Select | selection.SelectionFlag.Rows)
        selection.blockSignals(False)

    def _open(self, view: QTableView, model: RowsModel[FileRow]) -> None:
        chosen = sorted(view.selectionModel().selectedRows(), key=lambda index: index.row())
        self._deciding.show_rows([model.row(index) for index in chosen])

    def _open_unit(self) -> None:
        chosen = self.streams_view.selectionModel().selectedRows()
        if chosen:
            row = self.streams.row(chosen[0])
            self._deciding.show_unit(row, self._periods_of(row.unit.id))

    def _open_signer(self) -> None:
        chosen = self.signers_view.selectionModel().selectedRows()
        if chosen:
            self._keys.show_signer(self.signers.row(chosen[0]))
