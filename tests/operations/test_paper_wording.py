"""The wording of the papers is set as a whole; meetings to come begin with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlmodel import col, select
from tests.operations.meeting_forms import NOVEMBER, OCTOBER, prepared, signed

from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import PhoneNumberInText, TextTooLong
from jindu_desk.errors.wording import NotOffered, TooManySignatures, UnknownWording
from jindu_desk.operations.paper_wording import change_wording
from jindu_desk.queries.meetings import meeting_whole
from jindu_desk.queries.settings import settings
from jindu_desk.store.tables import Audit

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def written(desk: Desk) -> list[str]:
    with desk.store.read() as session:
        rows = session.exec(select(Audit).where(col(Audit.operation) == "change_settings").order_by(col(Audit.seq)))
        return [row.detail for row in rows]


def test_several_fields_are_one_change_and_what_stays_is_none(desk: Desk) -> None:
    change_wording(desk.store, desk.unit, {"办公室": "测试禁毒办", "copies_to": "测试局\n测试委"})
    (detail,) = written(desk)
    assert detail == '{"papers.copies_to": "测试局、测试委", "papers.office": "测试禁毒办"}'
    change_wording(desk.store, desk.unit, {"office": "测试禁毒办"})
    assert len(written(desk)) == 1
    change_wording(desk.store, desk.unit, {"office": " ", "copies_to": ""})
    assert written(desk)[1:] == ['{"papers.copies_to": "", "papers.office": ""}']
    assert not {"papers.office", "papers.copies_to"} & set(settings(desk.store))


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("opening", "联系13800138000", PhoneNumberInText),
        ("mark", "长" * 101, TextTooLong),
        ("title", "{年}" * 60, TextTooLong),  # short as it is typed, too long for a meeting
        ("agenda", "短\n" + "长" * 201, TextTooLong),
        ("head", "wide", NotOffered),
        ("signatures", "\n".join("一二三四五六七"), TooManySignatures),
        ("copies", "测试局", UnknownWording),
    ],
)
def test_one_wrong_field_leaves_all_as_they_were(desk: Desk, name: str, text: str, error: type[DeskError]) -> None:
    with pytest.raises(error):
        change_wording(desk.store, desk.unit, {"office": "测试禁毒办", name: text})
    assert written(desk) == []


def test_what_is_set_holds_for_meetings_to_come_and_for_no_other(desk: Desk) -> None:
    held = signed(desk, OCTOBER, copies_to="测试局")
    change_wording(
        desk.store,
        desk.unit,
        {
            "title": "{单位}{月}月例会纪要（{年}年）",
            "agenda": "通报{月}月情况\n其他",
            "body": "测试管委会",
            "number_style": "year",
        },
    )
    draft = prepared(desk, NOVEMBER).draft
    assert (draft.title, draft.printed_by, draft.number) == (
        "薛家镇11月例会纪要（2026年）",
        "测试管委会",
        "〔2026〕2号",
    )
    assert [item.title for item in draft.agenda] == ["通报11月情况", "其他"]
    assert draft.copies_to == "测试局"  # not set: as last time
    assert meeting_whole(desk.store, held.id).draft == held.draft
