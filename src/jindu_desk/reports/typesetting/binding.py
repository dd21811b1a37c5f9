"""Several papers in one PDF: drawn again as one, so that fonts are embedded once and the outline leads to each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jindu_desk.reports.typesetting.drawing import About, PrintedPaper, draw
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import Item, Mark, Sheet


@dataclass(frozen=True, slots=True)
class Part:
    """A paper in the whole: ``title`` is its entry in the outline, above the paper's own."""

    title: str
    sheets: tuple[Sheet, ...]


def bind(parts: Iterable[Part], fonts: FontSet, about: About, roles: frozenset[Role]) -> PrintedPaper:
    """All sheets one after the other. Nothing on them changes: page numbers stay what each paper has."""
    return draw([sheet for part in parts for sheet in _marked(part)], fonts, about, roles)


def _marked(part: Part) -> Sequence[Sheet]:
    if not part.sheets or not part.title:
        return part.sheets
    sheets = [replace(sheet, lines=[tuple(map(_deeper, line)) for line in sheet.lines]) for sheet in part.sheets]
    sheets[0].lines.insert(0, (Mark(0.0, part.title),))
    return sheets


def _deeper(item: Item) -> Item:
    return replace(item, level=item.level + 1) if isinstance(item, Mark) else item
