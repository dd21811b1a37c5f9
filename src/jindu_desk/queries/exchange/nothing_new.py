"""Would a month that goes out again say anything that its last package did not?"""

from __future__ import annotations

from sqlmodel import col, select

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.files import sha256_hex
from jindu_desk.packages.rows import write_table
from jindu_desk.packages.schema import report_tables
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.sent_copies import sent_package
from jindu_desk.queries.report_rows import report_rows
from jindu_desk.queries.units import own_unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Sent


def says_nothing_new(store: Store, paths: FolderPaths, month: Month) -> bool:
    """Whether every table of a township's month is, to the byte, what the last package of it holds. False where there
    is no such package, its copy cannot be read, or the unit is no township: a district's report rests on others'."""
    with store.read() as session:
        own = own_unit_in(session, month)
        if own is None or own.unit.tier is not Tier.TOWNSHIP:
            return False
        query = select(Sent).where(
            Sent.stream == own.unit.id, Sent.kind == PackageKind.REPORT, Sent.period == str(month)
        )
        last = session.exec(query.order_by(col(Sent.sent_at).desc()).limit(1)).first()
        if last is None:
            return False
        package = sent_package(paths, last)
        if package is None:
            return False
        rows = report_rows(session, own.unit.id, month)
    signed = {resource.name: resource.sha256 for resource in package.descriptor.resources}
    return all(
        sha256_hex(write_table(table, rows[table.name])) == signed.get(table.name)
        for table in report_tables()
        if table.name in rows
    )
