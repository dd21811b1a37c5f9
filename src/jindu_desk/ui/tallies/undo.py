"""What was typed, step by step, to take back and to do again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.domain.tallies.sheet import Place

_KEPT = 200


@dataclass(frozen=True, slots=True)
class Step:
    """Cells as they were and as they became; the villages signed off as nil with it (``signed``) or taken back
    (``withdrawn``); notes likewise, and reasons by unit id and the finding's key ("" for none)."""

    before: Mapping[Place, Cell] = field(default_factory=dict)
    after: Mapping[Place, Cell] = field(default_factory=dict)
    signed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    notes_before: Mapping[Place, str] = field(default_factory=dict)
    notes_after: Mapping[Place, str] = field(default_factory=dict)
    reasons_before: Mapping[tuple[str, str], str] = field(default_factory=dict)
    reasons_after: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def reverse(self) -> Step:
        return Step(
            self.after,
            self.before,
            self.withdrawn,
            self.signed,
            notes_before=self.notes_after,
            notes_after=self.notes_before,
            reasons_before=self.reasons_after,
            reasons_after=self.reasons_before,
        )


class Steps:
    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        self._done = [*self._done, step][-_KEPT:]
        self._undone = []

    def take_back(self) -> Step:
        """What undoes the last step; call it only where ``can_take_back``."""
        step = self._done.pop()
        self._undone.append(step)
        return step.reverse

    def do_again(self) -> Step:
        step = self._undone.pop()
        self._done.append(step)
        return step

    def fits(self, stands: Callable[[Place], Cell]) -> bool:
        """Whether the last step's cells still stand as it left them: else they were changed elsewhere meanwhile."""
        return not self._done or all(stands(place) == cell for place, cell in self._done[-1].after.items())

    @property
    def can_take_back(self) -> bool:
        return bool(self._done)

    @property
    def can_do_again(self) -> bool:
        return bool(self._undone)

    def forget(self) -> None:
        self._done, self._undone = [], []
