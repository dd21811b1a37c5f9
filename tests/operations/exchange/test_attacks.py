"""The attacks of the format that only a store can tell: what is old, missing, doubled or put together anew.

One test per attack, by its name (TUF's list is the anchor). What bytes alone can tell is in tests/packages.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import Clock
from tests.operations.exchange.desks import answer, directive, introduce, take_enrolment
from tests.operations.exchange.desks import receive as receive_at
from tests.operations.exchange.months import vault_of
from tests.operations.exchange.test_receive import (
    LUOXI,
    OCTOBER,
    TIANNING,
    XINBEI,
    XUEJIA,
    Stream,
    enrol,
    figures,
    receive,
    snapshot,
    verdicts,
)

from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.operations.exchange.judge import accept_report, return_report
from jindu_desk.operations.exchange.keys import revoke_key, signing_key
from jindu_desk.packages.descriptor import Party
from jindu_desk.packages.kinds import tables_of
from jindu_desk.packages.verify import verify_package
from jindu_desk.packages.write import PackageHead, write_package
from jindu_desk.queries.exchange.keys import signers
from jindu_desk.queries.exchange.received import received
from jindu_desk.queries.exchange.superior import superior
from jindu_desk.queries.readiness import report_readiness

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    desk = make_desk("district", "320411000000")
    enrol(desk, XUEJIA)
    enrol(desk, LUOXI)
    return desk


def forged_snapshot(
    desk: Desk, kind: PackageKind, receiver: Party, number: int, history: list[tuple[int, str]]
) -> bytes:
    """A directive or answer of this desk's real key, under a number and history of the attacker's choice."""
    own = desk.unit.unit
    party = Party(own.id, own.code, own.name, own.tier)
    tables: dict[str, list[dict[str, object]]] = {table.name: [] for table in tables_of(kind)}
    tables["history"] = [{"number": n, "descriptor_sha256": sha256} for n, sha256 in history]
    if kind is PackageKind.ANSWER:
        tables["standing"] = [{"unit_id": receiver.id, "highest": 0, "first_missing": None, "audit": "unknown"}]
    made = PackageHead(
        sender=party,
        receiver=receiver,
        period=None,
        revision=1,
        reason="",
        number=number,
        previous=history[-1][1] if history else "0" * 64 if number > 1 else None,
        rules="1",
        roster=0,
        program=("jindu-desk", "0.1.0"),
        audit_head="0" * 64,
        created=desk.store.clock(),
    )
    return write_package(kind, made, tables, signing_key(vault_of(desk))).content


def put(folder: Path, content: bytes) -> Path:
    file = folder / f"{len(list(folder.iterdir()))}.jdpkg"
    file.write_bytes(content)
    return file


def test_replay_of_the_same(district: Desk) -> None:
    content = Stream().next()
    receive(district, content)
    before = snapshot(district)
    assert verdicts(receive(district, content, content)) == [Verdict.SAME, Verdict.SAME]
    assert snapshot(district) == before


def test_replay_of_what_was_returned(district: Desk) -> None:
    content = Stream().next()
    (result,) = receive(district, content)
    assert result.received_id is not None
    return_report(district.store, district.paths, result.received_id, "请核对")
    (again,) = receive(district, content)
    assert (again.verdict, again.counted) == (Verdict.SAME, False)
    assert figures(district) == {}


def test_older_after_newer(district: Desk) -> None:
    stream = Stream()
    first, second = stream.next(value=3), stream.revised("2026-10", 2, 5)
    receive(district, first, second, accept=True)
    assert verdicts(receive(district, first)) == [Verdict.OLDER]
    assert figures(district) == {"2026-10": 5}


def test_gap(district: Desk) -> None:
    stream = Stream()
    first, second, third = stream.next("2026-08"), stream.next("2026-09"), stream.next("2026-10")
    receive(district, first)
    (held,) = receive(district, third)
    assert (held.verdict, held.counted) == (Verdict.GAP, False)
    assert "第 2 号" in held.explanation
    assert set(figures(district)) == {"2026-08"}
    (late,) = receive(district, second)
    assert late.released == (3,)


def test_fork(district: Desk) -> None:
    stream = Stream()
    receive(district, stream.next(value=3))
    other = Stream().next(value=9)
    (result,) = receive(district, other)
    assert (result.verdict, result.counted) == (Verdict.FORK, False)
    assert figures(district) == {"2026-10": 3}


@pytest.mark.parametrize("number", [2, 1000, 999_999_999])
def test_fast_forward(district: Desk, number: int) -> None:
    """A number from the far future is held and counts nothing; what is honest goes on beside it."""
    stream = Stream()
    leap = Stream().next("2026-10", number=number, previous="0" * 64)
    (held,) = receive(district, leap)
    assert (held.verdict, held.counted) == (Verdict.GAP, False)
    assert verdicts(receive(district, stream.next("2026-09"))) == [Verdict.NEW]
    honest = verdicts(receive(district, stream.next("2026-10")))
    assert honest == [Verdict.NEW]
    assert set(figures(district)) == {"2026-09", "2026-10"}


@pytest.mark.parametrize("number", [2, 999_999_999])
def test_fast_forward_of_a_snapshot(
    township: Desk, make_desk: Callable[[str, str], Desk], tmp_path: Path, number: int
) -> None:
    """An answer under a great number would shut out all honest ones: it would have to bring its whole history."""
    district = make_desk("other", "320411000000")
    introduce(district, township, tmp_path)
    own = township.unit.unit
    to = Party(own.id, own.code, own.name, own.tier)
    leap = put(tmp_path, forged_snapshot(district, PackageKind.ANSWER, to, number, []))
    (result,) = receive_at(township, leap)
    assert (result.verdict, result.code) == (Verdict.DAMAGED, "history_broken")
    (honest,) = receive_at(township, answer(district, [township], tmp_path)[0].path)
    assert honest.verdict is Verdict.NEW


def test_directive_rollback(township: Desk, make_desk: Callable[[str, str], Desk], tmp_path: Path) -> None:
    district = make_desk("other", "320411000000")
    one, two = directive(district, tmp_path), directive(district, tmp_path)
    take_enrolment(township, two.path)
    (result,) = receive_at(township, one.path)
    assert (result.verdict, result.counted) == (Verdict.OLDER, False)


def test_indefinite_freeze(township: Desk, make_desk: Callable[[str, str], Desk], tmp_path: Path, clock: Clock) -> None:
    """Nobody can prove offline that nothing newer exists: since when there was no directive is shown instead."""
    district = make_desk("other", "320411000000")
    introduce(district, township, tmp_path)
    came = clock.now
    clock.advance(days=100)
    found = superior(township.store)
    assert found is not None
    assert found.directive is not None
    assert (found.directive.number, found.directive.received_at) == (1, came)


def test_mix_and_match(district: Desk) -> None:
    """Packages of two histories of one unit, put together as one: they name other predecessors."""
    one, two = Stream(), Stream()
    receive(district, one.next("2026-09", value=1))
    two.next("2026-09", value=2)
    (result,) = receive(district, two.next("2026-10", value=2))
    assert (result.verdict, result.counted) == (Verdict.FORK, False)
    assert figures(district) == {"2026-09": 1}


def test_mix_and_match_of_snapshots(township: Desk, make_desk: Callable[[str, str], Desk], tmp_path: Path) -> None:
    """A second directive that does not know the first one: kept, not followed, a person decides."""
    district = make_desk("other", "320411000000")
    introduce(district, township, tmp_path)
    own = district.unit.unit
    party = Party(own.id, own.code, own.name, own.tier)
    good = verify_package(directive(district, tmp_path).path.read_bytes(), None)
    tables = {name: list(rows) for name, rows in good.tables.items()}
    tables["history"] = [{"number": 1, "descriptor_sha256": "1" * 64}]
    made = PackageHead(
        sender=party,
        receiver=party,
        period=None,
        revision=1,
        reason="",
        number=2,
        previous="1" * 64,
        rules="1",
        roster=0,
        program=("jindu-desk", "0.1.0"),
        audit_head="0" * 64,
        created=good.descriptor.created,
    )
    content = write_package(PackageKind.DIRECTIVE, made, tables, signing_key(vault_of(district))).content
    (result,) = receive_at(township, put(tmp_path, content))
    assert (result.verdict, result.counted) == (Verdict.FORK, False)
    found = superior(township.store)
    assert found is not None
    assert found.directive is not None
    assert found.directive.number == 1


def test_right_key_wrong_period_in_the_stream(district: Desk) -> None:
    """A month that is there already, under a new number and the same revision: it does not replace."""
    stream = Stream()
    receive(district, stream.next("2026-10", value=3))
    (result,) = receive(district, stream.next("2026-10", value=9))
    assert (result.verdict, result.counted) == (Verdict.OLDER, False)
    assert figures(district) == {"2026-10": 3}


def test_right_key_wrong_unit(district: Desk) -> None:
    """罗溪镇's key under 薛家镇's name, and 薛家镇's package for another district."""
    from tests.packages.made_up import head, key_of, report

    made = head(sender=XUEJIA, receiver=XINBEI)
    (result,) = receive(district, report(made, key=key_of(LUOXI.id)).content)
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "key_of_other_unit")
    (result,) = receive(district, Stream(receiver=TIANNING).next())
    assert result.verdict is Verdict.NOT_FOR_US


