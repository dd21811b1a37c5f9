"""A city, its district and two townships that have reported October; each test gets copies of the same folders."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from sqlmodel import select
from tests.operations.exchange.desks import directive, introduce, receive
from tests.operations.exchange.months import vault_of
from tests.packages.report_writing import write_report
from tests.shipped_desks import set_up_shipped

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier, shipped_unit_id
from jindu_desk.operations.demo_month import DemoClock, Township
from jindu_desk.operations.exchange.keys import own_keys
from jindu_desk.operations.exchange.receive import ReceiveResult, confirm_revision, rebuild
from jindu_desk.operations.exchange.report import ReportResult, reopen_month, report_month
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.packages.descriptor import Party
from jindu_desk.packages.schema import Row
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.packages.write import PackageHead
from jindu_desk.queries.tallies import sheet
from jindu_desk.queries.totals import Totals, totals
from jindu_desk.store.tables import (
    Adjustment,
    Attendee,
    BudgetLine,
    Cell,
    Decision,
    DecisionStep,
    Expense,
    Meeting,
    NilReturn,
    Official,
    Reason,
    SignedDecision,
    UnitVersion,
)

CITY, DISTRICT = "320400000000", "320411000000"
XUEJIA, LUOXI = "320411103000", "320411104000"
XUEJIA_NAME, LUOXI_NAME = "薛家镇-2026-10.jdpkg", "罗溪镇-2026-10.jdpkg"
"""What travels with the district's October report, by the names that people read."""
XINBEI = Party(shipped_unit_id(DISTRICT), DISTRICT, "新北区", Tier.DISTRICT)
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
PROJECTED = (
    Cell,
    NilReturn,
    Reason,
    Meeting,
    Attendee,
    Decision,
    DecisionStep,
    SignedDecision,
    Expense,
    BudgetLine,
    Adjustment,
    Official,
    UnitVersion,
)
Tables = dict[str, list[Row]]


@dataclass
class Desks:
    """``folder``: the stick, with what the townships reported on it: unit's code → month → file."""

    city: Desk
    district: Desk
    xuejia: Desk
    luoxi: Desk
    folder: Path
    clock: DemoClock


@contextmanager
def opened(root: Path, clock: DemoClock) -> Iterator[Desks]:
    with ExitStack() as stack:

        def desk(name: str) -> Desk:
            made = Desk.open(root / name, create=True, clock=clock)
            stack.callback(made.close, backup=False)
            return made

        folder = root / "stick"
        folder.mkdir(exist_ok=True)
        yield Desks(desk("city"), desk("district"), desk("xuejia"), desk("luoxi"), folder, clock)


def reported_twice(root: Path) -> datetime:
    """Everybody knows everybody; both townships have reported two months, of which October counts at the district.
    Returns what the clock says then."""
    clock = DemoClock(datetime(2026, 9, 28, 9, 30))
    with opened(root, clock) as desks:
        for desk, code in (
            (desks.city, CITY),
            (desks.district, DISTRICT),
            (desks.xuejia, XUEJIA),
            (desks.luoxi, LUOXI),
        ):
            set_up_shipped(desk, code)
        introduce(desks.city, desks.district, desks.folder)
        for township in (desks.xuejia, desks.luoxi):
            introduce(desks.district, township, desks.folder)
        (listed,) = receive(desks.city, directive(desks.district, desks.folder).path)
        assert listed.counted, listed.explanation
        for seed, township in enumerate((desks.xuejia, desks.luoxi)):
            made = Township(township.store, clock, township.unit.unit, Random(seed))
            for month in (OCTOBER, NOVEMBER):
                made.make_month(month)
                report_month(township.store, vault_of(township), township.paths, month, desks.folder)
        for township in (desks.xuejia, desks.luoxi):
            (taken,) = receive(desks.district, package_of(desks, township, OCTOBER))
            assert taken.counted, taken.explanation
    return clock.now


def package_of(desks: Desks, township: Desk, month: Month) -> Path:
    (found,) = desks.folder.glob(f"{township.unit.unit.name}-{month}-*.jdpkg")
    return found


@contextmanager
def copies(base: Path, now: datetime, root: Path) -> Iterator[Desks]:
    shutil.copytree(base, root, dirs_exist_ok=True)
    with opened(root, DemoClock(now)) as desks:
        yield desks


@contextmanager
def copied(folder: Path, to: Path, clock: DemoClock) -> Iterator[Desk]:
    shutil.copytree(folder, to)
    desk = Desk.open(to, clock=clock)
    try:
        yield desk
    finally:
        desk.close(backup=False)


def sent_up(
    desk: Desk, folder: Path, month: Month = OCTOBER, *, reason: str = "其余镇未报", readable: bool = False
) -> ReportResult:
    """A district's month, without most of its townships."""
    return report_month(desk.store, vault_of(desk), desk.paths, month, folder, reason=reason, readable=readable)


