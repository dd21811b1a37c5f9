"""The desk: four cards, what is due in the next 60 days, and what came in."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget, QTableView, QWidget

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.queries.overview import HORIZON_DAYS, Overview, overview
from jindu_desk.ui.cards import Card
from jindu_desk.ui.desk.columns import CAME_COLUMNS, DUTY_COLUMNS
from jindu_desk.ui.desk.glance_card import GlanceCard
from jindu_desk.ui.desk.glances import cards_of, glances
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.reflowing_grid import ReflowingGrid
from jindu_desk.ui.tables import R, RowsModel, rows_view


class DeskPage(PageScaffold):
    """See `frame/screen.py` for the contract."""

    subjects = frozenset({"meetings", "tallies", "expenses", "units", "duties", "exchange"})

    def __init__(self, shell: Shell) -> None:
        super().__init__("工作台")
        self._shell = shell
        tier = shell.desk.unit.unit.tier
        self.cards = tuple(GlanceCard(spec.title, spec.icon, shell.go) for spec in cards_of(tier))
        self.duties = RowsModel(DUTY_COLUMNS)
        self._duties_view = rows_view(self.duties, name="近期到期的职责")
        self._duties_view.activated.connect(self._open_duty)
        self._duties = _ListCard(
            f"未来 {HORIZON_DAYS} 天到期",
            self._duties_view,
            EmptyState("没有逾期和近期到期的事项。", icon="calendar-check"),
        )
        self.came = RowsModel(CAME_COLUMNS)
        self._came_view = rows_view(self.came, name="收到的数据包")
        self._came_view.activated.connect(lambda _index: shell.go("receive"))
        if tier is Tier.TOWNSHIP:
            title, nothing = "上级发回", "上级的回执和退回意见会列在这里。"
        else:
            title, nothing = "最近收到", "收到的数据包会列在这里。从“接收”页读入下级单位的文件。"
        self._came = _ListCard(title, self._came_view, EmptyState(nothing, icon="inbox"))
        lists = (self._duties, self._came)
        self.body.addWidget(ReflowingGrid(self.cards, columns=4, fewer=2, enough=840))
        self.body.addWidget(ReflowingGrid(lists, columns=2, fewer=1, enough=760, stretch=(3, 2)), 1)

    def show_month(self, month: Month) -> None:
        self.set_title(f"工作台 · {month_text(month)}")
        self.refresh()

    def refresh(self) -> None:
        desk, month = self._shell.desk, self._shell.month
        self._shell.tasks.run(lambda: overview(desk.store, desk.unit, month), self._show)

    def _show(self, found: Overview) -> None:
        if found.month != self._shell.month:
            return
        for card, glance in zip(self.cards, glances(found), strict=True):
            card.show_glance(glance)
        self._duties.show_rows(self.duties, found.duties)
        self._came.show_rows(self.came, found.came)

    def _open_duty(self, index: QModelIndex) -> None:
        self._shell.go(self.duties.row(index).rule.screen or "duties")


class _ListCard(Card):
    """A list in a card, or the sentence of why it is empty."""

    def __init__(self, title: str, view: QTableView, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.setStyleSheet("QTableView { border: none; }")
        self._pages = QStackedWidget()
        self._pages.addWidget(empty)
        self._pages.addWidget(view)
        self.body.addWidget(self._pages, 1)
        self.setMinimumHeight(200)

    def show_rows(self, model: RowsModel[R], rows: tuple[R, ...]) -> None:
        model.show_rows(rows)
        self._pages.setCurrentIndex(1 if rows else 0)
