import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.fields import Fields, LongText, MonthText
from jindu_desk.domain.free_text import clean_text
from jindu_desk.errors.entry import (
    IdNumberInText,
    InvalidField,
    NotAMonth,
    PhoneNumberInText,
    TextMissing,
    TextTooLong,
)


@pytest.mark.parametrize(
    "text",
    [
        "身份证320411199001011234。",
        "32041119900101123X",
        "32041119900101123x",
        "320411 19900101 1234",
        "３２０４１１１９９００１０１１２３４",
        "320411-19900101-1234",
    ],
)
def test_an_id_number_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(IdNumberInText, match="身份证") as caught:
        clean_text(text, "备注")
    assert "19900101" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["13812345678", "电话：138 1234 5678", "+8613812345678", "138-1234-5678", "１３８１２３４５６７８"]
)
def test_a_mobile_number_is_refused(text: str) -> None:
    with pytest.raises(PhoneNumberInText):
        clean_text(text, "备注")


@pytest.mark.parametrize(
    "text",
    ["2026年10月28日", "记-0012", "0519-85680000", "320411103000", "共 12,345,678 元", "第10期", "20261028093000"],
)
def test_ordinary_numbers_pass(text: str) -> None:
    assert clean_text(text, "备注") == text


@given(st.text(max_size=300))
def test_clean_text_is_stable(text: str) -> None:
    try:
        once = clean_text(text, "备注")
    except (IdNumberInText, PhoneNumberInText):
        return
    assert clean_text(once, "备注") == once
    assert "\x00" not in once


def test_missing_and_too_long() -> None:
    with pytest.raises(TextMissing, match="地点"):
        clean_text("  ", "place", required=True)
    with pytest.raises(TextTooLong, match="最多可写 5"):
        clean_text("一二三四五六", "place", limit=5)


class Example(Fields):
    place: LongText
    month: MonthText = "2026-10"
    papers: int = 0


def test_fields_tell_the_first_wrong_field_in_chinese() -> None:
    with pytest.raises(InvalidField, match="“附件张数”填写有误：应为整数"):
        Example.read({"place": "会议室", "papers": "三"})
    with pytest.raises(InvalidField, match="“地点”填写有误：还没有填写"):
        Example.read({})
    with pytest.raises(InvalidField, match="不认识"):
        Example.read({"place": "会议室", "other": 1})
    with pytest.raises(NotAMonth):
        Example.read({"place": "会议室", "month": "2026-13"})
    with pytest.raises(PhoneNumberInText, match="“地点”"):
        Example.read({"place": "13812345678"})
