"""What lies in a district's report is verified; where its rows are not those that were signed, that is named."""

from __future__ import annotations

import pytest
from tests.operations.city_desks import (
    CITY,
    LUOXI_NAME,
    NOVEMBER,
    OCTOBER,
    XINBEI,
    XUEJIA_NAME,
    Desks,
    Tables,
    all_rows,
    altered,
    corrected,
    employed,
    figure_of,
    inside,
    package_of,
    rebuilt,
    rows_of,
    sent_up,
    totals_of,
)
from tests.operations.exchange.desks import directive, receive
from tests.operations.exchange.months import enrol as compare
from tests.operations.exchange.months import vault_of
from tests.operations.exchange.test_receive import Stream, enrol
from tests.packages.made_up import key_of
from tests.shipped_desks import set_up_shipped

from jindu_desk.app.desk import Desk
from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.units import Tier, shipped_unit_id
from jindu_desk.operations.exchange.keys import own_keys, revoke_key
from jindu_desk.operations.exchange.report import reopen_month
from jindu_desk.operations.exchange.verify import verify_file
from jindu_desk.operations.units import UnitDraft, add_unit
from jindu_desk.packages.descriptor import Party
from jindu_desk.packages.roster import Roster
from jindu_desk.packages.verify import verify_package
from jindu_desk.packages.write import sign_again
from jindu_desk.queries.exchange.keys import roster_in, signers
from jindu_desk.queries.exchange.received import received, untrusted_files
from jindu_desk.queries.units import unit_in

WUJIN = Party(shipped_unit_id("320412000000"), "320412000000", "武进区", Tier.DISTRICT)
HUTANG = Party(shipped_unit_id("320412100000"), "320412100000", "湖塘镇", Tier.TOWNSHIP)


def test_a_figure_that_the_district_altered_is_named(desks: Desks) -> None:
    """What counts is what the township signed."""
    village, item, before = employed(desks.xuejia)
    sent = sent_up(desks.district, desks.folder)

    def change(tables: Tables) -> None:
        (cell,) = [row for row in tables["cells"] if row["unit_id"] == village and row["item"] == item]
        cell["value"] = before + 50  # type: ignore[index]

    (result,) = receive(desks.city, altered(desks.district, sent, desks.folder, change))
    assert (result.verdict, result.counted) == (Verdict.NEW, True)
    (fault,) = result.faults
    assert "薛家镇" in fault
    assert _village_name(desks, village) in fault
    assert item in fault
    assert f"上报为 {before + 50}，签名的是 {before}" in fault
    assert "有 1 处与镇（街道）签名的不同" in result.explanation
    assert fault in result.explanation
    assert figure_of(desks.city, village, item) == before
    assert totals_of(desks.city).total.ratios == totals_of(desks.district).total.ratios
    assert rebuilt(desks.city)


def test_a_third_party_finds_the_altered_figure_too(desks: Desks) -> None:
    """Without a data folder: with the city's roster, and without any."""
    sent = sent_up(desks.district, desks.folder, readable=True)

    def change(tables: Tables) -> None:
        tables["cells"].pop()

    with desks.city.store.read() as session:
        roster = roster_in(session)
    good = verify_file(sent.path.read_bytes(), roster)
    assert (good.good, good.nested, good.faults) == (True, 2, ())
    found = verify_file(altered(desks.district, sent, desks.folder, change).read_bytes(), None)
    assert (found.good, len(found.faults)) == (True, 1)
    townships_unknown = Roster(tuple(key for key in roster.keys if key.unit_id == XINBEI.id))
    assert verify_file(sent.path.read_bytes(), townships_unknown).code == "nested_key_unknown"


def test_rows_added_left_out_and_reworded_are_named(desks: Desks) -> None:
    sent = sent_up(desks.district, desks.folder)
    township = desks.luoxi.unit.unit.id

    def change(tables: Tables) -> None:
        cell = next(row for row in tables["cells"] if row["township_id"] == township and row["unit_id"] != township)
        tables["cells"].remove(cell)
        tables["meetings"] = [
            {**row, "place": "区政府"} if row["unit_id"] == township else row for row in tables["meetings"]
        ]
        entry = next(row for row in tables["expenses"] if row["unit_id"] == township)
        tables["expenses"].append({**entry, "id": "added-by-the-district", "number": 900, "amount_fen": 123_456})

    (result,) = receive(desks.city, altered(desks.district, sent, desks.folder, change))
    assert result.counted
    cell, expense, meeting = sorted(result.faults, key=lambda text: ("台账" not in text, "经费" not in text))
    assert "上报为 没有这一行" in cell
    assert "上报为 有这一行，签名的是 没有这一行" in expense
    assert "地点：上报为 区政府" in meeting
    said, *lines = result.explanation.split("\n")
    assert "有 3 处与镇（街道）签名的不同" in said
    assert tuple(lines) == result.faults
    at_city = rows_of(desks.city, [township])
    assert at_city == rows_of(desks.district, [township])


def test_rows_of_a_township_whose_package_was_left_out_do_not_count(desks: Desks) -> None:
    sent = sent_up(desks.district, desks.folder)
    packages = inside(desks.district, sent)
    del packages[LUOXI_NAME]
    (result,) = receive(desks.city, altered(desks.district, sent, desks.folder, packages=packages))
    assert result.counted
    (fault,) = result.faults
    assert "“罗溪镇”：没有随附它签名的数据包" in fault
    assert "缺 9 个镇（街道）" in result.explanation
    rows = rows_of(desks.city, [desks.luoxi.unit.unit.id])
    assert rows["Cell"] == rows["Meeting"] == rows["Expense"] == rows["Official"] == []
    assert rows_of(desks.city, [desks.xuejia.unit.unit.id])["Cell"]


