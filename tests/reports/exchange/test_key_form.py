"""密钥登记表: the fingerprint can be read aloud, the keys are exact, the usual form is one page with its stub."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from tests.reports.form_reading import Character, characters_of, in_order, pages_of, text_of
from tests.reports.packages_shown import KEY, KEY_FORM

from jindu_desk.packages.keys import PublicKey, fingerprint_groups
from jindu_desk.paths import resource
from jindu_desk.reports.exchange.key_form import KeyForm, key_form_pdf, key_form_printed
from jindu_desk.reports.typesetting.fonts import FontSet

GROUPS = fingerprint_groups(KEY.fingerprint)


def large_of(content: bytes) -> list[Character]:
    """The characters of the large fingerprint."""
    return [c for page in characters_of(content) for c in page if c.size > 21 and c.character.isascii()]


@pytest.fixture(scope="module")
def content(fonts: FontSet) -> bytes:
    return key_form_pdf(KEY_FORM, fonts)


def test_all_parts_are_read_back_in_order(content: bytes) -> None:
    parts = [
        "密钥登记表",
        "单位名称湖塘镇单位代码320412100000保管人测试甲生成日期2026年11月3日",
        "上级单位武进区禁毒委员会办公室单位编号8c1f0c8e-3d5e-5a31-9a77-0f3c5e5cf2a1",
        "一、签名密钥的指纹（SHA256）",
        *(f"□第{number}组{group}" for number, group in enumerate(GROUPS, start=1)),
        "共11组，43个字符",
        f"二、公钥全文签名公钥{KEY.line}加密公钥{KEY_FORM.recipient}",
        "三、怎样核对当面核对：",
        "电话核对：",
        "四、签字盖章核对方式□当面□电话核对日期年月日保管人签字登记人签字（上级单位）单位公章上级单位公章",
        f"密钥登记表存根单位名称湖塘镇保管人测试甲指纹{''.join(GROUPS)}登记人签字核对日期",
    ]
    assert in_order(text_of(content), parts) is None


def test_the_large_groups_stand_four_in_a_row_in_columns(content: bytes) -> None:
    large = large_of(content)
    assert "".join(c.character for c in large) == KEY.fingerprint.removeprefix("SHA256:")
    rows: dict[float, list[Character]] = {}
    for placed in large:
        rows.setdefault(round(placed.y, 1), []).append(placed)
    assert ["".join(c.character for c in rows[y]) for y in sorted(rows)] == [
        "".join(GROUPS[start : start + 4]) for start in (0, 4, 8)
    ]
    for row in rows.values():
        for number, start in enumerate(range(0, len(row), 4)):
            group = row[start : start + 4]
            assert 25 + 41.25 * number < group[0].x
            assert group[-1].x < 25 + 41.25 * (number + 1)
            assert all(right.x - left.x > 2 for left, right in pairwise(group))  # mm: none touches the next


def test_below_each_character_stands_what_it_is(content: bytes) -> None:
    small = [c for page in characters_of(content) for c in page if c.size == pytest.approx(7, abs=0.1)]
    large = large_of(content)
    assert len(small) == len(large) == 43
    for above, below in zip(large, small, strict=True):
        sort = "数" if above.character.isdigit() else "大" if above.character.isupper() else "小"
        assert below.character == sort
        assert 1 < below.y - above.y < 8
        assert abs(below.x - above.x) < 5


def test_marks_have_words_of_their_own(fonts: FontSet) -> None:
    form = KeyForm("湖塘镇", fingerprint="SHA256:+/aA")
    assert "+/aA加斜小大" in text_of(key_form_pdf(form, fonts))


@pytest.mark.parametrize("letter", ["W", "i", "m", "8"])
def test_the_widest_and_narrowest_groups_stay_in_their_boxes(letter: str, fonts: FontSet) -> None:
    form = replace(KEY_FORM, fingerprint="SHA256:" + letter * 43)
    large = large_of(key_form_pdf(form, fonts))
    for start in range(0, 43, 4):
        column = start // 4 % 4
        group = large[start : start + 4]
        assert group[0].x > 25 + 41.25 * column + 1
        assert group[-1].x + 24 * 25.4 / 72 * 1.06 * (letter == "W") < 25 + 41.25 * (column + 1)


def test_the_form_of_every_unit_is_one_page_with_its_stub(fonts: FontSet) -> None:
    with resource("changzhou-units.csv").open(encoding="utf-8", newline="") as lines:
        names = [row["name"] for row in csv.DictReader(lines) if row["level"] != "village"]  # villages have no keys
    longest = max(names, key=len)
    for seed in range(3):
        key = PublicKey(bytes([seed * 80 + 7]) * 32)
        form = replace(KEY_FORM, unit=longest, keeper="欧阳测试", fingerprint=key.fingerprint, public_key=key.line)
        (page,) = pages_of(key_form_printed(form, fonts).content)
        assert re.search(r"存根单位名称" + re.escape(longest), page)
