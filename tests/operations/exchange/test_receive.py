"""Receiving at the district: one verdict per file, and tables that follow what counts."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import col, select
from tests.packages.forge import Entry, entries_of, good_parts, raw_zip
from tests.packages.made_up import Tables, head, key_of, report, tables

from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier, shipped_unit_id
from jindu_desk.errors.exchange import (
    DecisionReasonMissing,
    DecisionReasonWeak,
    FingerprintDiffers,
    KeyAlreadyTrusted,
    KeyTrustedForOther,
    MonthClosedHere,
    NotAFork,
    NotARevision,
)
from jindu_desk.errors.folder import DiskFull
from jindu_desk.operations.exchange import kept as exchange_kept
from jindu_desk.operations.exchange.keys import revoke_key, trust_key
from jindu_desk.operations.exchange.receive import (
    ReceiveResult,
    confirm_revision,
    decide_fork,
    rebuild,
    receive_files,
)
from jindu_desk.operations.units import UnitDraft, add_unit
from jindu_desk.packages.descriptor import Party
from jindu_desk.packages.write import WrittenPackage
from jindu_desk.queries.exchange.keys import signers
from jindu_desk.queries.exchange.received import received, revision_differences, rivals, streams
from jindu_desk.store.tables import Cell, Expense, Meeting, MonthLock, Received, Unit, UnitVersion

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

XUEJIA = Party(shipped_unit_id("320411103000"), "320411103000", "薛家镇", Tier.TOWNSHIP)
LUOXI = Party(shipped_unit_id("320411104000"), "320411104000", "罗溪镇", Tier.TOWNSHIP)
XINBEI = Party(shipped_unit_id("320411000000"), "320411000000", "新北区", Tier.DISTRICT)
TIANNING = Party(shipped_unit_id("320402000000"), "320402000000", "天宁区", Tier.DISTRICT)
OCTOBER = Month(2026, 10)


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    desk = make_desk("district", "320411000000")
    enrol(desk, XUEJIA)
    enrol(desk, LUOXI)
    return desk


def enrol(desk: Desk, unit: Party) -> None:
    key = key_of(unit.id).public
    trust_key(desk.store, unit.id, key.line, keeper="测试甲", compared=key.fingerprint)


class Stream:
    """A township that sends one package after the other."""

    def __init__(self, sender: Party = XUEJIA, receiver: Party = XINBEI) -> None:
        self.sender, self.receiver = sender, receiver
        self.sent: list[WrittenPackage] = []

    def next(self, period: str = "2026-10", *, value: int = 3, rows: Tables | None = None, **changed: object) -> bytes:
        made = head(
            **{
                "sender": self.sender,
                "receiver": self.receiver,
                "period": period,
                "number": len(self.sent) + 1,
                "previous": self.sent[-1].descriptor_sha256 if self.sent else None,
                **changed,
            }
        )
        package = report(made, tables(made, value=value) if rows is None else rows)
        self.sent.append(package)
        return package.content

    def revised(self, period: str, revision: int, value: int) -> bytes:
        return self.next(period, value=value, revision=revision, reason="更正一格")


def receive(desk: Desk, *contents: bytes, accept: bool = False) -> list[ReceiveResult]:
    folder = desk.paths.root.parent / "handed-in"
    folder.mkdir(exist_ok=True)
    files = []
    for content in contents:
        file = folder / f"{len(list(folder.iterdir()))}.jdpkg"
        file.write_bytes(content)
        files.append(file)
    return list(receive_files(desk.store, desk.paths, files, accept_revisions=accept))


def verdicts(results: list[ReceiveResult]) -> list[Verdict]:
    return [result.verdict for result in results]


def figures(desk: Desk, unit: Party = XUEJIA) -> dict[str, int | None]:
    """month → the first village's A04.J."""
    with desk.store.read() as session:
        return dict(
            session.exec(
                select(Cell.month, col(Cell.value)).where(Cell.unit_id == f"{unit.id}-village-1", Cell.item == "A04.J")
            ).all()
        )


