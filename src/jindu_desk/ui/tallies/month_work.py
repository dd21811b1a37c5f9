"""The work on one month: load it, change it, take a change back, and tell the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.free_text import without_numbers
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import BLANK, Cell
from jindu_desk.domain.tallies.sheet import Place
from jindu_desk.errors.entry import MASK
from jindu_desk.operations.tallies import (
    CellEdit,
    NilReturns,
    declare_nil_returns,
    give_reason,
    set_cell_notes,
    set_source_notes,
    withdraw_nil_returns,
    withdraw_reason,
)
from jindu_desk.queries.tallies import history, sheet
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.tallies.state import Loaded, Past, SheetState, Touched, judged, judged_by_past
from jindu_desk.ui.tallies.storing import Storing
from jindu_desk.ui.tallies.undo import Step, Steps


class MonthWork(QObject):
    """``loaded()``: another state is there. ``changed(touched)``: what looks different on the screen.
    ``reason_refused(sentence)``: what was written explains nothing. ``stepped()``: there is something else to undo."""

    loaded = Signal()
    changed = Signal(object)
    reason_refused = Signal(str)
    stepped = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.state: SheetState | None = None
        self._steps_of: dict[Month, Steps] = {}  # of every month that was worked on in this run
        self.storing = Storing(shell, self.load, self)

    @property
    def _steps(self) -> Steps:
        month = self.state.found.month if self.state is not None else self._shell.month
        return self._steps_of.setdefault(month, Steps())

    @property
    def township_id(self) -> str:
        return self._shell.desk.unit.unit.id

    def load(self) -> None:
        """Ask for the month of the context bar again."""
        desk, month, township = self._shell.desk, self._shell.month, self.township_id
        seen = self.storing.count

        def query() -> Loaded:
            from jindu_desk.queries.exchange.details import own_remarks  # loads much: the sheet is laid out meanwhile

            found = sheet(desk.store, township, month, past=False)
            return judged(found, own_remarks(desk.store, township, month))

        self._shell.tasks.run(query, partial(self._take, seen))

    def edit(self, edits: Mapping[Place, Cell]) -> None:
        """Change open cells: on the screen now, in the store right after."""
        if self.state is None or not edits:
            return
        before, touched = self.state.put(edits)
        self._steps.add(Step(before, dict(edits)))
        self._send(edits, touched)

    def take_back(self) -> None:
        if self.state is not None and self._steps.can_take_back:
            self._go(self._steps.take_back())

    def do_again(self) -> None:
        if self.state is not None and self._steps.can_do_again:
            self._go(self._steps.do_again())

    @property
    def can_take_back(self) -> bool:
        return self._steps.can_take_back

    @property
    def can_do_again(self) -> bool:
        return self._steps.can_do_again

    def sign_nil(self, unit_ids: Sequence[str]) -> None:
        """Sign these villages' month off as nil; who cannot be is named with the reason."""
        if self.state is not None:
            self._declare(tuple(unit_ids), lambda done: self._steps.add(_step_of(done)))

    def withdraw_nil(self, unit_ids: Sequence[str]) -> None:
        if self.state is None:
            return
        units, names = tuple(unit_ids), self._names(unit_ids)
        self._withdraw(units, {}, f"已撤回零报告：{names}。数字仍为 0，可以修改。", lambda: Step(withdrawn=units))

    def give_reason(self, unit_id: str, key: str, text: str) -> None:
        """Explain a soft finding; "" takes the explanation back."""
        if self.state is None:
            return
        given = self.state.found.reasons.get((unit_id, key))
        place = (unit_id, key)
        step = Step(reasons_before={place: given.text if given is not None else ""}, reasons_after={place: text})
        self._put_reason(unit_id, key, text, lambda: self._steps.add(step))

    def set_note(self, unit_id: str, item: str, note: str) -> None:
        if self.state is None:
            return
        place, kept = (unit_id, item), without_numbers(note)
        step = Step(notes_before={place: self.state.note(unit_id, item)}, notes_after={place: kept})

        def done() -> None:
            self._steps.add(step)
            if kept != note:
                self._shell.notice(f"号码不能保存，已换成“{MASK}”，其余已保存。", "warning")

        self._put_notes(step.notes_after, "已保存备注" if kept == note else "", done)

    def name_sources(self, text: str) -> None:
        """Note the source of all opening figures that name none yet."""
        if self.state is None:
            return
        store, month, township = self._shell.desk.store, self.state.found.month, self.township_id
        units = tuple(self.state.sheet.openings)
        opening = [item.code for item in self.state.catalogue.computed if item.opens]
        bare = [
            (unit, item)
            for unit in units
            for item in opening
            if self.state.cell(unit, item) is not BLANK and not self.state.note(unit, item)
        ]
        step = Step(notes_before=dict.fromkeys(bare, ""), notes_after=dict.fromkeys(bare, text))
        self._shell.carry_out(
            lambda: set_source_notes(store, township, month, units, text),
            said="已注明期初数的来源，可以撤销（Ctrl+Z）。",
            then=lambda _: self._steps.add(step),
        )

    def _go(self, step: Step) -> None:
        """Carry out a step, or the reverse of one."""
        if self.state is None:
            return
        if step.signed:
            self._declare(step.signed, lambda _: None)
        elif step.withdrawn:
            names = self._names(step.withdrawn)
            self._withdraw(step.withdrawn, step.after, f"已撤回零报告：{names}，填的 0 也已取消。")
        elif step.notes_after:
            self._put_notes(step.notes_after, "已恢复备注")
        elif step.reasons_after:
            for (unit_id, key), text in step.reasons_after.items():
                self._put_reason(unit_id, key, text)
        else:
            _, touched = self.state.put(step.after)
            self._send(step.after, touched)

    def _declare(self, unit_ids: tuple[str, ...], done: Callable[[NilReturns], object]) -> None:
        if self.state is None:
            return
        store, month, township = self._shell.desk.store, self.state.found.month, self.township_id
        by = self._shell.desk.unit.keeper

        def told(result: NilReturns) -> None:
            if result.declared:
                done(result)
            self._shell.notice(self._nil_told(result), "warning" if result.refused else "done")
            self.stepped.emit()

        self._shell.carry_out(lambda: declare_nil_returns(store, township, unit_ids, month, declared_by=by), then=told)

    def _withdraw(
        self, unit_ids: tuple[str, ...], edits: Mapping[Place, Cell], said: str, step: Callable[[], Step] | None = None
    ) -> None:
        if self.state is None:
            return
        store, month, township = self._shell.desk.store, self.state.found.month, self.township_id
        asked = [CellEdit(unit_id, item, cell) for (unit_id, item), cell in edits.items()]

        def told(_changes: Changes) -> None:
            if step is not None:
                self._steps.add(step())
            self.stepped.emit()

        self._shell.carry_out(
            lambda: withdraw_nil_returns(store, township, unit_ids, month, asked), said=said, then=told
        )

    def _put_notes(self, notes: Mapping[Place, str], said: str, done: Callable[[], object] | None = None) -> None:
        if self.state is None:
            return
        store, month, township = self._shell.desk.store, self.state.found.month, self.township_id

        def told(_changes: Changes) -> None:
            if done is not None:
                done()
            self.stepped.emit()

        self._shell.carry_out(lambda: set_cell_notes(store, township, month, notes), said=said, then=told)

    def _put_reason(self, unit_id: str, key: str, text: str, done: Callable[[], object] | None = None) -> None:
        if self.state is None:
            return
        store, month, township = self._shell.desk.store, self.state.found.month, self.township_id
        by = self._shell.desk.unit.keeper

        def told(_changes: Changes) -> None:
            if done is not None:
                done()
            self.stepped.emit()

        if text:
            self._shell.carry_out(
                lambda: give_reason(store, township, unit_id, month, key, text, given_by=by),
                said="已保存说明",
                then=told,
                failed=lambda error: self.reason_refused.emit(str(error)),
            )
        else:
            self._shell.carry_out(
                lambda: withdraw_reason(store, township, unit_id, month, key), said="已撤回说明", then=told
            )

    def _names(self, unit_ids: Iterable[str]) -> str:
        return "、".join(self.state.name_of(unit_id) for unit_id in unit_ids) if self.state is not None else ""

    def _nil_told(self, result: NilReturns) -> str:
        told = []
        if result.declared:
            told.append(f"已签报零报告：{self._names(result.declared)}。可以撤销（Ctrl+Z）。")
        if result.refused:
            why = "".join(f"{self._names([unit_id])}：{error}" for unit_id, error in result.refused.items())
            told.append(f"没有签报 {len(result.refused)} 个：{why}")
        return "".join(told)

    def _send(self, edits: Mapping[Place, Cell], touched: Touched) -> None:
        if self.state is None:
            return
        self.changed.emit(touched)
        self.storing.store(self.township_id, self.state.found.month, edits)

    def _take(self, seen: int, loaded: Loaded) -> None:
        if loaded.found.month != self._shell.month:
            return  # several months were clicked through
        if seen != self.storing.count and self._is_same_month(loaded.found.month):
            self.load()  # something was typed meanwhile: what came is older than the screen
            return
        self.state = state = SheetState(loaded, why_read_only=self._shell.desk.why_read_only)
        if not self._steps.fits(lambda place: state.cell(*place)):
            self._steps.forget()  # taking it back would undo what somebody else did
        self.loaded.emit()
        store, found = self._shell.desk.store, loaded.found
        self._shell.tasks.run(lambda: judged_by_past(found, history(store, found)), partial(self._take_past, state))

    def _take_past(self, state: SheetState, past: Past) -> None:
        if state is self.state:
            self.changed.emit(state.take_past(past))

    def _is_same_month(self, month: Month) -> bool:
        return self.state is not None and self.state.found.month == month


def _step_of(result: NilReturns) -> Step:
    return Step(dict.fromkeys(result.filled, BLANK), signed=result.declared)
