"""Example data: real names of units, made-up people and figures, deterministic by seed.

A township's example is recorded through the program's own operations, month by month; its earlier months are reported
to a district of the example, encrypted, and answered. A district's example receives the packages of its townships, made
the same way.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
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
from jindu_desk.operations.exchange.answers import write_answers
from jindu_desk.operations.exchange.directives import write_directive
from jindu_desk.operations.exchange.enrolments import write_enrolment
from jindu_desk.operations.exchange.judge import accept_report
from jindu_desk.operations.exchange.keys import create_signing_key, trust_key
from jindu_desk.operations.exchange.receive import ReceiveResult, receive_files
from jindu_desk.operations.exchange.report import report_month
from jindu_desk.operations.units import OfficialDraft, SetUp, UnitDraft, set_up_folder
from jindu_desk.queries.duties import due
from jindu_desk.queries.exchange.keys import SignerRow, own_signer
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
    township: Path | None = None,
    progress: Callable[[str], object] = lambda _text: None,
) -> Demo:
    """Make an example folder. Raises `FolderNotEmpty`, `UnknownUnit`.

    A township: ``months`` months ending with ``until``; all but the last are reported into ``folder/reported`` and
    answered by its district, the last is ready to be. A district: every township of it the same way, all months
    reported and received. ``township``: where the folder of one of them is kept, its last month still to be reported.
    """
    for wanted in filter(None, (folder, township)):
        if wanted.exists() and (not wanted.is_dir() or any(wanted.iterdir())):
            raise FolderNotEmpty(folder=str(wanted))
    unit = shipped_unit(code or _DEFAULT.get(tier, ""))
    if unit is None or unit.tier is not tier or tier not in _DEFAULT:
        raise UnknownUnit(unit=code or tier.value)
    span = [until.plus(-n) for n in reversed(range(months))]
    if tier is Tier.TOWNSHIP:
        return _make_single(folder, unit, span, seed, progress)
    return _make_district(folder, unit, span, seed, township, progress)


@dataclass(frozen=True, slots=True)
class _Above:
    """A district that townships of the example report to."""

    opened: OpenFolder
    clock: DemoClock
    vault: KeyVault
    key: SignerRow
    directive: Path


def _make_above(folder: Path, unit: ShippedUnit, first: date) -> _Above:
    clock = DemoClock(datetime.combine(first, time(8, 0)))
    opened = open_folder(folder, create=True, clock=clock)
    own = _set_up(opened.store, unit, first)
    vault = _make_key(opened, own)
    outbox = folder / OUTBOX
    outbox.mkdir()
    sent = write_directive(opened.store, vault, opened.paths, outbox)
    return _Above(opened, clock, vault, _key_of(opened), sent.path)


def _make_single(
    folder: Path, unit: ShippedUnit, span: list[Month], seed: int, progress: Callable[[str], object]
) -> Demo:
    """A township whose district read what it sent, accepted the older months and answered."""
    superior = shipped_unit(unit.parent)
    if superior is None:
        raise UnknownUnit(unit=unit.parent)
    with tempfile.TemporaryDirectory() as away:
        above = _make_above(Path(away) / "district", superior, span[0].first_day)
        try:
            made = _make_township(folder, unit, span, seed, above, progress, report_last=False)
            if made.packages:
                above.clock.now = datetime.combine(span[-1].first_day.replace(day=6), time(9, 0))
                results = _received(above, made)
                for result in results[:-1]:
                    accept_report(above.opened.store, str(result.received_id))
                outbox = Path(away)
                store, paths = above.opened.store, above.opened.paths
                told = write_directive(store, above.vault, paths, outbox)  # names the township's key by now
                (sent,) = write_answers(store, above.vault, paths, [made.unit_id], outbox)
                files = [told.path, sent.path]
                _read(folder, files, datetime.combine(span[-1].first_day.replace(day=8), time(9, 0)))
        finally:
            above.opened.close()
    return Demo(unit.name, span[0], span[-1], len(shipped_below(unit.code)), made.packages)


def _make_district(
    folder: Path,
    unit: ShippedUnit,
    span: list[Month],
    seed: int,
    kept: Path | None,
    progress: Callable[[str], object],
) -> Demo:
    above = _make_above(folder, unit, span[0].first_day)
    try:
        townships = shipped_below(unit.code)
        if not townships:
            raise UnknownUnit(unit=unit.code)
        keeps = next((each for each in townships if each.code == _DEFAULT[Tier.TOWNSHIP]), townships[0])
        packages: list[Path] = []
        for number, township in enumerate(townships, 1):
            progress(f"{number}/{len(townships)} {township.name}")
            with tempfile.TemporaryDirectory() as away:
                stays = kept is not None and township is keeps
                place = kept if kept is not None and stays else Path(away) / "data"
                made = _make_township(place, township, span, seed + number, above, progress, report_last=not stays)
                above.clock.now = datetime.combine(span[-1].next.first_day.replace(day=5), time(9, 0))
                _received(above, made)
                packages += [_moved(path, folder / OUTBOX) for path in made.packages]
        told = write_directive(above.opened.store, above.vault, above.opened.paths, folder / OUTBOX)
        if kept is not None:
            _read(kept, [told.path], above.clock.now)
        return Demo(unit.name, span[0], span[-1], len(townships), tuple(packages))
    finally:
        above.opened.close()


@dataclass(frozen=True, slots=True)
class _Made:
    """A township's packages, its enrolment first, and the key that signed them."""

    unit_id: str
    enrolment: Path
    packages: tuple[Path, ...]
    key: SignerRow


