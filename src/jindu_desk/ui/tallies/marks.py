"""What the findings mean on the screen: which cells are marked, what is left to fill, which blocks are wrong.

Each is asked some hundred times a repaint and changes row by row; so it is kept by row, and counted over all rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from jindu_desk.domain.tallies.catalogue import Catalogue
from jindu_desk.domain.tallies.checks import Finding

_NAMED_HARD, _NAMED_SOFT = 12, 4  # a formula may run over many cells: what a person can change is marked, not every sum
Findings = tuple[Finding, ...]


class Marks:
    """``is_settled``: a soft finding that was explained marks no cell any more."""

    def __init__(
        self, findings: Mapping[str, Findings], catalogue: Catalogue, is_settled: Callable[[Finding], bool]
    ) -> None:
        self._catalogue, self._is_settled = catalogue, is_settled
        self._findings: dict[str, Findings] = {}
        self._worst: dict[str, dict[str, Finding]] = {}
        self._blanks: dict[str, dict[str, tuple[str, ...]]] = {}
        self._left: Counter[str] = Counter()  # blank cells by block; all of them under ""
        self._wrong: Counter[str] = Counter()  # hard findings by the block of the cell that leads
        for unit_id, found in findings.items():
            self.put(unit_id, found)

    def put(self, unit_id: str, findings: Findings) -> frozenset[str]:
        """Take a row's findings of now; the items that are marked otherwise than before."""
        before = self._worst.get(unit_id, {})
        self._count(unit_id, -1)
        self._findings[unit_id] = findings
        self._worst[unit_id] = self._marked(findings)
        self._blanks[unit_id] = self._to_fill(findings)
        self._count(unit_id, 1)
        return frozenset(_marked_otherwise(before, self._worst[unit_id]))

    def of(self, unit_id: str) -> Findings:
        return self._findings.get(unit_id, ())

    def worst_at(self, unit_id: str, item: str) -> Finding | None:
        """The finding that a cell is marked for: hard before soft; blanks and settled ones mark nothing."""
        marked = self._worst.get(unit_id)
        return marked.get(item) if marked else None

    def blanks(self, unit_id: str, block: str = "") -> tuple[str, ...]:
        """The items somebody still has to fill in a row, or in a block of it, in the order of the columns."""
        of_row = self._blanks.get(unit_id)
        return of_row.get(block, ()) if of_row else ()

    def left(self, block: str = "") -> int:
        """How many cells of all rows are still to be filled, or those of a block."""
        return self._left[block]

    def is_wrong(self, block: str) -> bool:
        """Whether something in the block has to be corrected."""
        return self._wrong[block] > 0

    def _count(self, unit_id: str, by: int) -> None:
        for block, codes in self._blanks.get(unit_id, {}).items():
            self._left[block] += by * len(codes)
        for finding in self.of(unit_id):
            if finding.hard and finding.code != "H0":
                self._wrong[self._catalogue.item(finding.cells[0][1]).block] += by

    def _marked(self, findings: Findings) -> dict[str, Finding]:
        marked: dict[str, Finding] = {}
        for finding in sorted(findings, key=lambda finding: finding.hard):
            if finding.code != "H0" and (finding.hard or not self._is_settled(finding)):
                for _, code in finding.cells[: _NAMED_HARD if finding.hard else _NAMED_SOFT]:
                    marked[code] = finding
        return marked

    def _to_fill(self, findings: Findings) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for finding in findings:
            if finding.code == "H0":
                for _, code in finding.cells:
                    found.setdefault("", []).append(code)
                    found.setdefault(self._catalogue.item(code).block, []).append(code)
        return {block: tuple(codes) for block, codes in found.items()}


def _marked_otherwise(before: Mapping[str, Finding], now: Mapping[str, Finding]) -> Iterator[str]:
    """The items that are marked in another colour, or no longer."""
    for item in before.keys() | now.keys():
        old, new = before.get(item), now.get(item)
        if old is None or new is None or old.hard != new.hard:
            yield item
