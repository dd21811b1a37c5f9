"""What was sent, opened again: only the very bytes that are on record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import select
from tests.operations.exchange.months import MONTH, reported

from jindu_desk.queries.exchange.sent_copies import sent_package
from jindu_desk.store.tables import Sent

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def test_the_copy_counts_under_either_name_and_only_unaltered(township: Desk, stick: Path) -> None:
    reported(township, MONTH, stick)
    with township.store.read() as session:
        row = session.exec(select(Sent)).one()
        copy = township.paths.sent / row.file_name
        found = sent_package(township.paths, row)
        assert found is not None
        assert found.descriptor.number == row.number
        unrecorded = copy.rename(f"{copy}.unrecorded")
        assert sent_package(township.paths, row) is not None
        unrecorded.write_bytes(unrecorded.read_bytes() + b"\0")
        assert sent_package(township.paths, row) is None
        unrecorded.unlink()
        assert sent_package(township.paths, row) is None
