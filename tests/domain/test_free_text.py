import re
import unicodedata
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jindu_desk.domain.fields import Fields, LongText, MonthText
from jindu_desk.domain.free_text import clean_text, keepable, without_numbers
from jindu_desk.errors.entry import (
    MASK,
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
        "320411\u200b199001011234",
        "3204\u00ad11199001011234",
        "320411_19900101_1234",
        "320411，19900101，1234",
        "320411、19900101、1234",
        "320411  19900101  1234",
        "320411——19900101——1234",
        "（320411）19900101（1234）",
        "320411 / 1990 / 01 / 01 / 123 X",
        "3 2 0 4 1 1 1 9 9 0 0 1 0 1 1 2 3 4",
        "3、2、0、4、1、1、1、9、9、0、0、1、0、1、1、2、3、4",
        "工号132041119900101123X",
        "32041119900101123413812345678",
        "13812345678320411199001011234",
        "三二〇四一一一九九〇〇一〇一一二三四",
        "叁贰零肆壹壹壹玖玖零零壹零壹壹贰叁肆",
        "320411一九九〇01011234",
        "٣٢٠٤١١١٩٩٠٠١٠١١٢٣٤",
        "320411900101123",
        "320411 900101 123",
        "320411，900101，123",
        "旧证320411500101123。",
        "身份证\n320411\n19900101\n1234",
    ],
)
def test_an_id_number_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(IdNumberInText, match="身份证") as caught:
        clean_text(text, "备注")
    assert "19900101" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "电话：138 1234 5678",
        "+8613812345678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "138\u200b1234\u20605678",
        "138\ufe0f12345678",
        "138\u00ad12345678",
        "(138)1234-5678",
        "（138） 1234 5678",
        "138_1234_5678",
        "138/1234/5678",
        "138，1234，5678",
        "138、12345678",
        "1381234,5678",
        "138  1234  5678",
        "138——1234——5678",
        "1.3.8.1.2.3.4.5.6.7.8",
        "1、3、8、1、2、3、4、5、6、7、8",
        "013812345678",
        "008613812345678",
        "0086 138 1234 5678",
        "86，138，1234，5678",
        "8613812345678",
        "一三八一二三四五六七八",
        "壹叁捌壹贰叁肆伍陆柒捌",
        "幺三八〇〇〇〇一二三四",
        "138一二三四5678",
        "二13812345678",
        "1381234567813912345678",
        "10月28日 13812345678 3人",
        "2026-10-28 13812345678",
        "138\n1234\n5678",
        "13812345678x",
        "①③⑧①②③④⑤⑥⑦⑧",
    ],
)
def test_a_mobile_number_is_refused(text: str) -> None:
    with pytest.raises(PhoneNumberInText):
        clean_text(text, "备注")


@pytest.mark.parametrize(
    "text",
    [
        "2026年10月28日",
        "记-0012",
        "0519-85680000",
        "320411103000",
        "共 12,345,678 元",
        "第10期",
        "20261028093000",
        "2026-10-28 09:30—10:35",
        "2026-10-28 9:30—10:35，3人",
        "2026-10-28 2026-11-03",
        "共130 2026-10-28",
        "12、15、13、18",
        "1500、2000、300",
        "15000，300000元",
        "156、132、187、20",
        "13，15，12，18，19，20，11，25，10，12",
        "3、1、0、2、1、1、0、0、5、0、8、1、2、0、3",
        "3 1 0 2 1 1 0 0 5 0 8 1 2 0 3",
        "3\t12\t0\t19\t90\t1\t1\t12\t34\t5\t6",
        "mmexport1698765432123.jpg",
        "IMG_20261028_093015.jpg",
        "Screenshot_20261028_093015_123.png",
        "微信图片_20261028093015123.png",
        "发票号码24322000000012345678",
        "薛家镇 320411103000 2026-10 0003",
        "镇财〔2026〕9号，合计 1,280.50 元、356.00 元",
        "共发放资料1,250份（上月980份），尿检36/36，100.00%",
        "一是加强宣传；二是组织踏查；三是走访，四、五村已完成",
        "二〇二六年十月二十八日",
        "（一）第1、2、3、4、5、6、7、8、9、10、11项",
        "91320411MA1ABCDE2F",
    ],
)
def test_ordinary_numbers_pass(text: str) -> None:
    assert clean_text(text, "备注") == text


hidden = st.sampled_from(["", "\u200b", "\u00ad", "\u2060", "\ufeff", "\ufe0f"])
inner = st.sampled_from(["", " ", "-", "——", "_", "  ", " / ", ".", "·", ") ("])
around = st.sampled_from(["", "电话", "：", "工号", "（", "，"])
digits_of = st.sampled_from(
    ["0123456789", "０１２３４５６７８９", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "٠١٢٣٤٥٦٧٨٩"]
)


def in_disguise(draw: st.DrawFn, number: str) -> str:
    script = draw(digits_of)
    written = [script[int(ch)] if ch.isdigit() else ch for ch in number]
    gaps = [draw(hidden) + draw(inner) + draw(hidden) for _ in number[1:]]
    body = written[0] + "".join(gap + ch for gap, ch in zip(gaps, written[1:], strict=True))
    return draw(around) + body + draw(around)


@st.composite
def disguised_mobile(draw: st.DrawFn) -> str:
    return in_disguise(draw, draw(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)))


