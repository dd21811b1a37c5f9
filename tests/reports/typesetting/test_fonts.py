"""Fonts: the PC's own first, each character in a face that has it, a box and a record for what none has."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from jindu_desk.errors.papers import FontFileUnusable
from jindu_desk.paths import resource
from jindu_desk.reports.typesetting import font_files
from jindu_desk.reports.typesetting.drawing import About, draw
from jindu_desk.reports.typesetting.fonts import BOX, BUNDLED_CHOICE, FontFile, FontSet, Role, font_set
from jindu_desk.reports.typesetting.grid import PITCH, Cursor, Span, Text, glyphs_of, running, widths_of
from jindu_desk.reports.typesetting.preview import page_text


def renamed(family: str) -> TTFont:
    font = TTFont(resource("fonts", "hei.ttf"))
    for name_id in (1, 4):
        font["name"].setName(family, name_id, 3, 1, 0x804)
    return font


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PC's font folder: a 仿宋 as TTF, a 宋体 second in a collection, and things that are no usable fonts."""
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "sub").mkdir()
    renamed("仿宋").save(folder / "sub" / "simfang.ttf")
    collection = TTCollection()
    collection.fonts = [renamed("新宋体"), renamed("宋体")]
    collection.save(folder / "simsun.ttc")
    (folder / "broken.ttf").write_bytes(b"\x00\x01\x00\x00" + b"\xff" * 800_000)
    (folder / "small.ttf").write_bytes(b"x")
    return folder


def test_the_pcs_fonts_are_found_by_family_and_index(folder: Path) -> None:
    found = font_files.find_fonts((folder,))
    assert found == {
        Role.BODY: FontFile("仿宋", folder / "sub" / "simfang.ttf"),
        Role.SONG: FontFile("宋体", folder / "simsun.ttc", 1),
    }


def test_the_answer_says_which_font_each_role_has(folder: Path) -> None:
    uses = {use.role: use for use in font_set(folders=(folder,)).uses(frozenset(Role))}
    assert (uses[Role.BODY].family, uses[Role.BODY].file, uses[Role.BODY].bundled) == ("仿宋", "simfang.ttf", False)
    assert (uses[Role.SONG].file, uses[Role.SONG].bundled) == ("simsun.ttc", False)
    assert uses[Role.TITLE].bundled


def test_a_face_is_known_by_any_ending_of_its_family(tmp_path: Path) -> None:
    renamed("方正小标宋_GB18030").save(tmp_path / "fzxbs.ttf")
    renamed("方正仿宋_GBK2").save(tmp_path / "fzfs.ttf")
    found = font_files.find_fonts((tmp_path,))
    assert {role: file.family for role, file in found.items()} == {
        Role.TITLE: "方正小标宋_GB18030",
        Role.BODY: "方正仿宋_GBK2",
    }


def test_a_font_that_forbids_embedding_is_passed_over(tmp_path: Path) -> None:
    forbidden = renamed("仿宋")
    forbidden["OS/2"].fsType = 2
    forbidden.save(tmp_path / "simfang.ttf")
    assert font_files.find_fonts((tmp_path,)) == {}


def test_a_choice_goes_before_what_is_found_and_one_that_is_gone_is_named(folder: Path) -> None:
    chosen = {Role.BODY: BUNDLED_CHOICE, Role.SONG: "新宋体", Role.KAI: "无此字体"}
    uses = {use.role: use for use in font_set(folders=(folder,), choice=chosen).uses(frozenset(Role))}
    assert uses[Role.BODY].bundled
    assert (uses[Role.SONG].family, uses[Role.SONG].instead_of) == ("新宋体", "")
    assert (uses[Role.KAI].bundled, uses[Role.KAI].instead_of) == (True, "无此字体")


def test_bundled_only_looks_at_no_other_font() -> None:
    assert all(use.bundled for use in font_set(bundled_only=True).uses(frozenset(Role)))


def test_a_rare_character_falls_back_and_the_rest_stays(folder: Path) -> None:
    fonts = font_set(folders=(folder,))
    assert fonts.glyph(Role.BODY, "禁").face.file.family == "仿宋"
    rare = "㐅"  # in Extension A, beyond the smaller faces
    assert not fonts.face(Role.BODY).has(rare)
    assert fonts.glyph(Role.BODY, rare).face.file.bundled
    assert not fonts.glyph(Role.BODY, rare).missing


def test_a_font_that_cannot_be_embedded_gives_way(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"OTTO" + b"\x00" * 100)
    fonts = FontSet({Role.BODY: FontFile("仿宋", broken)})
    assert fonts.face(Role.BODY).file.bundled


def test_a_bundled_font_that_is_gone_has_its_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = FontFile("Jindu Serif", tmp_path / "serif.ttf", bundled=True)
    monkeypatch.setattr("jindu_desk.reports.typesetting.fonts.bundled_file", lambda role: gone)
    with pytest.raises(FontFileUnusable, match=r"serif\.ttf"):
        FontSet({}).face(Role.BODY)


# The table of 2013, and characters of names beyond it: 䶮 㛃 滆 and those of the blocks from Extension B on.
TABLE = (Path(__file__).parents[2] / "data" / "general-standard-characters.txt").read_text("utf-8").splitlines()
CHARACTERS = "".join(line for line in TABLE if not line.startswith("#")) + "㐅㛃䶮𠮷𫖯𬭎〔〕①⑳㈠—…“”％㎡×·"


@pytest.mark.parametrize("role", [Role.TITLE, Role.BODY, Role.KAI, Role.HEI])
def test_every_standard_character_and_rare_names_are_printed_and_read_back(role: Role, fonts: FontSet) -> None:
    assert len(CHARACTERS) > 8105
    cursor, size = Cursor(), 7.8
    for start in range(0, len(CHARACTERS), 56):
        glyphs = glyphs_of(fonts, (Span(CHARACTERS[start : start + 56], role),))
        if cursor.rows_left < 1:
            cursor.new_sheet()
        cursor.place(Text(0.0, cursor.y, size, glyphs, running(widths_of(glyphs, size))))
        cursor.y += PITCH / 3
    printed = draw(cursor.sheets, fonts, About("测试", "", ""), frozenset({role}))
    read = "".join(page_text(printed.content, at) for at in range(printed.pages)).replace("\r\n", "")
    assert printed.missing == ()
    assert read == CHARACTERS
    assert [c for c in CHARACTERS if fonts.glyph(role, c).face.ink(c) == (0.0, 0.0)] == [], "drawn, but blank"


def test_page_numbers_have_the_face_of_the_text() -> None:
    assert font_files.bundled_file(Role.SONG) == font_files.bundled_file(Role.BODY)


def test_what_no_font_has_is_a_box_that_remembers_it(fonts: FontSet) -> None:
    glyph = fonts.glyph(Role.BODY, "😀")
    assert (glyph.character, glyph.missing) == (BOX, "😀")


def test_ink_is_read_from_the_outline(fonts: FontSet) -> None:
    low, high = fonts.face(Role.BODY).ink("一")
    assert 0.2 < low < high < 0.6
    assert fonts.face(Role.BODY).ink(" ") == (0.0, 0.0)
