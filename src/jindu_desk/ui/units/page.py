"""The page of units and people: units left, the people of the chosen one right, a form below when one is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QSplitter, QVBoxLayout, QWidget

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role
from jindu_desk.operations.units import remove_official, reopen_unit
from jindu_desk.queries.units import OfficialRow
from jindu_desk.ui.action_row import ActionRow
from jindu_desk.ui.cards import Card
from jindu_desk.ui.entry_panel import EntryPanel
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.tables import RowsModel, rows_view, select_row, select_same
from jindu_desk.ui.theme.measures import BETWEEN
from jindu_desk.ui.units.actions import people_actions, unit_actions
from jindu_desk.ui.units.columns import NOTHING, UNIT_COLUMNS, official_columns, validity
from jindu_desk.ui.units.official_forms import directors_form, official_form
from jindu_desk.ui.units.rows import BELOW_WORD, UnitLine, UnitsView, units_view
from jindu_desk.ui.units.unit_forms import add_form, end_form, paste_form, rename_form, superior_form


class UnitsPage(PageScaffold):
    """See `frame/screen.py` for the contract."""

    subjects = frozenset({"units"})

    def __init__(self, shell: Shell) -> None:
        tier = shell.desk.unit.unit.tier
        self.word = BELOW_WORD[tier]
        super().__init__("单位人员" if self.word == "村（社区）" else "名单")
        self.shell = shell
        self.view: UnitsView | None = None
        self.panel: EntryPanel | None = None
        self.units = RowsModel(UNIT_COLUMNS)
        self.units_table = rows_view(self.units, name=f"单位：{self.word}")
        self.people: RowsModel[OfficialRow] = RowsModel(official_columns(shell.desk.store.clock().date()))
        self.people_table = rows_view(self.people, name="人员")
        self.people_table.activated.connect(lambda _index: self.edit_person())
        self._superior = QLabel()
        self._ended = QCheckBox("显示已停用的")
        self._ended.toggled.connect(lambda _shown: self._show_units())
        self._people_card = Card("人员", icon="users")
        self._people_actions = ActionRow()
        self._place_for_panel = QVBoxLayout()
        self._build()
        self.units_table.selectionModel().currentRowChanged.connect(self._choose)
        self.people_table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._update_buttons())
        self.set_actions(unit_actions(self))
        self._people_actions.set_actions(people_actions(self))

    def show_month(self, month: Month) -> None:
        del month
        self.refresh()

    def refresh(self) -> None:
        desk, month = self.shell.desk, self.shell.month
        self.shell.tasks.run(lambda: units_view(desk, month), self._show)

    @property
    def line(self) -> UnitLine | None:
        """The chosen unit."""
        index = self.units_table.currentIndex()
        return self.units.row(index) if index.isValid() else None

    @property
    def person(self) -> OfficialRow | None:
        index = self.people_table.currentIndex()
        return self.people.row(index) if index.isValid() else None

    def add_unit(self) -> None:
        self._with_view(lambda view: self.open_panel(add_form(self.shell, view.own, self.word, self._saved)))

    def paste_units(self) -> None:
        def open_form(view: UnitsView) -> None:
            known = frozenset(line.unit.name for line in view.lines)
            self.open_panel(paste_form(self.shell, view.own, self.word, known, self._saved))

        self._with_view(open_form)

    def rename_unit(self) -> None:
        if line := self.line:
            self.open_panel(rename_form(self.shell, line.unit, is_own=line.is_own, then=self._saved))

    def change_superior(self) -> None:
        self._with_view(lambda view: self.open_panel(superior_form(self.shell, view, self._saved)))

    def end_unit(self) -> None:
        if line := self.line:
            self.open_panel(end_form(self.shell, line.unit, self._saved))

    def reopen_unit(self) -> None:
        if line := self.line:
            unit, store = line.unit, self.shell.desk.store
            self.shell.carry_out(lambda: reopen_unit(store, unit.id), said=f"“{unit.name}”恢复使用")

    def add_person(self) -> None:
        if line := self.line:
            self.open_panel(official_form(self.shell, line.unit, None, self._saved))

    def edit_person(self) -> None:
        if (line := self.line) and (person := self.person):
            self.open_panel(official_form(self.shell, line.unit, person, self._saved))

    def remove_person(self) -> None:
        person, store = self.person, self.shell.desk.store
        if person is None or not self.shell.ask(
            f"删除“{person.name}”的记录？\n只有误录的才删除；离任的请填写离任日期，记录会保留。", "删除", danger=True
        ):
            return
        self.shell.carry_out(lambda: remove_official(store, person.id), said=f"已删除“{person.name}”的记录")

    def paste_directors(self) -> None:
        def open_form(view: UnitsView) -> None:
            villages = tuple(line.unit for line in view.lines if not line.is_own and line.exists)
            known = frozenset((row.unit_id, row.name) for row in view.officials if row.role is Role.VILLAGE_DIRECTOR)
            self.open_panel(directors_form(self.shell, villages, known, self._saved))

        self._with_view(open_form)

    def open_panel(self, panel: EntryPanel) -> None:
        """Show a form in the place of the one that is open."""
        self.close_panel()
        self.panel = panel
        panel.closed.connect(self.close_panel)
        self._place_for_panel.addWidget(panel)
        panel.form.focus_first()

    def close_panel(self) -> None:
        if self.panel is not None:
            panel, self.panel = self.panel, None
            panel.hide()
            panel.deleteLater()

    def _build(self) -> None:
        left = Card("单位", icon="building-2")
        left.head.addWidget(self._ended)
        left.body.addWidget(self.units_table, 1)
        self._superior.setProperty("role", "muted")
        left.body.addWidget(self._superior)
        self.units_table.setMinimumWidth(240)
        em = self.units_table.fontMetrics().horizontalAdvance("汉")
        self.units_table.horizontalHeader().setMinimumSectionSize(5 * em)  # the name is what one looks for
        self.people_table.setMinimumHeight(140)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        self._people_card.body.addWidget(self.people_table, 1)
        self._people_card.body.addWidget(self._people_actions)
        column.addWidget(self._people_card, 1)
        column.addLayout(self._place_for_panel)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(BETWEEN)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 5)
        split.setSizes([400, 500])
        self.body.addWidget(split, 1)

    def _with_view(self, act: Callable[[UnitsView], None]) -> None:
        if self.view is not None:
            act(self.view)

    def _saved(self, changes: Changes) -> None:
        del changes
        self.close_panel()

    def _show(self, view: UnitsView) -> None:
        self.view = view
        self._superior.setText(f"上报给：{view.superior}" if view.superior else "没有上级单位")
        self._show_units()

    def _show_units(self) -> None:
        if self.view is None:
            return
        chosen = self.line.unit.id if self.line else self.view.own.id
        shown = tuple(line for line in self.view.lines if line.exists or line.is_own or self._ended.isChecked())
        self.units.show_rows(shown)
        self.units_table.setColumnHidden(len(UNIT_COLUMNS) - 1, all(validity(line) == NOTHING for line in shown))
        if not select_same(self.units_table, self.units, lambda line: line.unit.id, chosen):
            select_row(self.units_table, 0)
        self._show_people()

    def _choose(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.row() != before.row():
            self._show_people()

    def _show_people(self) -> None:
        line, chosen = self.line, self.person
        if line is None or self.view is None:
            return
        self._people_card.title.setText(f"{line.unit.name}的人员")
        people = self.view.people_of(line.unit.id)
        self.people.show_rows(people)
        self.people_table.setColumnHidden(len(self.people.columns) - 1, all(row.until is None for row in people))
        if chosen is not None:
            select_same(self.people_table, self.people, lambda row: row.id, chosen.id)
        self.update_actions()
        self._update_buttons()

    def _update_buttons(self) -> None:
        self._people_actions.update_actions()
