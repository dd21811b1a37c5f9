"""The fonts that the PC has: which files hold the faces that GB/T 9704-2012 asks for."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from jindu_desk.log import logger
from jindu_desk.paths import resource
from jindu_desk.reports.typesetting.font_names import FaceNames, faces_in


class Role(StrEnum):
    """What a face is for on the paper."""

    TITLE = "title"  # 小标宋: mark and title
    BODY = "body"  # 仿宋
    KAI = "kai"  # 楷体: headings of the second level
    HEI = "hei"  # 黑体: headings of the first level, labels
    SONG = "song"  # 宋体: page numbers


ROLE_NAMES: Final[dict[Role, str]] = {
    Role.TITLE: "小标宋",
    Role.BODY: "仿宋",
    Role.KAI: "楷体",
    Role.HEI: "黑体",
    Role.SONG: "宋体",
}


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face in a file; ``index`` counts within a collection (.ttc)."""

    family: str
    path: Path
    index: int = 0
    bundled: bool = False


# The standard's own faces first, then what Windows, WPS, UOS and Kylin bring along. A star stands for any ending: one
# foundry sells the same face as 简体, _GBK, _GB18030 and under a number.
FAMILIES: Final[dict[Role, tuple[str, ...]]] = {
    Role.TITLE: (
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05",
        "方正小标宋*",
        "FZXiaoBiaoSong*",
        "汉仪小标宋*",
        "文星标宋*",
        "长城小标宋*",
        "华文中宋",
        "STZhongsong",
    ),
    Role.BODY: (
        "仿宋_GB2312",
        "FangSong_GB2312",
        "仿宋",
        "FangSong",
        "方正仿宋_GBK",
        "方正仿宋*",
        "FZFangSong*",
        "汉仪仿宋*",
        "华文仿宋",
        "STFangsong",
    ),
    Role.KAI: (
        "楷体_GB2312",
        "KaiTi_GB2312",
        "楷体",
        "KaiTi",
        "方正楷体_GBK",
        "方正楷体*",
        "FZKai*",
        "汉仪楷体*",
        "华文楷体",
        "STKaiti",
    ),
    Role.HEI: ("黑体", "SimHei", "方正黑体_GBK", "方正黑体*", "FZHei*", "汉仪中黑*", "华文黑体", "STHeiti"),
    Role.SONG: (
        "宋体",
        "SimSun",
        "方正书宋_GBK",
        "方正书宋*",
        "FZShuSong*",
        "汉仪书宋*",
        "华文宋体",
        "STSong",
    ),
}
BUNDLED: Final[dict[Role, str]] = {
    Role.TITLE: "title.ttf",
    Role.BODY: "serif.ttf",
    Role.KAI: "kai.ttf",
    Role.HEI: "hei.ttf",
    Role.SONG: "serif.ttf",
}
_BUNDLED_FAMILIES: Final = {
    "title.ttf": "Jindu Serif Black",
    "serif.ttf": "Jindu Serif",
    "kai.ttf": "Jindu Kai",
    "hei.ttf": "Jindu Sans Medium",
}
# No face with GB 2312's 6,763 ideographs is smaller; what is smaller is not even opened.
_SMALLEST = 700_000
_REGULAR = 400


def bundled_file(role: Role) -> FontFile:
    name = BUNDLED[role]
    return FontFile(_BUNDLED_FAMILIES[name], resource("fonts", name), bundled=True)


def font_folders() -> tuple[Path, ...]:
    """Where this system keeps fonts, for all users and for this one."""
    environment = os.environ
    folders: list[Path] = []
    if os.name == "nt":
        folders.append(Path(environment.get("WINDIR", r"C:\Windows")) / "Fonts")
        if local := environment.get("LOCALAPPDATA"):
            folders.append(Path(local) / "Microsoft" / "Windows" / "Fonts")
    else:
        home = Path.home()
        data = environment.get("XDG_DATA_HOME")
        folders += [
            home / ".fonts",
            (Path(data) if data else home / ".local" / "share") / "fonts",
            Path("/usr/local/share/fonts"),
            Path("/usr/share/fonts"),
            Path("/opt/kingsoft/wps-office/office6/fonts"),
        ]
    return tuple(folders)


@dataclass(frozen=True, slots=True)
class InstalledFont:
    """A face of this PC that papers can be set in; ``names`` are all that it answers to."""

    file: FontFile
    names: frozenset[str]


@lru_cache(maxsize=8)
def fonts_here(folders: tuple[Path, ...]) -> tuple[InstalledFont, ...]:
    """The Chinese faces among ``folders``, the most regular of each family, in the order in which they were found.

    Only TrueType outlines count: reportlab embeds no others. Unreadable files and folders are passed over. The answer
    is kept for the life of the process.
    """
    known = frozenset(name for families in FAMILIES.values() for name in families)
    found: dict[str, tuple[int, InstalledFont]] = {}
    for path in _font_paths(folders):
        for face in _faces(path):
            if not (face.simplified or any(_answers(face.names, name) for name in known)):
                continue
            strangeness = abs(face.weight - _REGULAR)
            if face.family not in found or strangeness < found[face.family][0]:
                font = InstalledFont(FontFile(face.family, path, face.index), face.names)
                found[face.family] = strangeness, font
    return tuple(font for _, font in found.values())


def find_fonts(folders: tuple[Path, ...]) -> dict[Role, FontFile]:
    """The best file for each role among ``folders``; roles that nothing fits are left out."""
    here = fonts_here(folders)
    best: dict[Role, FontFile] = {}
    for role, families in FAMILIES.items():
        for family in families:
            fitting = [font.file for font in here if _answers(font.names, family)]
            if fitting:
                best[role] = fitting[0]
                break
    return best


def font_named(family: str, folders: tuple[Path, ...]) -> FontFile | None:
    """The face that a person chose, if this PC still has it."""
    named = [font.file for font in fonts_here(folders) if font.file.family == family or family in font.names]
    return named[0] if named else None


def fits(font: InstalledFont, role: Role) -> bool:
    """Whether the face is one of those made for the role."""
    return any(_answers(font.names, family) for family in FAMILIES[role])


def _answers(names: frozenset[str], family: str) -> bool:
    """Whether one of ``names`` is ``family``, whose star stands for any ending."""
    if family.endswith("*"):
        return any(name.startswith(family[:-1]) for name in names)
    return family in names


def _font_paths(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for parent, children, names in os.walk(folder):
            children.sort()
            for name in sorted(names):
                if not name.lower().endswith((".ttf", ".ttc")):
                    continue
                path = Path(parent, name)
                try:
                    large = path.stat().st_size >= _SMALLEST
                except OSError:
                    continue
                if large:
                    yield path


def _faces(path: Path) -> list[FaceNames]:
    try:
        with path.open("rb") as stream:
            return list(faces_in(stream))
    except (OSError, struct.error, ValueError) as reason:
        logger.info("font file passed over: %s (%s)", path.name, type(reason).__name__)
        return []