def test_a_township_package_by_a_key_that_the_city_does_not_know(desks: Desks) -> None:
    """Refused as a whole and kept; after the district's newest directive it counts."""
    sent = sent_up(desks.district, desks.folder, readable=True)
    city = Desk.open(desks.folder.parent / "new-city", create=True, clock=desks.clock)
    try:
        set_up_shipped(city, CITY)
        vault_of(city)
        compare(city, desks.district)
        (result,) = receive(city, sent.path)
        assert (result.verdict, result.code, result.counted) == (Verdict.UNTRUSTED, "nested_key_unknown", False)
        assert "“薛家镇”" in result.explanation
        assert "先读入“新北区”最新的指令" in result.explanation
        assert result.unknown_key is None  # nobody compares a township's key at the city
        assert all_rows(city)["Cell"] == []
        receive(city, directive(desks.district, desks.folder).path)
        (again,) = receive(city, *untrusted_files(city.store, city.paths))
        assert (again.verdict, again.counted) == (Verdict.NEW, True)
        assert totals_of(city).total.ratios == totals_of(desks.district).total.ratios
    finally:
        city.close(backup=False)


def test_a_township_package_by_a_key_revoked_at_the_city(desks: Desks) -> None:
    sent = sent_up(desks.district, desks.folder)
    (theirs,) = [row for row in signers(desks.city.store) if row.unit_id == desks.luoxi.unit.unit.id]
    revoke_key(desks.city.store, theirs.id)
    (result,) = receive(desks.city, sent.path)
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "nested_key_revoked")
    assert "“罗溪镇”" in result.explanation


def test_a_township_package_signed_by_somebody_else(desks: Desks) -> None:
    """The district cannot sign in its township's place: neither with a key of nobody's nor with its own."""
    sent = sent_up(desks.district, desks.folder)
    packages = inside(desks.district, sent)
    genuine = packages[XUEJIA_NAME]
    township = verify_package(genuine, None)
    packages[XUEJIA_NAME] = sign_again(township, genuine, key_of("nobody"))
    (result,) = receive(desks.city, altered(desks.district, sent, desks.folder, packages=packages))
    assert result.code == "nested_key_unknown"
    own = own_keys(desks.district.store, vault_of(desks.district)).signing
    packages[XUEJIA_NAME] = sign_again(township, genuine, own)
    (result,) = receive(desks.city, altered(desks.district, sent, desks.folder, packages=packages))
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "nested_untrusted")


@pytest.mark.parametrize(("receiver", "code"), [(XINBEI, "nested_not_below"), (WUJIN, "nested_untrusted")])
def test_a_township_package_of_another_district(desks: Desks, receiver: Party, code: str) -> None:
    """By a key that the city knows; sent to its own district, or to the one that brings it."""
    add_unit(desks.city.store, UnitDraft(HUTANG.name, Tier.TOWNSHIP, HUTANG.code, HUTANG.id), WUJIN.id, OCTOBER)
    enrol(desks.city, HUTANG)
    sent = sent_up(desks.district, desks.folder)
    foreign = Stream(HUTANG, receiver).next("2026-10")
    packages = {**inside(desks.district, sent), "湖塘镇-2026-10.jdpkg": foreign}
    (result,) = receive(desks.city, altered(desks.district, sent, desks.folder, packages=packages))
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, code)
    assert "“湖塘镇”" in result.explanation
    assert all_rows(desks.city)["Cell"] == []


def test_a_township_package_of_another_month(desks: Desks) -> None:
    sent = sent_up(desks.district, desks.folder)
    receive(desks.district, package_of(desks, desks.xuejia, NOVEMBER))
    (row,) = [row for row in received(desks.district.store) if row.period == "2026-11"]
    november = (desks.district.paths.received / f"{row.file_sha256}.jdpkg").read_bytes()
    packages = {**inside(desks.district, sent), XUEJIA_NAME: november}
    (result,) = receive(desks.city, altered(desks.district, sent, desks.folder, packages=packages))
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "nested_other_month")
    assert "2026-11" in result.explanation


def test_two_packages_of_one_township(desks: Desks) -> None:
    sent = sent_up(desks.district, desks.folder)
    reopen_month(desks.district.store, XINBEI.id, OCTOBER, by="测试甲", reason="薛家镇更正")
    receive(desks.district, corrected(desks, desks.xuejia))
    (row,) = [row for row in received(desks.district.store) if row.revision == 2]
    second = (desks.district.paths.received / f"{row.file_sha256}.jdpkg").read_bytes()
    packages = {**inside(desks.district, sent), "薛家镇-2.jdpkg": second}
    (result,) = receive(desks.city, altered(desks.district, sent, desks.folder, packages=packages))
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "nested_twice")


def test_a_spoilt_package_inside_and_one_that_is_a_districts(desks: Desks) -> None:
    """One level deep and no deeper."""
    sent = sent_up(desks.district, desks.folder)
    packages = inside(desks.district, sent)
    spoilt = {**packages, XUEJIA_NAME: packages[XUEJIA_NAME][:-40]}
    (result,) = receive(desks.city, altered(desks.district, sent, desks.folder, packages=spoilt))
    assert (result.verdict, result.code) == (Verdict.DAMAGED, "nested_damaged")
    deeper = {"新北区.jdpkg": (desks.district.paths.sent / sent.path.name).read_bytes()}
    (result,) = receive(desks.city, altered(desks.district, sent, desks.folder, packages=deeper))
    assert result.verdict is Verdict.UNTRUSTED
    assert all_rows(desks.city)["Cell"] == []


def _village_name(desks: Desks, village: str) -> str:
    with desks.xuejia.store.read() as session:
        unit = unit_in(session, village, OCTOBER)
        assert unit is not None
        return unit.name
