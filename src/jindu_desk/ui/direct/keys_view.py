"""密钥: all keys on record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from jindu_desk.queries.exchange.key_list import KeyRow
from jindu_desk.ui.direct.columns import KEY_COLUMNS
from jindu_desk.ui.direct.loading import Loaded
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.tables import RowsModel, rows_view, select_same
from jindu_desk.ui.theme.measures import GROUP


class KeysView(QWidget):
    """``open_key(row)`` when a key was clicked or Enter pressed on it."""

    def __init__(self, open_key: Callable[[KeyRow], object], enrol: Action) -> None:
        super().__init__()
        self._open_key = open_key
        self.model = RowsModel(KEY_COLUMNS)
        self.view = rows_view(self.model, name="登记的密钥")
        self.view.clicked.connect(lambda _index: self._opened())
        self.view.activated.connect(lambda _index: self._opened())
        self._said = QLabel()
        self._said.setProperty("role", "muted")
        self._said.setWordWrap(True)
        self._empty = EmptyState(
            "这里列出各单位的签名密钥。每个下级的第一把密钥要当面或电话核对指纹后登记，以后的由它自己介绍。",
            enrol,
            icon="key-round",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._said)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)

    def show_loaded(self, loaded: Loaded) -> None:
        rows = loaded.keys
        chosen = self.view.selectionModel().selectedRows()
        same = self.model.row(chosen[0]).id if chosen else None
        self.view.selectionModel().blockSignals(True)
        self.model.show_rows(rows)
        if same is not None:
            select_same(self.view, self.model, lambda row: row.id, same)
        self.view.selectionModel().blockSignals(False)
        good = [row for row in rows if row.revoked_at is None]
        self._said.setText(
            f"{len({row.unit_id for row in good})} 个单位的 {len(good)} 把密钥可用，"
            f"{len(rows) - len(good)} 把已作废。点一行看指纹，或作废。"
        )
        for widget in (self.view, self._said):
            widget.setVisible(bool(rows))
        self._empty.setVisible(not rows)

    def _opened(self) -> None:
        chosen = self.view.selectionModel().selectedRows()
        if chosen:
            self._open_key(self.model.row(chosen[0]))
