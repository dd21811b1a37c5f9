"""What the panel of a package is made of: its details, its history, the places of a report, two packages compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.operations.exchange.test_receive import LUOXI, OCTOBER, XUEJIA, Stream, enrol, receive
from tests.packages.made_up import head, key_of, tables

from jindu_desk.domain.answers import ReceiptState, RemarkPlace
from jindu_desk.domain.exchange import Verdict
from jindu_desk.errors.exchange import NoSuchReceived
from jindu_desk.operations.exchange.judge import RemarkDraft, accept_report, return_report, withdraw_judgement
from jindu_desk.operations.exchange.receive import decide_fork
from jindu_desk.queries.exchange.compare import RecordsDifference
from jindu_desk.queries.exchange.details import PackageDetails, package_details
from jindu_desk.queries.exchange.given_reasons import GivenReason, given_reasons
from jindu_desk.queries.exchange.history import package_history
from jindu_desk.queries.exchange.places import ReportPlace, found_places, report_places
from jindu_desk.queries.exchange.received import package_differences, received, rivals, streams
from jindu_desk.queries.totals import totals

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    desk = make_desk("district", "320411000000")
    enrol(desk, XUEJIA)
    return desk


def taken(desk: Desk, *contents: bytes) -> list[str]:
    """The ids of the rows."""
    ids = [result.received_id for result in receive(desk, *contents)]
    assert None not in ids
    return [each or "" for each in ids]


def details(desk: Desk, received_id: str) -> PackageDetails:
    return package_details(desk.store, desk.paths, received_id)


def test_details_of_a_report_that_counts(district: Desk) -> None:
    (one,) = taken(district, Stream().next())
    found = details(district, one)
    assert (found.sender_name, found.receiver_name, found.period, found.number) == ("薛家镇", "新北区", "2026-10", 1)
    assert found.key_known
    assert found.compared_at == district.store.clock()
    assert found.keeper == "测试甲"
    assert found.state is ReceiptState.RECEIVED
    assert found.counts["cells"] == 4
    assert found.attachments == ("会议纪要.pdf",)
    assert found.unknown_key is None


def test_a_held_package_names_every_run_that_is_missing(district: Desk) -> None:
    stream = Stream()
    contents = [stream.next(period) for period in ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")]
    first, third, sixth = taken(district, contents[0], contents[2], contents[5])
    assert details(district, first).missing == ()
    assert details(district, third).missing == ((2, 2),)
    assert details(district, sixth).missing == ((2, 2), (4, 5))


def test_a_forged_number_far_ahead_is_one_run(district: Desk) -> None:
    (far,) = taken(district, Stream().next(number=999_999_999, previous="0" * 64))
    assert details(district, far).missing == ((1, 999_999_998),)


def test_an_untrusted_file_offers_its_key_until_it_is_known(district: Desk) -> None:
    (one,) = taken(district, Stream(LUOXI).next())
    found = details(district, one)
    assert found.row.verdict is Verdict.UNTRUSTED
    assert (found.sender_name, found.period, found.key_known) == ("罗溪镇", "2026-10", False)
    assert found.unknown_key is not None
    assert found.unknown_key.public_key == key_of(LUOXI.id).public.line
    assert found.unknown_key.unit_id == LUOXI.id
    enrol(district, LUOXI)
    assert details(district, one).unknown_key is None


def test_checks_that_do_not_hold_are_listed(district: Desk) -> None:
    (one,) = taken(district, Stream().next())
    broken = details(district, one).violations
    assert broken
    assert all("：" in sentence for sentence in broken)


def test_the_reasons_of_what_counts_are_there_by_check(district: Desk) -> None:
    one, other = taken(district, Stream().next(), Stream().next(value=8))
    (given,) = details(district, one).reasons
    assert (given.code, given.name, len(given.given)) == ("S1", "在册变动", 1)
    village, said = given.given[0]
    assert not village.startswith("32")
    assert said == "新迁入三人"
    assert given.reviewer == "在册人数一个月内变动较大。"
    own = district.unit.unit.id
    (listed,) = given_reasons(district.store, own, OCTOBER)
    assert listed == GivenReason("薛家镇", "S1", "在册变动", village, said)
    counts = {row.unit.name: row.reasons for row in totals(district.store, own, OCTOBER).units}
    assert (counts["薛家镇"], sum(counts.values())) == (1, 1)
    assert details(district, other).reasons == ()  # it contradicts the first and counts for nothing


def test_history_tells_who_decided_what(district: Desk) -> None:
    (one,) = taken(district, Stream().next())
    accept_report(district.store, one)
    return_report(district.store, district.paths, one, "尿检数与台账不符")
    withdraw_judgement(district.store, district.paths, one)
    rows = package_history(district.store, one)
    assert [row.step for row in rows] == ["received", "accepted", "returned", "withdrawn"]
    assert {row.by for row in rows} == {"测试丙"}
    assert rows[2].reason == "尿检数与台账不符"
    with pytest.raises(NoSuchReceived):
        package_history(district.store, "nothing")


def test_a_decided_fork_is_told_on_both_sides(district: Desk) -> None:
    one, other = taken(district, Stream().next(value=3), Stream().next(value=8))
    decide_fork(district.store, district.paths, other, "电话核对过")
    loser, winner = (next(row for row in received(district.store) if row.id == each) for each in (one, other))
    assert (winner.decided_reason, winner.other_chosen) == ("电话核对过", "")
    assert (loser.decided_reason, loser.other_chosen, loser.waiting) == ("", "电话核对过", False)
    assert [(row.step, row.of_other) for row in package_history(district.store, one)][-1] == ("decided", True)
    assert [(row.step, row.of_other) for row in package_history(district.store, other)][-1] == ("decided", False)
    assert [row.held for row in streams(district.store, OCTOBER) if row.unit.id == XUEJIA.id] == [0]


def test_numbers_of_other_kinds_are_no_rivals(district: Desk) -> None:
    """An enrolment's number 1 and a report's are two chains."""
    one, other = taken(district, Stream().next(value=3), Stream().next(value=8))
    assert [row.id for row in rivals(district.store, one)] == [one, other]


def test_judged_reports_say_so_in_the_list(district: Desk) -> None:
    (one,) = taken(district, Stream().next())
    assert received(district.store)[0].judged is None
    return_report(district.store, district.paths, one, "请核对")
    assert received(district.store)[0].judged is ReceiptState.RETURNED


def test_two_packages_differ_in_cells_and_records(district: Desk) -> None:
    made = head(sender=XUEJIA, receiver=Stream().receiver)
    rows = tables(made, value=8)
    rows["expenses"][0]["summary"] = "印制宣传册"
    rows["decisions"][0]["person"] = "测试丁"
    rows["nil_returns"] = []
    rows["reasons"].append({**rows["reasons"][0], "check": "S2"})
    one, other = taken(district, Stream().next(value=3), Stream().next(rows=rows))
    found = package_differences(district.store, district.paths, one, other)
    assert [(cell.unit_name, cell.item, cell.before, cell.after) for cell in found.cells] == [
        ("测试1村", "A04.J", "3", "8")
    ]
    assert found.records == (
        RecordsDifference("decisions", 0, 0, 1),
        RecordsDifference("expenses", 0, 0, 1),
        RecordsDifference("nil_returns", 0, 1, 0),
        RecordsDifference("reasons", 1, 0, 0),
    )
    assert found.one is not None
    assert (found.one.id, found.other.id) == (one, other)


def test_a_new_version_of_a_meeting_is_the_same_meeting_changed(district: Desk) -> None:
    made = head(sender=XUEJIA, receiver=Stream().receiver)
    rows = tables(made, value=3)
    meeting = rows["meetings"][0]
    for row in (*rows["attendees"], *rows["agenda_items"], *rows["figures"], *rows["signed_decisions"]):
        row["meeting_id"] = f"{meeting['id']}-2"
    meeting["id"], meeting["version"] = f"{meeting['id']}-2", 2
    meeting["correction_reason"] = "更正地点"
    one, other = taken(district, Stream().next(value=3), Stream().next(rows=rows))
    found = package_differences(district.store, district.paths, one, other)
    assert found.records == (RecordsDifference("meetings", 0, 0, 1),)
    assert found.cells == ()


def places(desk: Desk, received_id: str) -> tuple[ReportPlace, ...]:
    return report_places(desk.store, desk.paths, received_id)


def test_places_are_found_by_name_initials_and_code(district: Desk) -> None:
    (one,) = taken(district, Stream().next())
    all_places = places(district, one)
    by_code, count = found_places(all_places, "a04.j", 10)
    assert count == 2
    assert {place.place for place in by_code} == {RemarkPlace.CELL}
    (exact,), _ = found_places(all_places, "测试1村 a04.j", 10)
    assert (exact.unit_id, exact.item, exact.shown) == (f"{XUEJIA.id}-village-1", "A04.J", "3")
    # The made-up villages have "cs" for initials; "qmzc" are those of the item 期末在册.
    assert found_places(all_places, "cs qmzc", 10)[1] == found_places(all_places, "期末在册 村", 10)[1] > 0
    assert found_places(all_places, "nowhere", 10) == ((), 0)
    # Several items are called alike: the name of the sheet's tab finds them too, and tells them apart.
    (first, *_), in_tab = found_places(all_places, "测试1村 在册人员", 10)
    assert first.name == "测试1村 A04 期末在册·社区戒毒（在册人员）"
    assert in_tab == 1
    assert len(found_places(all_places, "", 3)[0]) == 3


def test_records_are_places_too(district: Desk) -> None:
    (one,) = taken(district, Stream().next())
    by_place = {place.place: place for place in places(district, one)}
    assert by_place[RemarkPlace.MEETING].name == "第10期"
    assert by_place[RemarkPlace.DECISION].name == "1. 开展踏查"
    assert by_place[RemarkPlace.EXPENSE].shown == "-123.45"
    assert found_places(places(district, one), "踏查", 10)[0][0].record == by_place[RemarkPlace.DECISION].record


def test_every_place_can_carry_a_remark(district: Desk) -> None:
    """Whatever is offered is accepted by the operation."""
    (one,) = taken(district, Stream().next())
    drafts = [
        RemarkDraft("请核对后更正", place.place, place.unit_id, place.item, place.record)
        for place in places(district, one)
    ]
    return_report(district.store, district.paths, one, "请逐项核对", drafts)
    remarks = details(district, one).remarks
    assert len(remarks) == len(drafts)
    assert all(remark.where for remark in remarks)
    assert "1. 开展踏查" in {remark.where for remark in remarks}