def kept_package(desk: Desk, sent: ReportResult) -> VerifiedPackage:
    """What was sent, from the copy that its sender keeps."""
    return verify_package((desk.paths.sent / sent.path.name).read_bytes(), None)


def altered(
    desk: Desk,
    sent: ReportResult,
    folder: Path,
    change: Callable[[Tables], None] = lambda _tables: None,
    packages: Mapping[str, bytes] | None = None,
) -> Path:
    """The report under a good signature of its sender, with other rows or other packages inside."""
    package = kept_package(desk, sent)
    about = package.descriptor
    tables: Tables = {name: [dict(row) for row in rows] for name, rows in package.tables.items()}
    change(tables)
    inside = {entry.name: package.attachments[entry.path] for entry in about.attachments}
    head = PackageHead(
        sender=about.sender,
        receiver=about.receiver,
        period=about.period,
        revision=about.revision,
        reason=about.reason,
        number=about.number,
        previous=about.previous,
        rules=about.rules,
        roster=about.roster,
        program=about.program,
        audit_head=about.audit_head,
        created=about.created,
    )
    key = own_keys(desk.store, vault_of(desk)).signing
    made = write_report(head, tables, list((inside if packages is None else packages).items()), key)
    path = folder / "altered.jdpkg"
    path.write_bytes(made.content)
    return path


def inside(desk: Desk, sent: ReportResult) -> dict[str, bytes]:
    """What travels with a report, by the names that people read."""
    package = kept_package(desk, sent)
    return {entry.name: package.attachments[entry.path] for entry in package.descriptor.attachments}


def rows_of(desk: Desk, units: Iterable[str]) -> dict[str, list[str]]:
    """The projected rows of these townships and what belongs to them, table by table."""
    wanted = set(units)
    found: dict[str, list[str]] = {}
    with desk.store.read() as session:
        meetings = {row.id for row in session.exec(select(Meeting)) if row.unit_id in wanted}
        decisions = {row.id for row in session.exec(select(Decision)) if row.unit_id in wanted}
        lines = {row.id for row in session.exec(select(BudgetLine)) if row.unit_id in wanted}
        below = {row.unit_id for row in session.exec(select(UnitVersion)) if row.reports_to in wanted}
        holders = wanted | meetings | decisions | lines | below
        for table in PROJECTED:
            rows = [row.model_dump() for row in session.exec(select(table))]
            found[table.__name__] = sorted(repr(row) for row in rows if _of(row) & holders)
    return found


def _of(row: Mapping[str, object]) -> set[object]:
    names = ("township_id", "unit_id", "meeting_id", "decision_id", "line_id")
    return {row[name] for name in names if name in row}


def all_rows(desk: Desk) -> dict[str, list[str]]:
    with desk.store.read() as session:
        return {
            table.__name__: sorted(repr(row.model_dump()) for row in session.exec(select(table))) for table in PROJECTED
        }


def totals_of(desk: Desk, month: Month = OCTOBER) -> Totals:
    return totals(desk.store, desk.unit.unit.id, month)


def rebuilt(desk: Desk) -> bool:
    """Whether the tables are the same after they were thrown away and made again."""
    before = all_rows(desk)
    rebuild(desk.store, desk.paths)
    return all_rows(desk) == before


def corrected(desks: Desks, township: Desk) -> Path:
    """The township opens October again, changes a figure and reports it as its second revision."""
    unit = township.unit.unit
    reopen_month(township.store, unit.id, OCTOBER, by="测试甲", reason="核对后更正")
    village, item, figure = employed(township)
    set_cells(township.store, unit.id, OCTOBER, [CellEdit(village, item, figure + 1)])
    return report_month(township.store, vault_of(township), township.paths, OCTOBER, desks.folder).path


def employed(township: Desk) -> tuple[str, str, int]:
    """A figure of October that may be one more: a village, the item, how many of those who can work do."""
    cells = sheet(township.store, township.unit.unit.id, OCTOBER).sheet.cells
    for (village, item), figure in cells.items():
        able = cells.get((village, item.replace("P02", "P01")))
        if item.startswith("P02") and isinstance(figure, int) and isinstance(able, int) and figure < able:
            return village, item, figure
    raise LookupError(item)


def figure_of(desk: Desk, village: str, item: str) -> int | None:
    with desk.store.read() as session:
        cell = session.get(Cell, (village, str(OCTOBER), item))
        return cell.value if cell is not None else None


def confirm(desk: Desk, result: ReceiveResult) -> None:
    assert result.received_id is not None
    confirm_revision(desk.store, desk.paths, result.received_id)