def snapshot(desk: Desk) -> list[object]:
    with desk.store.read() as session:
        return [sorted(map(repr, session.exec(select(table)))) for table in (Cell, Meeting, Expense, UnitVersion)]


def test_new_package_counts(district: Desk) -> None:
    (result,) = receive(district, Stream().next())
    assert (result.verdict, result.counted, result.from_unit) == (Verdict.NEW, True, "薛家镇")
    assert figures(district) == {"2026-10": 3}
    (row,) = received(district.store)
    assert (row.period, row.number, row.counted) == ("2026-10", 1, True)
    with district.store.read() as session:
        kept = session.exec(select(Received.file_sha256)).one()
    assert (district.paths.received / f"{kept}.jdpkg").exists()


def test_same_package_does_nothing(district: Desk) -> None:
    content = Stream().next()
    receive(district, content)
    before = snapshot(district)
    assert verdicts(receive(district, content)) == [Verdict.SAME]
    assert snapshot(district) == before
    assert len(received(district.store)) == 1


def test_revision_waits_shows_its_differences_and_replaces_when_confirmed(district: Desk) -> None:
    stream = Stream()
    receive(district, stream.next(value=3))
    (result,) = receive(district, stream.revised("2026-10", 2, 5))
    assert (result.verdict, result.counted) == (Verdict.REVISION, False)
    assert figures(district) == {"2026-10": 3}
    assert result.received_id is not None
    differences = revision_differences(district.store, district.paths, result.received_id)
    assert [(cell.item, cell.before, cell.after) for cell in differences.cells] == [("A04.J", "3", "5")]
    assert differences.cells[0].unit_name == "测试1村"
    confirm_revision(district.store, district.paths, result.received_id)
    assert figures(district) == {"2026-10": 5}
    with pytest.raises(NotARevision):
        confirm_revision(district.store, district.paths, result.received_id)


def test_older_package_is_kept_out(district: Desk) -> None:
    stream = Stream()
    first = stream.next(value=3)
    receive(district, first, stream.revised("2026-10", 2, 5), accept=True)
    assert verdicts(receive(district, first)) == [Verdict.OLDER]
    assert figures(district) == {"2026-10": 5}


def test_gap_is_held_and_released_when_the_missing_number_comes(district: Desk) -> None:
    stream = Stream()
    one, two, three = stream.next("2026-08"), stream.next("2026-09"), stream.next("2026-10")
    (held,) = receive(district, three)
    assert (held.verdict, held.counted) == (Verdict.GAP, False)
    assert "1-2" in held.explanation
    assert figures(district) == {}
    first, second = receive(district, one, two)
    assert (first.released, second.released) == ((), (3,))
    assert sorted(figures(district)) == ["2026-08", "2026-09", "2026-10"]
    assert all(row.counted for row in received(district.store))


def test_fork_keeps_both_and_a_person_decides(district: Desk) -> None:
    stream, other = Stream(), Stream()
    receive(district, stream.next(value=3))
    (fork,) = receive(district, other.next(value=8))
    assert (fork.verdict, fork.counted) == (Verdict.FORK, False)
    assert figures(district) == {"2026-10": 3}
    assert fork.received_id is not None
    assert len(rivals(district.store, fork.received_id)) == 2
    with pytest.raises(DecisionReasonMissing):
        decide_fork(district.store, district.paths, fork.received_id, " ")
    for weak in ("无", "。。。。", "没有"):
        with pytest.raises(DecisionReasonWeak):
            decide_fork(district.store, district.paths, fork.received_id, weak)
    decide_fork(district.store, district.paths, fork.received_id, "电话核对，以这一份为准")
    assert figures(district) == {"2026-10": 8}
    by_id = {row.id: row for row in received(district.store)}
    assert by_id[fork.received_id].decided_reason == "电话核对，以这一份为准"
    (loser,) = (row for row in by_id.values() if row.id != fork.received_id)
    assert (loser.verdict, loser.counted) == (Verdict.FORK, False)
    with pytest.raises(NotAFork):
        decide_fork(district.store, district.paths, fork.received_id, "再来一次")


