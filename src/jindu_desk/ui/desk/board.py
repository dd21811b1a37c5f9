"""The desk as it is seen: four cards, what is due, what came in. It knows words and figures, no records."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget, QTableView, QWidget

from jindu_desk.ui.cards import Card
from jindu_desk.ui.desk.glance_card import GlanceCard
from jindu_desk.ui.desk.kept_forms import KeptForms
from jindu_desk.ui.desk.key_lines import key_lines
from jindu_desk.ui.desk.returned_lines import returned_lines
from jindu_desk.ui.desk.seen import CameLine, DutyLine, KeptLine, ReturnedLine, Seen
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.reflowing_grid import ReflowingGrid
from jindu_desk.ui.tables import Column, R, RowsModel, rows_view

_DUTY_COLUMNS: tuple[Column[DutyLine], ...] = (
    Column("期限", lambda row: row.due, key=lambda row: row.days or 0, tooltip=lambda row: row.more),
    Column("事项", lambda row: row.what, width=-1, tooltip=lambda row: row.more),
    Column("依据", lambda row: row.article),
    Column("还有", lambda row: row.left, align="right", key=lambda row: row.days or 0, kind=lambda row: row.kind),
)
_CAME_COLUMNS: tuple[Column[CameLine], ...] = (
    Column("日期", lambda row: row.when, tooltip=lambda row: row.more),
    Column("来自", lambda row: row.from_unit, width=-1, tooltip=lambda row: row.from_unit),
    Column("内容", lambda row: row.what, tooltip=lambda row: row.more),
    Column("结果", lambda row: row.verdict, kind=lambda row: row.kind, tooltip=lambda row: row.more),
)
_FROM_SUPERIOR_COLUMNS: tuple[Column[CameLine], ...] = (
    Column("日期", lambda row: row.when, tooltip=lambda row: row.more),
    Column("内容", lambda row: row.what, tooltip=lambda row: row.more),
    Column("结果", lambda row: row.verdict, kind=lambda row: row.kind, tooltip=lambda row: row.more),
    Column("说明", lambda row: row.said, tooltip=lambda row: row.more, width=-1),
)


class DeskBoard(PageScaffold):
    """``go(screen)`` is called for a card's button, a duty and a package, ``resume(line)`` for an unfinished form,
    ``correct(line)`` for a month that came back."""

    def __init__(
        self,
        seen: Seen,
        go: Callable[..., object],
        resume: Callable[[KeptLine], object] | None = None,
        correct: Callable[[ReturnedLine], object] | None = None,
    ) -> None:
        super().__init__(seen.title)
        self.kept = KeptForms(resume or (lambda line: go(line.screen)))
        self.body.addWidget(self.kept)
        self.keys = key_lines(go)
        self.body.addWidget(self.keys)
        self.cards = tuple(GlanceCard(head.title, head.icon, go) for head in seen.heads)
        self.duties = RowsModel(_DUTY_COLUMNS)
        self.duties_view = rows_view(self.duties, name="近期到期的职责")
        self.returned = returned_lines(correct or (lambda line: go(line.screen)))
        self.came = RowsModel(_FROM_SUPERIOR_COLUMNS if seen.came_from_one else _CAME_COLUMNS)
        came_view = rows_view(self.came, name=seen.came_title)
        nothing_due = EmptyState("没有逾期和近期到期的事项。", icon="calendar-check")
        self._duties = _ListCard(seen.duties_title, self.duties_view, nothing_due)
        self._came = _ListCard(
            seen.came_title, came_view, EmptyState(seen.came_nothing, icon="inbox"), above=self.returned
        )

        def open_duty(index: QModelIndex) -> None:
            go(self.duties.row(index).screen)

        self.duties_view.activated.connect(open_duty)
        where = {"part": "superior"} if seen.came_from_one else {}
        came_view.activated.connect(lambda _index: go(seen.came_screen, **where))
        lists = (self._duties, self._came)
        self.body.addWidget(ReflowingGrid(self.cards, columns=4, fewer=2, enough=840))
        self.body.addWidget(ReflowingGrid(lists, columns=2, fewer=1, enough=980, stretch=(3, 2)), 1)
        self.show_seen(seen)

    def show_seen(self, seen: Seen) -> None:
        self.set_title(seen.title)
        self.kept.show_lines(seen.kept)
        self.keys.show_lines(seen.keys)
        for card, glance in zip(self.cards, seen.glances, strict=False):
            card.show_glance(glance)
        self._duties.show_rows(self.duties, seen.duties)
        self.returned.show_lines(seen.returned)
        self._came.show_rows(self.came, seen.came)


class _ListCard(Card):
    """A list in a card, or the sentence of why it is empty."""

    def __init__(
        self,
        title: str,
        view: QTableView,
        empty: EmptyState,
        *,
        above: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent=parent)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.setStyleSheet("QTableView { border: none; }")
        self._pages = QStackedWidget()
        self._pages.addWidget(empty)
        self._pages.addWidget(view)
        if above is not None:
            self.body.addWidget(above)
        self.body.addWidget(self._pages, 1)
        self.setMinimumHeight(200)

    def show_rows(self, model: RowsModel[R], rows: tuple[R, ...]) -> None:
        model.show_rows(rows)
        self._pages.setCurrentIndex(1 if rows else 0)
