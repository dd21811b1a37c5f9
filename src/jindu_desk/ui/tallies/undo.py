"""What was typed, step by step, to take back and to do again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.domain.tallies.sheet import Place

_KEPT = 200


@dataclass(frozen=True, slots=True)
class Step:
    before: Mapping[Place, Cell]
    after: Mapping[Place, Cell]


class Steps:
    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        self._done = [*self._done, step][-_KEPT:]
        self._undone = []

    def take_back(self) -> Mapping[Place, Cell]:
        """The cells as they were before the last step; call it only where ``can_take_back``."""
        step = self._done.pop()
        self._undone.append(step)
        return step.before

    def do_again(self) -> Mapping[Place, Cell]:
        step = self._undone.pop()
        self._done.append(step)
        return step.after

    @property
    def can_take_back(self) -> bool:
        return bool(self._done)

    @property
    def can_do_again(self) -> bool:
        return bool(self._undone)

    def forget(self) -> None:
        self._done, self._undone = [], []