def test_not_for_us_is_kept_out(district: Desk) -> None:
    assert verdicts(receive(district, Stream(receiver=TIANNING).next())) == [Verdict.NOT_FOR_US]
    assert figures(district) == {}


def test_untrusted_key_is_offered_for_comparison_and_read_in_once_enrolled(
    make_desk: Callable[[str, str], Desk],
) -> None:
    district = make_desk("fresh", "320411000000")
    content = Stream().next()
    (result,) = receive(district, content)
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "key_unknown")
    assert result.unknown_key is not None
    assert result.unknown_key.unit_id == XUEJIA.id
    trust_key(
        district.store,
        result.unknown_key.unit_id,
        result.unknown_key.public_key,
        keeper="测试甲",
        compared=key_of(XUEJIA.id).public.fingerprint,
    )
    assert verdicts(receive(district, content)) == [Verdict.NEW]
    assert [row.verdict for row in received(district.store)] == [Verdict.NEW]


def test_other_units_key_is_untrusted(district: Desk) -> None:
    made = head(sender=XUEJIA, receiver=XINBEI)
    content = report(made, key=key_of(LUOXI.id)).content
    (result,) = receive(district, content)
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "key_of_other_unit")


def test_revoked_key_is_untrusted(district: Desk) -> None:
    stream = Stream()
    receive(district, stream.next("2026-09"))
    revoke_key(district.store, next(row.id for row in signers(district.store) if row.unit_id == XUEJIA.id))
    (result,) = receive(district, stream.next("2026-10"))
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "key_revoked")
    assert sorted(figures(district)) == ["2026-09"]


def test_damaged_file_does_not_stop_the_batch(district: Desk) -> None:
    stream = Stream()
    results = receive(district, b"not a package", stream.next()[:-10], Stream(LUOXI).next())
    assert verdicts(results) == [Verdict.DAMAGED, Verdict.DAMAGED, Verdict.NEW]
    assert results[0].explanation.endswith("。")
    assert figures(district, LUOXI) == {"2026-10": 3}


def test_file_that_is_gone_has_its_sentence(district: Desk, tmp_path: Path) -> None:
    (result,) = receive_files(district.store, district.paths, [tmp_path / "gone.jdpkg"])
    assert (result.verdict, result.code) == (Verdict.DAMAGED, "cannot_read_file")


def test_locked_month_takes_nothing_until_it_is_opened(district: Desk) -> None:
    def lock(*, reopened: bool) -> None:
        with district.store.write("lock") as w:
            old = w.session.get(MonthLock, (XINBEI.id, "2026-10"))
            if old is not None:
                w.session.delete(old)
                w.session.flush()
            w.session.add(
                MonthLock.model_validate(
                    {
                        "unit_id": XINBEI.id,
                        "month": "2026-10",
                        "sent_number": 1,
                        "locked_at": w.now,
                        "reopened_at": w.now if reopened else None,
                    }
                )
            )

    lock(reopened=False)
    content = Stream().next()
    assert verdicts(receive(district, content)) == [Verdict.LOCKED]
    assert figures(district) == {}
    lock(reopened=True)
    (result,) = receive(district, content)
    assert (result.verdict, result.counted) == (Verdict.NEW, True)
    assert figures(district) == {"2026-10": 3}


def test_closed_month_cannot_change_by_deciding_or_confirming(district: Desk) -> None:
    stream, other = Stream(), Stream()
    receive(district, stream.next(value=3))
    (fork,) = receive(district, other.next(value=8))
    (revision,) = receive(district, stream.revised("2026-10", 2, 5))
    with district.store.write("lock") as w:
        lock = {"unit_id": XINBEI.id, "month": "2026-10", "sent_number": 1, "locked_at": w.now}
        w.session.add(MonthLock.model_validate(lock))
    with pytest.raises(MonthClosedHere):
        decide_fork(district.store, district.paths, fork.received_id or "", "核对过")
    with pytest.raises(MonthClosedHere):
        confirm_revision(district.store, district.paths, revision.received_id or "")
    assert figures(district) == {"2026-10": 3}


