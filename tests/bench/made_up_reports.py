"""Signed, encrypted reports of made-up townships: what `receive.py` reads."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.packages.made_up import head, tables
from tests.packages.report_writing import write_report

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Catalogue, Level
from jindu_desk.domain.tallies.cells import Cell, state_of
from jindu_desk.domain.tallies.plausible import Size, plausible_month, plausible_township
from jindu_desk.domain.units import Tier
from jindu_desk.operations.exchange.keys import trust_key
from jindu_desk.operations.units import UnitDraft, add_unit
from jindu_desk.packages.descriptor import Party
from jindu_desk.packages.keys import SigningKey
from jindu_desk.packages.sealing import seal
from jindu_desk.packages.write import PackageHead
from jindu_desk.queries.rules import shipped_rules

Rows = list[dict[str, object]]
_EXPENSES = 30
_VILLAGES = 15
_NIL = 3  # of them


def write_reports(desk: Desk, recipient: str, folder: Path, packages: int, townships: int) -> Iterator[Path]:
    """Reports of units that are added below the district's real ones, in the order of their months."""
    folder.mkdir()
    own = desk.unit.unit
    receiver = Party(own.id, own.code, own.name, own.tier)
    minutes = Random(0).randbytes(60_000)  # as a PDF: it does not pack
    first = Month(2026, 10).plus(1 - -(-packages // townships))
    senders = []
    for number in range(townships):
        sender = Party(_id(f"township {number}"), "", f"测试{number}镇", Tier.TOWNSHIP)
        add_unit(desk.store, UnitDraft(sender.name, sender.tier, id=sender.id), own.id, Month(2000, 1))
        key = SigningKey.generate()
        trust_key(desk.store, sender.id, key.public.line, keeper="测试甲", compared=key.public.fingerprint)
        senders.append((sender, key, Figures(number)))
    previous: dict[str, str] = {}
    for written in range(packages):
        place, of_township = divmod(written, townships)
        sender, key, figures = senders[of_township]
        month = first.plus(place)
        made = PackageHead(
            sender=sender,
            receiver=receiver,
            period=str(month),
            revision=1,
            reason="",
            number=place + 1,
            previous=previous.get(sender.id),
            rules="1",
            roster=0,
            program=("jindu-desk", "0.1.0"),
            audit_head="0" * 64,
            created=datetime(2026, 11, 1, 9) + timedelta(seconds=written),
        )
        rows = _month(sender, receiver, month, figures, opening=not place)
        package = write_report(made, rows, [("纪要.pdf", minutes)], key)
        previous[sender.id] = package.descriptor_sha256
        file = folder / f"{written:05}.jdpkg"
        file.write_bytes(seal(package.content, [recipient]))
        yield file


class Figures:
    """The tally of one township, month after month: each goes on from the one before, and keeps every hard check."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)
        self._rows: dict[int | None, Mapping[str, Cell]] = {}

    def next_row(self, catalogue: Catalogue, village: int | None) -> Mapping[str, Cell]:
        """The next month of a village by its place, or of the township itself; the first villages have nil returns."""
        before = self._rows.get(village)
        if village is None:
            row: Mapping[str, Cell] = plausible_township(self._rng, catalogue, before)
        elif village < _NIL:
            row = {item.code: 0 for item in catalogue.level_items(Level.VILLAGE)}
        else:
            row = plausible_month(self._rng, catalogue, before, list(Size)[village % len(Size)])
        self._rows[village] = row
        return row


def _month(sender: Party, receiver: Party, month: Month, figures: Figures, *, opening: bool) -> Mapping[str, Rows]:
    """A report's rows; in a first month (``opening``) the figures to begin with say where they come from."""
    town = sender.id
    rows = tables(head(sender=sender, receiver=receiver, period=str(month)))
    villages = [_id(f"{town} village {number}") for number in range(1, _VILLAGES + 1)]
    unit, version = rows["units"][1], rows["unit_versions"][1]
    rows["units"] = [rows["units"][0], *({**unit, "id": each, "position": n} for n, each in enumerate(villages))]
    rows["unit_versions"] = [
        rows["unit_versions"][0],
        *({**version, "unit_id": each, "name": f"测试{n}村"} for n, each in enumerate(villages, 1)),
    ]
    catalogue, cell, nil = shipped_rules().catalogue, rows["cells"][0], rows["nil_returns"][0]
    of_unit = {each: figures.next_row(catalogue, place) for place, each in enumerate(villages)}
    of_unit[town] = figures.next_row(catalogue, None)
    rows["cells"] = [
        {**cell, "unit_id": each, "item": item, "state": state[0], "value": state[1]}
        for each, row in of_unit.items()
        for item, figure in row.items()
        if (state := state_of(figure)) is not None
    ]
    for row in rows["cells"] if opening else ():
        if row["unit_id"] != town and catalogue.items[str(row["item"])].opens:
            row["note"] = "上年底台账"
    rows["nil_returns"] = [{**nil, "unit_id": each} for each in villages[:_NIL]]
    rows["reasons"] = []
    line = {**rows["budget_lines"][0], "id": _id(f"{town} line {month.year}"), "year": month.year}
    rows["budget_lines"] = [line]
    adjustment = {**rows["adjustments"][0], "id": _id(f"{town} adjustment {month.year}"), "line_id": line["id"]}
    rows["adjustments"] = [adjustment]
    entry = {**rows["expenses"][0], "line_id": line["id"], "reverses": None}
    rows["expenses"] = [
        {**entry, "id": _id(f"{town} {month} expense {n}"), "number": n, "amount_fen": 100 + n}
        for n in range(1, _EXPENSES + 1)
    ]
    attendee = rows["attendees"][0]
    rows["attendees"] = [{**attendee, "position": n, "unit_id": each} for n, each in enumerate(villages)]
    return rows


def _id(name: str) -> str:
    """As the program's own ids look."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))
