"""Many packages of one township, quickly: one real report, and the same cells signed again for other months."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.operations.exchange.months import make_ready, vault_of
from tests.packages.report_writing import write_report

from jindu_desk.domain.months import Month
from jindu_desk.operations.exchange.keys import signing_key
from jindu_desk.operations.exchange.report import report_month
from jindu_desk.packages.verify import verify_package
from jindu_desk.packages.write import PackageHead

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

MONTH = Month(2026, 10)
_UNITS = ("units", "unit_versions", "officials")


def write_packages(township: Desk, count: int, folder: Path) -> list[Path]:
    """``count`` packages numbered from 1 in the order of their months, all of ``township``, as files in ``folder``."""
    make_ready(township, MONTH)
    vault = vault_of(township)
    first = report_month(township.store, vault, township.paths, MONTH, folder)
    known = verify_package(first.path.read_bytes(), None)
    first.path.unlink()
    about, key = known.descriptor, signing_key(vault)
    previous: str | None = None
    files = []
    for number in range(1, count + 1):
        month = str(MONTH.plus(number - count))
        tables = {name: [dict(row) for row in rows] if name in _UNITS else [] for name, rows in known.tables.items()}
        tables["cells"] = [{**row, "month": month} for row in known.tables["cells"]]
        head = PackageHead(
            sender=about.sender,
            receiver=about.receiver,
            period=month,
            revision=1,
            reason="",
            number=number,
            previous=previous,
            rules=about.rules,
            roster=about.roster,
            program=about.program,
            audit_head=about.audit_head,
            created=about.created,
        )
        written = write_report(head, tables, [], key)
        previous = written.descriptor_sha256
        file = folder / f"{number:03}.jdpkg"
        file.write_bytes(written.content)
        files.append(file)
    return files