def test_village_of_another_township_is_refused(district: Desk) -> None:
    receive(district, Stream().next())
    rows = tables(head(sender=LUOXI, receiver=XINBEI))
    stolen = f"{XUEJIA.id}-village-1"
    for name, column in (("units", "id"), ("unit_versions", "unit_id"), ("cells", "unit_id"), ("reasons", "unit_id")):
        for row in rows[name]:
            if row[column] == f"{LUOXI.id}-village-1":
                row[column] = stolen
    (result,) = receive(district, Stream(LUOXI).next(rows=rows))
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "village_of_other")
    assert figures(district) == {"2026-10": 3}


def test_another_township_cannot_be_claimed_as_a_village(district: Desk) -> None:
    rows = tables(head(sender=XUEJIA, receiver=XINBEI))
    for name, column in (("units", "id"), ("unit_versions", "unit_id"), ("cells", "unit_id"), ("reasons", "unit_id")):
        for row in rows[name]:
            if row[column] == f"{XUEJIA.id}-village-1":
                row[column] = LUOXI.id
    (result,) = receive(district, Stream().next(rows=rows))
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "village_of_other")
    with district.store.read() as session:
        assert session.get_one(Unit, LUOXI.id).tier is Tier.TOWNSHIP


def test_record_id_of_another_unit_is_refused(district: Desk) -> None:
    receive(district, Stream().next())
    rows = tables(head(sender=LUOXI, receiver=XINBEI))
    old, taken = rows["expenses"][0]["id"], f"{XUEJIA.id}-2026-10-expense-1"
    for row in rows["expenses"]:
        row["id"] = taken if row["id"] == old else row["id"]
        row["reverses"] = taken if row["reverses"] == old else row["reverses"]
    (result,) = receive(district, Stream(LUOXI).next(rows=rows))
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "record_of_other")
    assert figures(district, LUOXI) == {}


def test_rebuilding_gives_the_same_tables(district: Desk) -> None:
    one, two = Stream(), Stream(LUOXI)
    receive(
        district,
        one.next("2026-09"),
        two.next("2026-09"),
        one.next("2026-10"),
        one.revised("2026-09", 2, 7),
        accept=True,
    )
    before = snapshot(district)
    rebuild(district.store, district.paths)
    assert snapshot(district) == before


def test_reversal_of_an_earlier_month_finds_its_entry(district: Desk) -> None:
    stream = Stream()
    made = head(sender=XUEJIA, receiver=XINBEI, period="2026-09")
    september = tables(made)
    september["expenses"] = september["expenses"][:1]
    october = tables(head(sender=XUEJIA, receiver=XINBEI))
    entry = dict(september["expenses"][0])
    reversal = {**october["expenses"][1], "reverses": entry["id"]}
    october["expenses"] = [entry, reversal]
    receive(district, stream.next("2026-09", rows=september), stream.next("2026-10", rows=october))
    with district.store.read() as session:
        assert len(session.exec(select(Expense)).all()) == 2
    changed = {**september, "expenses": [{**entry, "amount_fen": 500}]}
    results = receive(district, stream.next("2026-09", rows=changed, revision=2, reason="金额更正"), accept=True)
    assert [result.counted for result in results] == [True]
    with district.store.read() as session:
        assert session.get_one(Expense, entry["id"]).amount_fen == 500


def test_batch_can_be_stopped_between_files(district: Desk, tmp_path: Path) -> None:
    stream = Stream()
    files = []
    for number, period in enumerate(("2026-08", "2026-09", "2026-10")):
        files.append(tmp_path / f"{number}.jdpkg")
        files[-1].write_bytes(stream.next(period))
    seen: list[int] = []
    results = receive_files(
        district.store,
        district.paths,
        files,
        told=lambda done, total, result: seen.append(done),
        cancelled=lambda: len(seen) == 2,
    )
    assert seen == [1, 2]
    assert verdicts(list(results)) == [Verdict.NEW, Verdict.NEW]
    assert len(figures(district)) == 2


