"""A month that was sent back is told apart from one that never came, wherever the desk asks for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.conftest import Clock
from tests.operations.exchange.test_receive import XUEJIA, Stream, enrol, receive

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.operations.exchange.judge import return_report
from jindu_desk.operations.exchange.receive import confirm_revision
from jindu_desk.queries.exchange.answers import answers, reminders
from jindu_desk.queries.exchange.received import streams
from jindu_desk.queries.exchange.uncounted import Uncounted
from jindu_desk.queries.overview import overview
from jindu_desk.queries.totals import Arrival, Totals, UnitTotals, behind, totals
from jindu_desk.queries.year_summary import year_summary

OCTOBER = Month(2026, 10)
RETURNED_ON = date(2026, 11, 26)


def october(found: Totals) -> UnitTotals:
    return next(row for row in found.units if row.unit.id == XUEJIA.id)


def owed(desk: Desk) -> Uncounted | str | None:
    """How October of the unit is owed; "" where it is not."""
    return next(
        (row.uncounted for row in reminders(desk.store) if (row.unit.id, row.period) == (XUEJIA.id, "2026-10")), ""
    )


def test_a_returned_month_is_neither_missing_nor_counted_until_its_correction_comes(
    make_desk: Callable[[str, str], Desk], clock: Clock
) -> None:
    desk = make_desk("district", "320411000000")
    enrol(desk, XUEJIA)
    stream = Stream()
    receive(desk, stream.next("2026-09"))
    (came,) = receive(desk, stream.next("2026-10"))
    clock.advance(days=(RETURNED_ON - clock().date()).days)
    return_report(desk.store, desk.paths, str(came.received_id), "请核对尿检数")

    found = totals(desk.store, desk.unit.unit.id, OCTOBER)
    row = october(found)
    assert (row.arrival, row.returned_on, row.month) == (Arrival.RETURNED, RETURNED_ON, {})
    assert XUEJIA.id not in {unit.id for unit in found.missing}
    assert found.returned == {(XUEJIA.id, OCTOBER): RETURNED_ON}
    assert behind(desk.store, XUEJIA.id, OCTOBER, "A04").uncounted == Uncounted(RETURNED_ON)
    tally = overview(desk.store, desk.unit, OCTOBER).tally
    assert (tally.filled, tally.returned) == (0, ((row.unit.name, RETURNED_ON),))
    assert len(tally.missing) == tally.units - 1
    stood = next(each for each in streams(desk.store, OCTOBER) if each.unit.id == XUEJIA.id)
    assert (stood.revision, stood.returned_on) == (None, RETURNED_ON)
    assert owed(desk) == Uncounted(RETURNED_ON)
    told = next(each for each in answers(desk.store) if each.unit.id == XUEJIA.id)
    assert (told.missing_months, told.returned_months) == ((), (("2026-10", RETURNED_ON),))
    year = year_summary(desk.store, desk.unit.unit.id, 2026, clock().date())
    assert year is not None
    absent = next(each for each in year.missing if each.month == OCTOBER)
    assert [(unit.id, on) for unit, on in absent.returned] == [(XUEJIA.id, RETURNED_ON)]
    assert XUEJIA.id not in {unit.id for unit in absent.missing}

    # The correction waits for a person, then counts; sent back too, it is that day that is told.
    (revised,) = receive(desk, stream.revised("2026-10", 2, 4))
    row = october(totals(desk.store, desk.unit.unit.id, OCTOBER))
    assert (row.arrival, row.returned_on) == (Arrival.HELD, None)
    assert owed(desk) == Uncounted()
    confirm_revision(desk.store, desk.paths, str(revised.received_id))
    assert owed(desk) == ""
    clock.advance(days=2)
    return_report(desk.store, desk.paths, str(revised.received_id), "还是不符")
    assert owed(desk) == Uncounted(date(2026, 11, 28))
    assert [row.held for row in streams(desk.store, OCTOBER) if row.unit.id == XUEJIA.id] == [0]
    assert overview(desk.store, desk.unit, OCTOBER).unsettled == 0
