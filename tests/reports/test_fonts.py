"""Fonts: the PC's own first, each character in a face that has it, a box and a record for what none has."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from jindu_desk.errors.papers import FontFileUnusable
from jindu_desk.paths import resource
from jindu_desk.reports import font_files
from jindu_desk.reports.fonts import BOX, FontFile, FontSet, Role, font_set


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
    monkeypatch.setattr("jindu_desk.reports.fonts.bundled_file", lambda role: gone)
    with pytest.raises(FontFileUnusable, match=r"serif\.ttf"):
        FontSet({}).face(Role.BODY)


@pytest.mark.parametrize("role", list(Role))
def test_every_character_of_gb_2312_and_rare_names_has_a_glyph(role: Role, fonts: FontSet) -> None:
    rows = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    text = b"".join(rows).decode("gb2312", errors="ignore") + "䶮㛃滆𠮷〔〕①⑳㈠—…“”％㎡×·"
    assert [c for c in text if fonts.glyph(role, c).missing] == []


def test_what_no_font_has_is_a_box_that_remembers_it(fonts: FontSet) -> None:
    glyph = fonts.glyph(Role.BODY, "😀")
    assert (glyph.character, glyph.missing) == (BOX, "😀")


def test_ink_is_read_from_the_outline(fonts: FontSet) -> None:
    low, high = fonts.face(Role.BODY).ink("一")
    assert 0.2 < low < high < 0.6
    assert fonts.face(Role.BODY).ink(" ") == (0.0, 0.0)