def test_backup_is_made_before_the_batch(district: Desk) -> None:
    before = len(district.backups())
    receive(district, Stream().next())
    assert len(district.backups()) == before + 1


def test_streams_show_how_far_each_township_is(district: Desk) -> None:
    stream = Stream()
    receive(district, stream.next("2026-09"), stream.next("2026-10"))
    rows = {row.unit.name: row for row in streams(district.store, OCTOBER)}
    assert (rows["薛家镇"].highest, rows["薛家镇"].revision, rows["薛家镇"].keys) == (2, 1, 1)
    assert (rows["罗溪镇"].highest, rows["罗溪镇"].revision) == (0, None)


def test_key_is_enrolled_only_with_the_same_fingerprint(district: Desk) -> None:
    key = key_of("successor").public
    with pytest.raises(FingerprintDiffers):
        trust_key(district.store, XUEJIA.id, key.line, keeper="测试甲", compared=key_of(XUEJIA.id).public.fingerprint)
    trust_key(district.store, XUEJIA.id, key.line, keeper="测试甲", compared=" ".join(key.fingerprint[7:]))
    with pytest.raises(KeyAlreadyTrusted):
        trust_key(district.store, XUEJIA.id, key.line, keeper="测试甲", compared=key.fingerprint)
    with pytest.raises(KeyTrustedForOther):
        trust_key(district.store, LUOXI.id, key.line, keeper="测试甲", compared=key.fingerprint)


def test_township_that_says_it_is_a_district_is_refused(district: Desk) -> None:
    (result,) = receive(district, Stream(replace(XUEJIA, tier=Tier.DISTRICT)).next())
    assert (result.verdict, result.counted) == (Verdict.UNTRUSTED, False)


def test_unit_that_does_not_report_to_us_is_refused(district: Desk) -> None:
    stranger = add_unit(district.store, UnitDraft("测试丁镇", Tier.TOWNSHIP, ""), XUEJIA.id, Month(2026, 1)).key
    sender = Party(stranger or "", "", "测试丁镇", Tier.TOWNSHIP)
    enrol(district, sender)
    (result,) = receive(district, Stream(sender).next())
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "sender_not_below")
    assert figures(district) == {}


def test_personal_numbers_in_names_stop_nothing_and_are_not_recorded(district: Desk, tmp_path: Path) -> None:
    number = "13812345678"
    entries = [*entries_of(good_parts()), Entry(f"data/{number}.csv".encode(), b"x")]
    file = tmp_path / f"{number}.jdpkg"
    file.write_bytes(raw_zip(entries))
    good = tmp_path / "good.jdpkg"
    good.write_bytes(Stream().next())
    results = receive_files(district.store, district.paths, [file, good])
    assert verdicts(list(results)) == [Verdict.DAMAGED, Verdict.NEW]
    for row in received(district.store):
        assert number not in row.file_name + row.explanation


def test_personal_number_in_a_reason_is_refused(district: Desk) -> None:
    stream = Stream()
    receive(district, stream.next())
    (result,) = receive(district, stream.next(revision=2, reason="请致电13812345678"))
    assert (result.verdict, result.code) == (Verdict.DAMAGED, "descriptor_invalid")


def test_full_disk_stops_the_batch_and_loses_nothing(district: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream()
    one, two = stream.next("2026-09"), stream.next("2026-10")
    receive(district, one)

    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(exchange_kept, "write_whole", full)
    with pytest.raises(DiskFull):
        receive(district, two)
    monkeypatch.undo()
    assert sorted(figures(district)) == ["2026-09"]
    assert verdicts(receive(district, one, two)) == [Verdict.SAME, Verdict.NEW]