@st.composite
def disguised_id(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1920, 1, 1), date(2025, 12, 31)))
    region = draw(st.sampled_from(["110101", "320411", "440305", "510104", "650102"]))
    last = draw(st.from_regex(r"[0-9]{3}[0-9X]", fullmatch=True))
    glued = draw(st.sampled_from(["", "1", "13812345678"]))
    return glued + in_disguise(draw, f"{region}{born:%Y%m%d}{last}").lstrip("，（：工号电话")


@given(disguised_mobile())
def test_no_disguise_hides_a_mobile_number(text: str) -> None:
    with pytest.raises((PhoneNumberInText, IdNumberInText)):
        clean_text(text, "备注")


@given(disguised_id())
def test_no_disguise_hides_an_id_number(text: str) -> None:
    with pytest.raises((IdNumberInText, PhoneNumberInText)):
        clean_text(text, "备注")


counts = st.integers(0, 999).map(str)


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.times(),
    st.times(),
    st.lists(counts, min_size=1, max_size=10),
    st.integers(0, 10**10),
)
def test_dates_times_lists_and_amounts_pass(on: date, start: time, end: time, listed: list[str], fen: int) -> None:
    for text in (
        f"{on} {start:%H:%M}—{end:%H:%M}，共{fen / 100:,.2f}元",
        f"{on.year}年{on.month}月{on.day}日{start:%H:%M}",
        f"{on:%Y%m%d}{start:%H%M%S}.jpg",
        f"IMG_{on:%Y%m%d}_{start:%H%M%S}.jpg",
        f"记-{fen % 10_000:04}，附件{len(listed)}张，{on}",
        f"0519-8{fen % 10**7:07}",
    ):
        assert clean_text(text, "备注") == text
    figures = "、".join(listed[:3])
    assert clean_text(figures, "备注") == figures


@given(st.lists(st.integers(0, 99).map(str), max_size=8))
def test_a_list_of_counts_passes(listed: list[str]) -> None:
    for separator in ("、", "，", "\n"):
        text = separator.join(listed)
        assert clean_text(text, "备注") == text


@given(st.text("0123456789 -、，一二三x\u200b", max_size=400))
def test_any_run_of_digits_is_judged(text: str) -> None:
    try:
        assert clean_text(text, "备注") == text.strip()
    except (IdNumberInText, PhoneNumberInText):
        return


@given(st.text(max_size=300))
def test_clean_text_is_stable(text: str) -> None:
    try:
        once = clean_text(text, "备注")
    except (IdNumberInText, PhoneNumberInText):
        return
    assert clean_text(once, "备注") == once
    assert "\x00" not in once


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系民警13912345678。后面还有一句", f"联系民警{MASK}。后面还有一句"),
        ("走访李某320411199001011234，正常", f"走访李某{MASK}，正常"),
        ("甲１３８\u200b１２３４ ５６７８、乙 139-1234-5678；丙\n36人", f"甲{MASK}、乙 {MASK}；丙\n36人"),
        ("一三八一二三四五六七八，二〇二六年十月", f"{MASK}，二〇二六年十月"),
        ("身份证\n320411\n19900101\n1234\n13人", f"身份证\n{MASK}\n13人"),
        ("旧证320411900101123，2026-10-28 13812345678 3人", f"旧证{MASK}，2026-10-28 {MASK} 3人"),
        ("号①③⑧①②③④⑤⑥⑦⑧\n", f"号{MASK}\n"),
        ("<\u0338138\x0012345678", f"<\u0338{MASK}"),
        ("发票号码24322000000012345678", "发票号码24322000000012345678"),
    ],
)
def test_a_number_is_masked_and_all_else_stays(text: str, masked: str) -> None:
    assert without_numbers(text) == masked


soup = st.text("0123456789 -、，〇一二三x\u200b\u0301\x00甲年", max_size=60)
words = st.text("甲乙，。：走访 abc\n", max_size=12)


@settings(max_examples=60)
@given(st.lists(disguised_mobile() | disguised_id() | soup | st.text(max_size=20), max_size=4).map("".join))
def test_a_masked_text_is_taken_and_nothing_else_is_changed(text: str) -> None:
    masked = without_numbers(text)
    assert clean_text(masked, "备注") == keepable(text)
    pieces = re.split(f"(?:{MASK})+", masked)
    found = re.fullmatch("(.+?)".join(map(re.escape, pieces)), text, re.DOTALL)
    assert found is not None
    for gone in found.groups():
        assert len(unicodedata.normalize("NFKC", gone)) >= 11


@given(words, disguised_mobile() | disguised_id(), words)
def test_only_the_number_goes(before: str, number: str, after: str) -> None:
    masked = without_numbers(f"{before}甲{number}乙{after}")
    assert masked.startswith(f"{before}甲")
    assert masked.endswith(f"乙{after}")
    assert MASK in masked
    assert sum(ch.isnumeric() for ch in masked) < 7


@settings(max_examples=40)
@given(words, disguised_mobile() | disguised_id(), words, st.integers(5, 60))
def test_no_fragment_of_a_number_is_kept_while_it_is_typed(before: str, number: str, after: str, limit: int) -> None:
    text = f"{before}甲{number}乙{after}"
    for end in range(len(text) + 1):
        kept = keepable(text[:end], limit=limit)
        assert clean_text(kept, "备注", limit=limit) == kept
        if end > len(before) + len(number):
            assert sum(ch.isnumeric() for ch in kept) < 7
    assert keepable("甲" * 30 + "13912345678", limit=33) == "甲" * 30 + MASK[:3]


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
