"""The places of a received report that a remark can be about: cells, villages, meetings, decisions, expenses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jindu_desk.domain.answers import RemarkPlace
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Catalogue
from jindu_desk.errors.exchange import NoSuchReceived
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.compare import cell_texts, item_name
from jindu_desk.queries.exchange.received import received_package
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.shipped_units import initials_of
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Received


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """``name``: as people call it. ``shown``: the figure, date or amount that stands there; a state's name for a cell
    without a figure. ``keys``: what it is found by, lower case: names, initials, codes, numbers."""

    place: RemarkPlace
    name: str
    shown: str = ""
    unit_id: str | None = None
    item: str | None = None
    record: str | None = None
    keys: tuple[str, ...] = ()

    def answers_to(self, typed: str) -> bool:
        """Whether every word of ``typed`` is in one of its names, or begins initials or a code of it."""
        return all(any(word in key for key in self.keys) for word in typed.lower().split())


def report_places(store: Store, paths: FolderPaths, received_id: str) -> tuple[ReportPlace, ...]:
    """Villages first, then their cells, meetings, decisions, expenses: all that stands in the report.

    Raises `NoSuchReceived`, `ReceivedFileMissing`.
    """
    with store.read() as session:
        row = session.get(Received, received_id)
        if row is None:
            raise NoSuchReceived
        catalogue = rules_in(session, Month.parse(row.period or "")).catalogue
        sha256 = row.file_sha256
    package = received_package(paths, sha256)
    names = {str(unit["unit_id"]): str(unit["name"]) for unit in package.tables["unit_versions"]}
    initials = {str(unit["unit_id"]): str(unit["initials"]) for unit in package.tables["unit_versions"]}
    units = {
        unit_id: (name, tuple(filter(None, (name.lower(), initials.get(unit_id) or initials_of(name)))))
        for unit_id, name in names.items()
    }
    return (*_villages(package, units), *_cells(package, units, catalogue), *_records(package))


_Units = dict[str, tuple[str, tuple[str, ...]]]


def _villages(package: VerifiedPackage, units: _Units) -> Iterator[ReportPlace]:
    listed = {row["unit_id"] for row in package.tables["cells"]} | {
        row["unit_id"] for row in package.tables["nil_returns"]
    }
    for unit_id, (name, keys) in units.items():
        if unit_id in listed:
            yield ReportPlace(RemarkPlace.VILLAGE, name, unit_id=unit_id, keys=keys)


def _cells(package: VerifiedPackage, units: _Units, catalogue: Catalogue) -> Iterator[ReportPlace]:
    order = {code: place for place, code in enumerate(catalogue.items)}
    places = {unit_id: place for place, unit_id in enumerate(units)}
    items: dict[str, tuple[str, tuple[str, ...]]] = {}
    found = sorted(
        cell_texts(package.tables).items(),
        key=lambda cell: (places.get(cell[0][0], len(places)), order.get(cell[0][1], len(order)), cell[0]),
    )
    for (unit_id, code), shown in found:
        if code not in items:
            items[code] = _item(catalogue, code)
        name, keys = items[code]
        unit_name, unit_keys = units.get(unit_id, (unit_id, ()))
        yield ReportPlace(
            RemarkPlace.CELL, f"{unit_name} {name}", shown, unit_id=unit_id, item=code, keys=(*unit_keys, *keys)
        )


def _item(catalogue: Catalogue, code: str) -> tuple[str, tuple[str, ...]]:
    """``D01 应检·社区戒毒（尿检）``: with the code and the tab of the sheet, since several items are called alike."""
    name, item = item_name(catalogue, code), catalogue.items.get(code)
    keys = (name.lower(), initials_of(name), code.lower())
    if item is None:  # of a catalogue that this desk does not have
        return name, keys
    block = catalogue.block(item.block).name
    return f"{item.base} {name}（{block}）", (*keys, block.lower(), initials_of(block))


def _records(package: VerifiedPackage) -> Iterator[ReportPlace]:
    tables = package.tables
    for row in tables["meetings"]:
        name = " ".join(filter(None, (str(row["number"]), str(row["title"])))) or "—"
        yield _record(RemarkPlace.MEETING, row["id"], name, _day(row["starts_at"]))
    for row in tables["decisions"]:
        yield _record(RemarkPlace.DECISION, row["id"], f"{row['number']}. {row['matter']}", _day(row["decided_on"]))
    for row in tables["expenses"]:
        fen = int(str(row["amount_fen"]))
        amount = f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
        yield _record(RemarkPlace.EXPENSE, row["id"], f"{row['number']} {row['summary']}", amount)


def _record(place: RemarkPlace, record: object, name: str, shown: str) -> ReportPlace:
    return ReportPlace(place, name, shown, record=str(record), keys=(name.lower(), initials_of(name), shown))


def _day(value: object) -> str:
    return str(value)[:10] if value is not None else ""


def found_places(places: Iterable[ReportPlace], typed: str, most: int) -> tuple[tuple[ReportPlace, ...], int]:
    """The first ``most`` places that answer to ``typed``, and how many there are in all."""
    found = [place for place in places if place.answers_to(typed)]
    wanted = typed.strip().lower()
    found.sort(key=lambda place: wanted not in place.keys)  # what is called exactly so comes first
    return tuple(found[:most]), len(found)
