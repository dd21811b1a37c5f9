"""回执: the units below, which of them have something to be told, and the button that writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from jindu_desk.queries.exchange.answers import AnswerRow
from jindu_desk.ui.direct.choosable_rows import ChoosableRows, tick_by_space
from jindu_desk.ui.direct.columns import ANSWER_COLUMNS
from jindu_desk.ui.direct.loading import Loaded
from jindu_desk.ui.direct.words import answer_sentence
from jindu_desk.ui.direct.write_bar import WriteBar
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.tables import rows_view, select_same
from jindu_desk.ui.theme.measures import GROUP


class AnswersView(QWidget):
    """``write(folder)``; ``selected(row)`` when a unit was selected, ``open_unit(row)`` when it was opened;
    ``to_units()`` where there is none yet."""

    def __init__(
        self,
        *,
        write: Callable[[Path], object],
        make_key: Callable[[], object],
        may_write: Callable[[], bool | str],
        open_unit: Callable[[AnswerRow], object],
        selected: Callable[[AnswerRow], object],
        to_units: Callable[[], object],
        last: Callable[[], str],
    ) -> None:
        super().__init__()
        self._may_write = may_write
        self._can_sign = True
        self._news: set[str] = set()
        self.model = ChoosableRows(ANSWER_COLUMNS, lambda row: row.unit.id)
        self.model.chosen_changed.connect(self._show_bar)
        self.view = rows_view(self.model, name="各单位的回执")
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._tell(selected))
        self.view.activated.connect(lambda _index: self._tell(open_unit))
        tick_by_space(self.view, self.model)
        self._said = QLabel()
        self._said.setProperty("role", "muted")
        self._said.setWordWrap(True)
        self.bar = WriteBar("写回执", write, make_key, self._can_press, last)
        self._empty = EmptyState(
            "这里给下级单位写回执。名单里还没有下级单位，请先添加。",
            Action("去名单", to_units, "building-2", role="primary"),
            icon="building-2",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._said)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self.bar)

    def show_loaded(self, loaded: Loaded) -> None:
        """Other rows under the same selection. News ticks a unit, an answer unticks it; the rest is the user's."""
        rows, chosen = loaded.answers, self.view.selectionModel().selectedRows()
        same = self.model.row(chosen[0]).unit.id if chosen else None
        ticked = {row.unit.id for row in self.model.chosen}
        news = {row.unit.id for row in rows if row.news}
        self.view.selectionModel().blockSignals(True)
        self.model.show_rows(rows)
        if same is not None:
            select_same(self.view, self.model, lambda row: row.unit.id, same)
        self.view.selectionModel().blockSignals(False)
        self.model.choose((ticked | (news - self._news)) - (self._news - news))
        self._news, self._can_sign = news, loaded.can_sign
        for widget in (self.view, self._said, self.bar):
            widget.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._said.setText(
            f"{len(rows)} 个下级单位，{len(news)} 个有新情况。空格键勾选；双击或回车看写过的回执、解锁月份。"
        )
        self._show_bar()

    @property
    def all_chosen(self) -> bool:
        return bool(self.model.rows) and len(self.model.chosen) == len(self.model.rows)

    def choose_all(self) -> None:
        """All, or none where all are ticked already."""
        self.model.choose(() if self.all_chosen else [row.unit.id for row in self.model.rows])

    def choose_only(self, unit_id: str) -> None:
        """Tick one unit and no other, and go to its row."""
        if select_same(self.view, self.model, lambda row: row.unit.id, unit_id):
            self.model.choose((unit_id,))
            self.view.setFocus()

    def choose_news(self) -> None:
        self.model.choose(self._news)

    def _show_bar(self) -> None:
        self.bar.show_state(answer_sentence(self.model.chosen), can_sign=self._can_sign)

    def _can_press(self) -> bool | str:
        allowed = self._may_write()
        return allowed if allowed is not True else bool(self.model.chosen) or "请先勾选要写回执的单位"

    def _tell(self, then: Callable[[AnswerRow], object]) -> None:
        chosen = self.view.selectionModel().selectedRows()
        if chosen:
            then(self.model.row(chosen[0]))
