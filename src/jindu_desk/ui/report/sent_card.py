"""已写出的包: what went up, what became of it, and handing one out once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.queries.exchange.superior import SentPackage
from jindu_desk.ui.cards import Card
from jindu_desk.ui.page_action import Action, apply_condition, button_for
from jindu_desk.ui.report.columns import SENT_COLUMNS
from jindu_desk.ui.tables import RowsModel, rows_view, select_same
from jindu_desk.ui.theme.measures import GROUP, row_height

_LEAST, _MOST = 3, 8  # rows in view


class SentCard(Card):
    """``again(row)`` and ``slip(row)`` are called for the row that is chosen."""

    def __init__(
        self,
        again: Callable[[SentPackage], object],
        slip: Callable[[SentPackage], object],
        condition: Callable[[], bool | str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("已写出的包", icon="history", parent=parent)
        self._condition = condition
        self.model = RowsModel(SENT_COLUMNS)
        self.view = rows_view(self.model, name="已写出的包", compact=True)
        self.view.activated.connect(lambda _index: self._with_chosen(again))
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._ask_again())
        self._nothing = QLabel("还没有写出过数据包。首先写密钥登记包，让上级认得本机的签名。")
        self._nothing.setWordWrap(True)
        self._nothing.setProperty("role", "muted")
        self._actions = (
            Action("重新递交…", lambda: self._with_chosen(again), "usb", condition=self._can_hand_out),
            Action("打印上报单", lambda: self._with_chosen(slip), "printer", condition=self._has_slip),
        )
        self.buttons = tuple(button_for(action) for action in self._actions)
        self._hint = QLabel("重新递交照原样再写一次，不占新编号，不锁定月份。")
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(GROUP)
        for button in self.buttons:
            row.addWidget(button)
        row.addWidget(self._hint, 1)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.view)
        self.body.addLayout(row)
        self.show_rows(())

    @property
    def chosen(self) -> SentPackage | None:
        selected = self.view.selectionModel().selectedRows()
        return self.model.row(selected[0]) if selected else None

    def show_rows(self, rows: Sequence[SentPackage]) -> None:
        """Keeping what is chosen; at first, and when another was written, the newest."""
        before, newest = self.chosen, rows[0] if rows else None
        is_new = newest is not None and _identity(newest) not in map(_identity, self.model.rows)
        self.model.show_rows(rows)
        for widget in (self.view, self._hint, *self.buttons):
            widget.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        high = max(_LEAST, min(_MOST, len(rows))) * row_height(self.view, compact=True)
        bar = self.view.horizontalScrollBar().sizeHint().height()
        self.view.setFixedHeight(self.view.horizontalHeader().sizeHint().height() + high + bar)
        if newest is not None and (is_new or before is None or not self.choose(before)):
            self.choose(newest)
        self._ask_again()

    def choose(self, row: SentPackage) -> bool:
        return select_same(self.view, self.model, _identity, _identity(row))

    def _ask_again(self) -> None:
        for button, action in zip(self.buttons, self._actions, strict=True):
            apply_condition(button, action)

    def _can_hand_out(self) -> bool | str:
        if self.chosen is None:
            return "请先在表里选一份。"
        return self._condition()

    def _has_slip(self) -> bool | str:
        if self.chosen is None:
            return "请先在表里选一份。"
        return self.chosen.kind is PackageKind.REPORT or "上报单随上报包走；密钥登记包配密钥登记表。"

    def _with_chosen(self, then: Callable[[SentPackage], object]) -> None:
        if self.chosen is not None:
            then(self.chosen)


def _identity(row: SentPackage) -> tuple[PackageKind, str, int]:
    return row.kind, row.receiver, row.number
