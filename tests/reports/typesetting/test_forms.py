"""The ruled form: rows over pages, headers said again, what is kept together, machine text exact."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.reports.form_reading import pages_of

from jindu_desk.reports.typesetting.font_files import bundled_file
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import cell, exact, in_fours, plain_figures, rows_of_groups, set_cell
from jindu_desk.reports.typesetting.forms import FORM_WIDTH, PORTRAIT, Column, Form, across, fields
from jindu_desk.reports.typesetting.grid import MM, Mark, Rule, Text, Upright

COLUMNS = (Column("序号", 20, "centre"), Column("内容", 145))


def words_of(form: Form) -> list[str]:
    """The text of each page, in drawing order."""
    return [
        "".join(
            glyph.character for line in sheet.lines for item in line if isinstance(item, Text) for glyph in item.glyphs
        )
        for sheet in form.sheets
    ]


def test_a_table_says_its_header_on_every_page_and_keeps_every_row(fonts: FontSet) -> None:
    form = Form(fonts, "催报清单")
    form.table(COLUMNS, [(str(n), f"测试{n}行。") for n in range(300)])
    pages = pages_of(form.printed(author="").content)
    assert len(pages) > 5
    assert pages[0].startswith("催报清单序号内容0测试0行。")
    assert all(page.startswith("序号内容") for page in pages[1:])
    assert [int(n) for page in pages for n in re.findall(r"测试(\d+)行", page)] == list(range(300))


def test_a_head_that_would_fill_the_pages_is_said_once_and_whole(fonts: FontSet) -> None:
    form = Form(fonts, "催报清单")
    tall = Column("".join(f"第{line:03}格" for line in range(180)), 20)  # 180 lines: four pages
    form.table((tall, Column("内容", 145)), [("", f"测试{n}行") for n in range(9)])
    pages = pages_of(form.printed(author="").content)
    assert len(pages) <= 5
    assert [int(n) for n in re.findall(r"第(\d+)格", "".join(pages).replace("内容", ""))] == list(range(180))
    assert [int(n) for n in re.findall(r"测试(\d)行", "".join(pages))] == list(range(9))


def test_a_row_that_a_page_can_hold_is_not_torn(fonts: FontSet) -> None:
    form = Form(fonts, "催报清单")
    form.table(COLUMNS, [(str(n), "\n".join(f"第{n}行{line}" for line in range(9))) for n in range(20)])
    for page in words_of(form):
        assert page.count("行0") == page.count("行8")


def test_a_longer_row_goes_on_line_by_line(fonts: FontSet) -> None:
    form = Form(fonts, "催报清单")
    form.table(COLUMNS, [("1", "\n".join(f"第{line}条" for line in range(200))), ("2", "末行")])
    pages = words_of(form)
    assert len(pages) > 3
    assert [int(n) for page in pages for n in re.findall(r"第(\d+)条", page)] == list(range(200))
    assert pages[0].count("条") > 40  # it begins where there is room, not on a page of its own


def test_each_page_of_a_table_is_framed(fonts: FontSet) -> None:
    form = Form(fonts, "催报清单")
    form.table(COLUMNS, [(str(n), "内容") for n in range(60)])
    for sheet in form.sheets:
        items = [item for line in sheet.lines for item in line]
        rules = [item for item in items if isinstance(item, Rule)]
        thickest = max(rule.thickness for rule in rules)
        frame = sorted(rule.y for rule in rules if rule.thickness == thickest)
        uprights = [item for item in items if isinstance(item, Upright)]
        assert len(frame) == 2
        assert frame[0] == pytest.approx(min(item.top for item in uprights))
        assert frame[1] == pytest.approx(max(item.bottom for item in uprights))
        assert max(rule.y for rule in rules) <= frame[1] + 0.01


@pytest.mark.parametrize("rows", range(20, 40))
def test_a_heading_stays_with_what_follows(rows: int, fonts: FontSet) -> None:
    form = Form(fonts, "催报清单")
    form.table(COLUMNS, [(str(n), "内容") for n in range(rows)])
    form.table(COLUMNS, [("1", "甲"), ("2", "乙")], part="标题")
    form.grid((fields(("签字", ""), ("日期", "")),) * 3, whole=True, part="签名")
    pages = words_of(form)
    (heading,) = [page for page in pages if "一、标题" in page]
    (signed,) = [page for page in pages if "二、签名" in page]
    assert "一、标题序号内容1甲2乙" in heading
    assert signed.endswith("二、签名" + "签字日期" * 3)


def test_headings_are_numbered_and_in_the_outline(fonts: FontSet) -> None:
    form = Form(fonts, "催报清单")
    for title in ("甲", "乙"):
        form.grid((across(cell("内容")),), part=title)
    marks = [item.title for line in form.sheets[0].lines for item in line if isinstance(item, Mark)]
    assert marks == ["一、甲", "二、乙"]


def test_a_row_of_fields_fills_the_width() -> None:
    for row in (fields(("甲", "")), fields(("甲", ""), ("乙", "")), across(cell(""))):
        assert sum(row.widths) == pytest.approx(FORM_WIDTH)


def test_the_check_code_changes_with_any_word(fonts: FontSet) -> None:
    codes = set()
    for rows in ([("1", "甲")], [("1", "乙")], [("1甲", "")], [("1", "甲"), ("", "")]):
        form = Form(fonts, "催报清单")
        form.table(COLUMNS, rows)
        codes.add(form.check_code)
    assert len(codes) == 4


def test_a_page_is_full_before_the_next_begins(fonts: FontSet) -> None:
    form = Form(fonts, "催报清单")
    for _ in range(6):
        form.text("字" * 300)
    assert len(form.sheets) == 1
    for _ in range(6):
        form.text("字" * 300)
    assert len(form.sheets) == 2
    first = [item.baseline for line in form.sheets[0].lines for item in line if isinstance(item, Text)]
    assert max(first) - min(first) > PORTRAIT.height - 20 * MM


def test_machine_text_is_cut_at_the_edge_without_loss(fonts: FontSet) -> None:
    text = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEi,.+/"
    strips = set_cell(fonts, exact(text), 60.0)
    assert len(strips) > 5
    assert "".join(glyph.character for strip in strips for glyph in strip.glyphs) == text
    for strip in strips:
        assert strip.width <= 60.0
        # Nothing is spread or squeezed: each character moves the pen by its own width.
        assert strip.offsets[-1] == pytest.approx(sum(g.width * strip.size for g in strip.glyphs[:-1]))


def test_machine_text_is_in_the_programs_own_face_whatever_the_pc_has() -> None:
    sans = replace(bundled_file(Role.HEI), bundled=False)
    pc = FontSet({Role.BODY: sans, Role.SONG: sans})
    (strip,) = set_cell(pc, exact("0O1lI"), 400.0)
    faces = {glyph.face for glyph in strip.glyphs}
    assert faces == {plain_figures().face(Role.SONG)}
    shapes = {(*glyph.face.ink(glyph.character), glyph.width) for glyph in strip.glyphs}
    assert len(shapes) == 5  # no two look the same


def test_groups_of_four() -> None:
    assert in_fours("abcd efg") == ("abcd", "efg")
    assert in_fours("") == ()
    assert rows_of_groups("abcdefghij", 2) == "abcd efgh\nij"


def test_line_ends_in_a_cell_begin_new_lines(fonts: FontSet) -> None:
    assert len(set_cell(fonts, cell("甲\n乙\r\n\n丙"), 100.0)) == 3
