"""履职: builds the page and wires its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.duty_rules import DutyState, Rhythm
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.duties.actions import page_actions
from jindu_desk.ui.duties.columns import COLUMNS, ShownDuty
from jindu_desk.ui.duties.done_form import DoneForm
from jindu_desk.ui.duties.recording import Recording
from jindu_desk.ui.fields import choice, word_for
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.side_panel import SidePanel
from jindu_desk.ui.tables import RowsModel, rows_view, select_same
from jindu_desk.ui.theme.measures import BETWEEN, EDGE, GROUP

if TYPE_CHECKING:
    from jindu_desk.domain.months import Month
    from jindu_desk.queries.duties import DutiesBoard
    from jindu_desk.ui.frame.screen import Shell

_SHOWN = "duties.shown"
_WHICH = (
    ("未完成", "open"),
    ("全年", "year"),
    ("长期与按情形", "undated"),
)


class DutiesPage(PageScaffold):
    """The duties of the unit's tier in the year of the chosen month."""

    subjects = frozenset(
        subject.value
        for subject in (
            Subject.DUTIES,
            Subject.MEETINGS,
            Subject.EXPENSES,
            Subject.EXCHANGE,
            Subject.TALLIES,
            Subject.UNITS,
            Subject.SETTINGS,
        )
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__("履职")
        self._shell = shell
        self._board: DutiesBoard | None = None
        self._wanted: tuple[str, str] | None = None
        self.panel = SidePanel()
        self._model = RowsModel(COLUMNS)
        self.table = rows_view(self._model, name="职责")
        self._recording = Recording(shell, self.panel, self.selected)
        self.which = choice(_WHICH, chosen=shell.layout(_SHOWN) or "open")
        self._done, self._late, self._soon = StateChip(), StateChip(), StateChip()
        self._foot = QLabel()
        self._foot.setProperty("role", "muted")
        self._foot.setWordWrap(True)
        self._build()
        self.which.activated.connect(self._choose_which)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._selection_changed())
        self.table.activated.connect(lambda index: self._recording.open(self._model.row(index)))
        self.set_actions(page_actions(self, self._recording))

    def show_month(self, month: Month) -> None:
        self.set_title(f"履职　{month.year} 年")
        self.refresh()

    def refresh(self) -> None:
        from jindu_desk.queries.duties import duties_of_year

        store, unit, year = self._shell.desk.store, self._shell.desk.unit.unit.id, self._shell.month.year
        today = store.clock().date()
        self._shell.tasks.run(lambda: duties_of_year(store, unit, year, today), self._show)

    def open_at(self, *, duty: str = "", period: str = "") -> None:
        """Select a duty's period, as soon as the rows are here."""
        self._wanted = (duty, period)
        if self._board is not None:
            self._show(self._board)

    @property
    def rows(self) -> tuple[ShownDuty, ...]:
        """The rows on view, as they stand on the screen."""
        return self._model.rows

    def selected(self) -> ShownDuty | None:
        """The row that the selection stands on."""
        chosen = self.table.selectionModel().selectedRows()
        return self._model.row(chosen[0]) if chosen else None

    def show_register(self) -> None:
        self._shell.go("units")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _build(self) -> None:
        states = QHBoxLayout()
        states.setSpacing(GROUP)
        for chip in (self._late, self._soon, self._done):
            states.addWidget(chip)
        states.addStretch(1)
        states.addWidget(word_for(self.which, "显示(&X)"))
        states.addWidget(self.which)
        self._left = QWidget()
        self._left.setMinimumWidth(self._least_room())
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(states)
        column.addWidget(self.table, 1)
        column.addWidget(self._foot)
        row = QHBoxLayout()
        row.setSpacing(BETWEEN)
        row.addWidget(self._left, 1)
        row.addWidget(self.panel)
        self.body.addLayout(row, 1)
        self.panel.opened.connect(self._share_room)
        self.panel.closed.connect(self._share_room)

    def _show(self, board: DutiesBoard) -> None:
        if board.year != self._shell.month.year:
            return
        self._board = board
        kept = self.selected()
        dated = [row for row in board.rows if row.due is not None]
        states = [row.state for row in dated]
        late, soon = states.count(DutyState.OVERDUE), states.count(DutyState.SOON)
        self._late.show_state(f"逾期 {late} 项", "wrong" if late else "plain")
        self._soon.show_state(f"近期到期 {soon} 项", "due" if soon else "plain")
        self._done.show_state(f"已完成 {states.count(DutyState.DONE)}/{len(dated)} 项", "done")
        wanted = self._wanted or (kept.key if kept else None)
        rows = self._rows_of(board)
        if self._wanted is not None and self._wanted not in {row.key for row in rows}:
            self.which.setCurrentIndex(self.which.findData("year"))
            rows = self._rows_of(board)
        self._wanted = None
        self._model.show_rows(rows)
        if wanted is None or not select_same(self.table, self._model, lambda row: row.key, wanted):
            self._scroll_to_now()
        self._foot.setText(
            "会议签发、上报、预算科目等由数据自动认定；其余在程序外办理，办完后登记完成日期和依据。"
            if rows
            else "这里没有要显示的职责。可在右上方换一种范围。"
        )
        self._recording.refresh_files()
        self._selection_changed()

    def _rows_of(self, board: DutiesBoard) -> list[ShownDuty]:
        """The rows that the chosen range lets through; dated ones first, standing duties and cases after."""
        which = self.which.currentData()
        rows = []
        for row in board.rows:
            case = row.rule.rhythm is Rhythm.CASE
            shown = {
                "open": row.state not in (DutyState.DONE, DutyState.BEFORE_USE) and not case,
                "year": row.due is not None or row.state is DutyState.DONE or not case,
                "undated": row.due is None,
            }[which]
            if shown:
                rows.append(ShownDuty(row, board.files.get((row.rule.code, row.period), 0)))
        return rows

    def _scroll_to_now(self) -> None:
        """A year's list opens where the year stands."""
        ahead = (number for number, row in enumerate(self._model.rows) if (row.duty.days_left or -1) >= 0)
        self.table.scrollTo(self._model.index(next(ahead, 0), 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _choose_which(self) -> None:
        self._shell.keep_layout(_SHOWN, str(self.which.currentData()))
        if self._board is not None:
            self._show(self._board)

    def _selection_changed(self) -> None:
        self.update_actions()
        row, form = self.selected(), self.panel.content
        if row is not None and isinstance(form, DoneForm) and form.row.key != row.key and not form.is_edited():
            self._recording.open(row)

    def _share_room(self) -> None:
        """Where there is no room for both, an open panel takes the whole width."""
        whole = self.width() - 2 * EDGE
        room = whole - self.panel.usual_width - BETWEEN
        alone = self.panel.content is not None and room < self._least_room()
        self._left.setVisible(not alone)
        self.panel.setFixedWidth(whole if alone else self.panel.usual_width)
        ems = (self.width() if self.panel.content is None else room) / self.fontMetrics().horizontalAdvance("汉")
        self.table.setColumnHidden(5, ems < 60)
        self.table.setColumnHidden(3, ems < 42)

    def _least_room(self) -> int:
        """The width below which the table says nothing any more."""
        return self.fontMetrics().horizontalAdvance("汉") * 30