def test_key_compromise(district: Desk) -> None:
    """Who stole a key can sign until it is revoked; then nothing more is taken, and what was taken can be returned."""
    stream = Stream()
    receive(district, stream.next("2026-09", value=1))
    (false,) = receive(district, stream.next("2026-10", value=99))
    assert false.received_id is not None
    (key,) = [row for row in signers(district.store) if row.unit_id == XUEJIA.id]
    revoke_key(district.store, key.id)
    assert verdicts(receive(district, stream.next("2026-11", value=99))) == [Verdict.UNTRUSTED]
    return_report(district.store, district.paths, false.received_id, "密钥被盗用")
    assert figures(district) == {"2026-09": 1}


def test_a_stranger_can_neither_judge_nor_open(
    township: Desk, make_desk: Callable[[str, str], Desk], tmp_path: Path
) -> None:
    """A district that is not ours, its key enrolled by mistake: its answer opens no month."""
    from tests.operations.exchange.months import reported

    district = make_desk("other", "320404000000")
    own = township.unit.unit
    reported(township, OCTOBER, tmp_path)
    content = forged_snapshot(district, PackageKind.ANSWER, Party(own.id, own.code, own.name, own.tier), 1, [])
    with township.store.write("for_test") as w:
        from jindu_desk.store.tables import Unit, UnitVersion

        theirs = district.unit.unit
        w.session.add(Unit.model_validate({"id": theirs.id, "tier": theirs.tier, "code": theirs.code}))
        w.session.flush()
        w.session.add(
            UnitVersion.model_validate(
                {"unit_id": theirs.id, "since": "2000-01", "name": theirs.name, "reports_to": None}
            )
        )
    result = take_enrolment(township, put(tmp_path, content))
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "sender_not_above")
    lock = report_readiness(township.store, OCTOBER).lock
    assert lock is not None
    assert lock.closed


def test_only_what_counts_can_be_accepted(district: Desk) -> None:
    from jindu_desk.errors.exchange import NotJudgeable

    stream = Stream()
    stream.next("2026-09")
    (held,) = receive(district, stream.next("2026-10"))
    assert held.received_id is not None
    with pytest.raises(NotJudgeable):
        accept_report(district.store, held.received_id)
    with pytest.raises(NotJudgeable):
        return_report(district.store, district.paths, held.received_id, "请核对")
    assert all(not row.counted for row in received(district.store))
