"""Example data: real names of units, made-up people and figures, deterministic by seed.

A township's example is recorded through the program's own operations, month by month, and its earlier months are
reported. A district's example receives the packages of its townships, made the same way.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role, Tier
from jindu_desk.errors.folder import FolderNotEmpty
from jindu_desk.errors.units import UnknownUnit
from jindu_desk.operations.demo_month import DemoClock, Township, section, words
from jindu_desk.operations.duties import mark_duty_done
from jindu_desk.operations.exchange_keys import create_signing_key, trust_key
from jindu_desk.operations.exchange_receive import receive_files
from jindu_desk.operations.exchange_report import report_month
from jindu_desk.operations.units import OfficialDraft, SetUp, UnitDraft, set_up_folder
from jindu_desk.queries.duties import due
from jindu_desk.queries.exchange import SignerRow, own_signer
from jindu_desk.queries.shipped_units import ShippedUnit, shipped_below, shipped_unit
from jindu_desk.queries.units import OwnUnit, own_unit
from jindu_desk.settings.keys import KeyVault
from jindu_desk.store.engine import Store
from jindu_desk.store.folder import OpenFolder, open_folder

_DEFAULT = {Tier.TOWNSHIP: "320411103000", Tier.DISTRICT: "320411000000"}
OUTBOX = "reported"
"""Folder inside a demo folder that holds the packages as they would lie on the USB stick."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made. ``packages``: where the reported packages lie."""

    unit: str
    first: Month
    last: Month
    units: int
    packages: tuple[Path, ...]


def make_demo(
    folder: Path,
    *,
    tier: Tier,
    code: str = "",
    months: int = 12,
    until: Month,
    seed: int = 1,
    progress: Callable[[str], object] = lambda _text: None,
) -> Demo:
    """Make an example folder. Raises `FolderNotEmpty`, `UnknownUnit`.

    A township: ``months`` months ending with ``until``; all but the last are reported into ``folder/reported``, the
    last is ready to be. A district: every township of it the same way, all months reported and received.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder=str(folder))
    unit = shipped_unit(code or _DEFAULT.get(tier, ""))
    if unit is None or unit.tier is not tier or tier not in _DEFAULT:
        raise UnknownUnit(unit=code or tier.value)
    span = [until.plus(-n) for n in reversed(range(months))]
    if tier is Tier.TOWNSHIP:
        packages, _ = _make_township(folder, unit, span, seed, progress, report_last=False)
        return Demo(unit.name, span[0], until, len(shipped_below(unit.code)), packages)
    return _make_district(folder, unit, span, seed, progress)


def _make_district(
    folder: Path, unit: ShippedUnit, span: list[Month], seed: int, progress: Callable[[str], object]
) -> Demo:
    clock = DemoClock(datetime.combine(span[-1].next.first_day.replace(day=5), time(9, 0)))
    opened = open_folder(folder, create=True, clock=clock)
    try:
        own = _set_up(opened.store, unit, span[0].first_day)
        _make_key(opened, own)
        townships = shipped_below(unit.code)
        packages: list[Path] = []
        for number, township in enumerate(townships, 1):
            progress(f"{number}/{len(townships)} {township.name}")
            with tempfile.TemporaryDirectory() as away:
                made, key = _make_township(
                    Path(away) / "data", township, span, seed + number, progress, report_last=True
                )
                kept = folder / OUTBOX
                kept.mkdir(exist_ok=True)
                packages += [_moved(path, kept) for path in made]
            trust_key(opened.store, township.id, key.public_key, keeper=key.keeper, compared=key.fingerprint)
        results = receive_files(opened.store, opened.paths, packages)
        if not all(result.counted for result in results):
            raise RuntimeError([result.explanation for result in results if not result.counted])
        return Demo(unit.name, span[0], span[-1], len(townships), tuple(packages))
    finally:
        opened.close()


def _make_township(
    folder: Path,
    unit: ShippedUnit,
    span: list[Month],
    seed: int,
    progress: Callable[[str], object],
    *,
    report_last: bool,
) -> tuple[tuple[Path, ...], SignerRow]:
    """The packages reported, and the key that signed them."""
    clock = DemoClock(datetime.combine(span[0].first_day, time(9, 0)))
    opened = open_folder(folder, create=True, clock=clock)
    try:
        own = _set_up(opened.store, unit, span[0].first_day)
        vault = _make_key(opened, own)
        township = Township(opened.store, clock, own.unit, Random(f"{seed}/{unit.code}"))  # noqa: S311 - an example
        outbox = folder / OUTBOX
        outbox.mkdir()
        packages = []
        for month in span:
            progress(f"  {unit.name} {month}")
            township.make_month(month)
            if month != span[-1] or report_last:
                packages.append(report_month(opened.store, vault, opened.paths, month, outbox).path)
        _do_duties(opened.store, own.unit.id, span[-1].last_day)
        key = own_signer(opened.store)
        if key is None:
            raise RuntimeError(unit.name)
        return tuple(packages), key
    finally:
        opened.close()


def _set_up(store: Store, unit: ShippedUnit, since: date) -> OwnUnit:
    def draft(found: ShippedUnit) -> UnitDraft:
        return UnitDraft(found.name, found.tier, found.code, found.id)

    superior = shipped_unit(unit.parent)
    below = shipped_below(unit.code)
    posts = section("posts")
    street = posts if not unit.name.endswith(str(posts["street_mark"])) else posts | section("street_posts")
    names = _names()
    people = [
        OfficialDraft("", role, next(names), str(street[role.value]), since)
        for role in (Role.FIRST_RESPONSIBLE, Role.MAIN_RESPONSIBLE, Role.DIRECT_RESPONSIBLE, Role.FULL_TIME_STAFF)
    ]
    if unit.tier is Tier.TOWNSHIP:
        post = str(posts[Role.VILLAGE_DIRECTOR.value])
        people += [OfficialDraft(each.id, Role.VILLAGE_DIRECTOR, next(names), post, since) for each in below]
        observers = words()["observers"]
        if isinstance(observers, list):
            people += [OfficialDraft("", Role.OBSERVER, each["name"], each["post"], since) for each in observers]
    set_up_folder(
        store,
        SetUp(
            draft(unit),
            draft(superior) if superior else None,
            [draft(each) for each in below],
            people,
            keeper=str(words()["keeper"]),
            demo=True,
        ),
    )
    own = own_unit(store)
    if own is None:
        raise RuntimeError(unit.name)
    return own


def _names() -> Iterator[str]:
    """Names that nobody bears, one after the other."""
    surnames, marks = words()["surnames"], words()["marks"]
    if not (isinstance(surnames, list) and isinstance(marks, list)):
        raise TypeError(surnames)
    return (f"{surname}{mark}" for surname in surnames for mark in marks)


def _do_duties(store: Store, unit_id: str, today: date) -> None:
    """What fell due before the example's last month was done a few days before."""
    for row in due(store, unit_id, today, horizon_days=0):
        if row.overdue and row.due is not None:
            done_on = row.due - timedelta(days=6)
            mark_duty_done(store, unit_id, row.rule.code, row.period, done_on=done_on, note=str(words()["duty_note"]))


def _make_key(opened: OpenFolder, own: OwnUnit) -> KeyVault:
    vault = KeyVault(opened.paths.keys, own.folder_id, demo=True)
    create_signing_key(opened.store, vault)
    return vault


def _moved(path: Path, into: Path) -> Path:
    target = into / path.name
    target.write_bytes(path.read_bytes())
    return target
