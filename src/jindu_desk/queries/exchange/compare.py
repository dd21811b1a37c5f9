"""Two packages of one unit side by side: which figures differ, and how many of its records."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jindu_desk.domain.tallies.catalogue import Catalogue
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.packages.verify import VerifiedPackage

_Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A figure that is another one in the second package; ``name`` is the item's, ``item`` its code.

    ``before`` and ``after`` are numbers, state names, or empty where there is no cell. ``township``: whose package it
    is in, where that lies in a district's.
    """

    unit_name: str
    item: str
    name: str
    before: str
    after: str
    township: str = ""


@dataclass(frozen=True, slots=True)
class RecordsDifference:
    """How many records of a subject are only in the second package, only in the first, or in both and not the same.

    ``subject``: meetings, decisions, expenses, budget, nil_returns, reasons, units, officials, attachments.
    """

    subject: str
    added: int
    removed: int
    changed: int


@dataclass(frozen=True, slots=True)
class Content:
    """What is compared: the rows of a package or of a part of it, and its attachments by their hashes."""

    tables: Mapping[str, Sequence[_Row]]
    attachments: tuple[str, ...]


def content_of(package: VerifiedPackage) -> Content:
    return Content(package.tables, tuple(entry.sha256 for entry in package.descriptor.attachments))


def cell_differences(
    before: Content | None, after: Content, catalogue: Catalogue, *, township: str = ""
) -> tuple[CellDifference, ...]:
    """By village as the package lists them, then by item."""
    first, second = cell_texts(before.tables) if before is not None else {}, cell_texts(after.tables)
    names = {
        str(version["unit_id"]): str(version["name"])
        for content in (before, after)
        if content is not None
        for version in content.tables["unit_versions"]
    }
    order = {unit_id: place for place, unit_id in enumerate(names)}
    items = {code: place for place, code in enumerate(catalogue.items)}
    differing = [place for place in first.keys() | second.keys() if first.get(place) != second.get(place)]
    differing.sort(key=lambda place: (order.get(place[0], len(order)), items.get(place[1], len(items)), place))
    return tuple(
        CellDifference(
            names.get(unit_id, unit_id),
            item,
            item_name(catalogue, item),
            first.get((unit_id, item), ""),
            second.get((unit_id, item), ""),
            township,
        )
        for unit_id, item in differing
    )


def records_differences(before: Content | None, after: Content) -> tuple[RecordsDifference, ...]:
    """What differs besides the figures; subjects in which nothing does are left out."""
    found = []
    for subject, records in _RECORDS.items():
        first = records(before) if before is not None else {}
        second = records(after)
        added, removed = second.keys() - first.keys(), first.keys() - second.keys()
        changed = [key for key in first.keys() & second.keys() if first[key] != second[key]]
        if added or removed or changed:
            found.append(RecordsDifference(subject, len(added), len(removed), len(changed)))
    return tuple(found)


def cell_texts(tables: Mapping[str, Sequence[_Row]]) -> dict[tuple[str, str], str]:
    """(unit, item) → the figure, or the name of its state."""
    return {
        (str(cell["unit_id"]), str(cell["item"])): _cell_text(CellState(str(cell["state"])).value, cell["value"])
        for cell in tables["cells"]
    }


def item_name(catalogue: Catalogue, code: str) -> str:
    """The item as people call it; of a catalogue that this desk does not have, the code."""
    item = catalogue.items.get(code)
    if item is None:
        return code
    return f"{item.name}·{catalogue.kinds[item.kind]}" if item.kind else item.name


def _cell_text(state: str, value: object) -> str:
    return str(value) if value is not None else state


_Records = dict[Hashable, tuple[str, ...]]


def _meetings(content: Content) -> _Records:
    """By series: the new version of a meeting is the same meeting."""
    series = {row["id"]: row["series"] for row in content.tables["meetings"]}
    rows = [(row["series"], row) for row in content.tables["meetings"]]
    for table in ("attendees", "agenda_items", "figures", "signed_decisions"):
        rows += [(series.get(row["meeting_id"]), row) for row in content.tables[table]]
    return _gathered(rows)


def _decisions(content: Content) -> _Records:
    rows = [(row["id"], row) for row in content.tables["decisions"]]
    return _gathered([*rows, *((row["decision_id"], row) for row in content.tables["decision_steps"])])


def _budget(content: Content) -> _Records:
    rows = [(row["id"], row) for row in content.tables["budget_lines"]]
    return _gathered([*rows, *((row["line_id"], row) for row in content.tables["adjustments"])])


def _units(content: Content) -> _Records:
    rows = [(row["id"], row) for row in content.tables["units"]]
    return _gathered([*rows, *((row["unit_id"], row) for row in content.tables["unit_versions"])])


def _attachments(content: Content) -> _Records:
    return dict.fromkeys(content.attachments, ())


def _of_table(table: str, *key: str) -> Callable[[Content], _Records]:
    def records(content: Content) -> _Records:
        return _gathered((tuple(row[name] for name in key), row) for row in content.tables[table])

    return records


def _gathered(rows: Iterable[tuple[object, _Row]]) -> _Records:
    """Each record's key and all its rows as text, whatever their order."""
    gathered: dict[Hashable, list[str]] = {}
    for key, row in rows:
        gathered.setdefault(str(key), []).append(repr(sorted(row.items(), key=lambda pair: pair[0])))
    return {key: tuple(sorted(texts)) for key, texts in gathered.items()}


_RECORDS: dict[str, Callable[[Content], _Records]] = {
    "meetings": _meetings,
    "decisions": _decisions,
    "expenses": _of_table("expenses", "id"),
    "budget": _budget,
    "nil_returns": _of_table("nil_returns", "unit_id"),
    "reasons": _of_table("reasons", "unit_id", "check"),
    "units": _units,
    "officials": _of_table("officials", "id"),
    "attachments": _attachments,
}
