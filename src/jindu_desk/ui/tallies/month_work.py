"""The work on one month: load it, change it, take a change back, and tell the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.domain.tallies.sheet import Place
from jindu_desk.operations.tallies import (
    declare_nil_return,
    give_reason,
    set_cell_note,
    set_source_notes,
    withdraw_nil_return,
    withdraw_reason,
)
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.tallies import sheet
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.tallies.state import Loaded, SheetState, judged
from jindu_desk.ui.tallies.storing import Storing
from jindu_desk.ui.tallies.undo import Step, Steps


class MonthWork(QObject):
    """``loaded()``: another state is there. ``changed(units)``: cells of these rows changed on the screen.
    ``reason_refused(sentence)``: what was written explains nothing."""

    loaded = Signal()
    changed = Signal(object)
    reason_refused = Signal(str)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.state: SheetState | None = None
        self._steps = Steps()
        self.storing = Storing(shell, self.load, self)

    @property
    def township_id(self) -> str:
        return self._shell.desk.unit.unit.id

    def load(self) -> None:
        """Ask for the month of the context bar again."""
        desk, month, township = self._shell.desk, self._shell.month, self.township_id
        seen = self.storing.count

        def query() -> Loaded:
            return judged(sheet(desk.store, township, month), shipped_rules())

        self._shell.tasks.run(query, partial(self._take, seen))

    def edit(self, edits: Mapping[Place, Cell]) -> None:
        """Change open cells: on the screen now, in the store right after."""
        if self.state is None or not edits:
            return
        before = self.state.put(edits)
        self._steps.add(Step(before, dict(edits)))
        self._send(edits)

    def take_back(self) -> None:
        if self.state is not None and self._steps.can_take_back:
            self._put(self._steps.take_back())

    def do_again(self) -> None:
        if self.state is not None and self._steps.can_do_again:
            self._put(self._steps.do_again())

    @property
    def can_take_back(self) -> bool:
        return self._steps.can_take_back

    @property
    def can_do_again(self) -> bool:
        return self._steps.can_do_again

    def toggle_nil(self, unit_id: str) -> None:
        """Sign the village's month off as nil, or take that back."""
        if self.state is None:
            return
        store, month, township = self._shell.desk.store, self.state.found.month, self.township_id
        name = self.state.name_of(unit_id)
        by = self._shell.desk.unit.keeper
        self._steps.forget()
        if unit_id in self.state.sheet.nil_returns:
            self._carry_out(
                lambda: withdraw_nil_return(store, township, unit_id, month),
                f"已撤回{name}的零报告，数字仍为 0，可以修改。",
            )
        else:
            self._carry_out(
                lambda: declare_nil_return(store, township, unit_id, month, declared_by=by), f"已签报零报告：{name}"
            )

    def give_reason(self, unit_id: str, key: str, text: str) -> None:
        """Explain a soft finding; "" takes the explanation back."""
        if self.state is None:
            return
        store, month, township = self._shell.desk.store, self.state.found.month, self.township_id
        by = self._shell.desk.unit.keeper
        if text:
            self._shell.carry_out(
                lambda: give_reason(store, township, unit_id, month, key, text, given_by=by),
                said="已保存说明",
                failed=lambda error: self.reason_refused.emit(str(error)),
            )
        else:
            self._carry_out(lambda: withdraw_reason(store, township, unit_id, month, key), "已撤回说明")

    def set_note(self, unit_id: str, item: str, note: str) -> None:
        if self.state is None:
            return
        store, month, township = self._shell.desk.store, self.state.found.month, self.township_id
        self._carry_out(lambda: set_cell_note(store, township, unit_id, month, item, note), "已保存备注")

    def name_sources(self, text: str) -> None:
        """Note the source of all opening figures that name none yet."""
        if self.state is None:
            return
        store, month, township = self._shell.desk.store, self.state.found.month, self.township_id
        units = tuple(self.state.sheet.openings)
        self._carry_out(lambda: set_source_notes(store, township, month, units, text), "已注明期初数的来源")

    def _carry_out(self, operation: Callable[[], Changes], said: str) -> None:
        # Every page is told, this one too: it asks again, and what was refused shows as it is stored.
        self._shell.carry_out(operation, said=said)

    def _put(self, edits: Mapping[Place, Cell]) -> None:
        if self.state is not None:
            self.state.put(edits)
            self._send(edits)

    def _send(self, edits: Mapping[Place, Cell]) -> None:
        if self.state is None:
            return
        self.changed.emit({unit_id for unit_id, _ in edits})
        self.storing.store(self.township_id, self.state.found.month, edits)

    def _take(self, seen: int, loaded: Loaded) -> None:
        if loaded.found.month != self._shell.month:
            return  # several months were clicked through
        if seen != self.storing.count and self._is_same_month(loaded.found.month):
            self.load()  # something was typed meanwhile: what came is older than the screen
            return
        if not self._is_same_month(loaded.found.month):
            self._steps.forget()
        self.state = SheetState(loaded, why_read_only=self._shell.desk.why_read_only)
        self.loaded.emit()

    def _is_same_month(self, month: Month) -> bool:
        return self.state is not None and self.state.found.month == month
