"""A key that nobody compared names the one that introduced it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import Clock
from tests.operations.exchange.desks import enrolment, introduce, receive
from tests.operations.exchange.months import MONTH, reported, vault_of

from jindu_desk.operations.exchange.key_changes import begin_key_change, finish_key_change
from jindu_desk.queries.exchange.details import package_details
from jindu_desk.queries.exchange.introducers import Introducer, introducer_of
from jindu_desk.queries.exchange.keys import own_signer, signers

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@pytest.fixture
def keys(district: Desk, township: Desk, stick: Path, clock: Clock) -> tuple[str, str]:
    """The township's key that the district compared, and the one that it introduced and signs with now."""
    introduce(district, township, stick)
    first = own_signer(township.store)
    clock.advance(days=1)  # of keys that were compared at once neither is the newer
    begin_key_change(township.store, vault_of(township))
    receive(district, enrolment(township, stick).path)
    finish_key_change(township.store, vault_of(township))
    second = own_signer(township.store)
    assert first is not None
    assert second is not None
    return first.fingerprint, second.fingerprint


def test_the_key_that_signed_for_it_is_named(district: Desk, keys: tuple[str, str]) -> None:
    first, second = keys
    groups = next(row.groups for row in signers(district.store) if row.fingerprint == first)
    assert introducer_of(district.store, district.paths, second) == Introducer("薛家镇", groups)
    assert introducer_of(district.store, district.paths, first) is None
    assert introducer_of(district.store, district.paths, "SHA256:unheard-of") is None


def test_it_is_told_with_a_report_that_the_new_key_signed(
    district: Desk, township: Desk, stick: Path, keys: tuple[str, str]
) -> None:
    (result,) = receive(district, reported(township, MONTH, stick).path)
    found = package_details(district.store, district.paths, result.received_id or "")
    assert found.compared_at is None
    assert found.introduced_by == introducer_of(district.store, district.paths, keys[1])


def test_where_the_file_is_gone_nothing_is_claimed(district: Desk, keys: tuple[str, str]) -> None:
    for file in district.paths.received.iterdir():
        file.unlink()
    assert introducer_of(district.store, district.paths, keys[1]) is None