def _make_township(
    folder: Path,
    unit: ShippedUnit,
    span: list[Month],
    seed: int,
    above: _Above,
    progress: Callable[[str], object],
    *,
    report_last: bool,
) -> _Made:
    clock = DemoClock(datetime.combine(span[0].first_day, time(9, 0)))
    opened = open_folder(folder, create=True, clock=clock)
    try:
        own = _set_up(opened.store, unit, span[0].first_day)
        vault = _make_key(opened, own)
        outbox = folder / OUTBOX
        outbox.mkdir()
        _trust(opened, above.opened, above.key)
        receive_files(opened.store, opened.paths, [above.directive], vault=vault)
        enrolment = write_enrolment(opened.store, vault, opened.paths, outbox).path
        township = Township(opened.store, clock, own.unit, Random(f"{seed}/{unit.code}"))  # noqa: S311 - an example
        packages = []
        for month in span:
            progress(f"  {unit.name} {month}")
            township.make_month(month)
            if month != span[-1] or report_last:
                packages.append(report_month(opened.store, vault, opened.paths, month, outbox).path)
        _do_duties(opened.store, own.unit.id, span[-1].last_day)
        return _Made(own.unit.id, enrolment, tuple(packages), _key_of(opened))
    finally:
        opened.close()


def _received(above: _Above, made: _Made) -> tuple[ReceiveResult, ...]:
    """The district compares the key, reads the enrolment and everything that was reported."""
    store = above.opened.store
    trust_key(store, made.unit_id, made.key.public_key, keeper=made.key.keeper, compared=made.key.fingerprint)
    results = receive_files(store, above.opened.paths, [made.enrolment, *made.packages], vault=above.vault)
    if not all(result.counted for result in results):
        raise RuntimeError([result.explanation for result in results if not result.counted])
    return results[1:]


def _read(folder: Path, files: Sequence[Path], now: datetime) -> None:
    opened = open_folder(folder, create=False, clock=DemoClock(now))
    try:
        own = own_unit(opened.store)
        if own is not None:
            vault = KeyVault(opened.paths.keys, own.folder_id, demo=True)
            receive_files(opened.store, opened.paths, files, vault=vault)
    finally:
        opened.close()


def _trust(opened: OpenFolder, above: OpenFolder, key: SignerRow) -> None:
    own = own_unit(above.store)
    if own is None:
        raise RuntimeError(key.unit_name)
    trust_key(opened.store, own.unit.id, key.public_key, keeper=key.keeper, compared=key.fingerprint)


def _key_of(opened: OpenFolder) -> SignerRow:
    key = own_signer(opened.store)
    if key is None:
        raise RuntimeError(opened.paths.root)
    return key


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
