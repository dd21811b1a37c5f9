"""The fonts that the PC has: which files hold the faces that GB/T 9704-2012 asks for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from jindu_desk.log import logger
from jindu_desk.paths import resource


class Role(StrEnum):
    """What a face is for on the paper."""

    TITLE = "title"  # 小标宋: mark and title
    BODY = "body"  # 仿宋
    KAI = "kai"  # 楷体: headings of the second level
    HEI = "hei"  # 黑体: headings of the first level, labels
    SONG = "song"  # 宋体: page numbers


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face in a file; ``index`` counts within a collection (.ttc)."""

    family: str
    path: Path
    index: int = 0
    bundled: bool = False


# The standard's own faces first, then what Windows, UOS and Kylin bring along.
FAMILIES: Final[dict[Role, tuple[str, ...]]] = {
    Role.TITLE: (
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05",
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05S",
        "方正小标宋_GB18030",
        "汉仪小标宋简",
        "华文中宋",
        "STZhongsong",
    ),
    Role.BODY: (
        "仿宋_GB2312",
        "FangSong_GB2312",
        "仿宋",
        "FangSong",
        "方正仿宋_GBK",
        "方正仿宋简体",
        "华文仿宋",
        "STFangsong",
    ),
    Role.KAI: ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "方正楷体简体", "华文楷体", "STKaiti"),
    Role.HEI: ("黑体", "SimHei", "方正黑体_GBK", "方正黑体简体", "华文黑体", "STHeiti"),
    Role.SONG: ("宋体", "SimSun", "方正书宋_GBK", "方正书宋简体", "华文宋体", "STSong"),
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
_NAME_IDS = (1, 4, 16)


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


@lru_cache(maxsize=8)
def find_fonts(folders: tuple[Path, ...]) -> dict[Role, FontFile]:
    """The best file for each role among ``folders``; roles that nothing fits are left out.

    Only TrueType outlines count: reportlab embeds no others. Unreadable files and folders are passed over. The answer
    is kept for the life of the process.
    """
    wanted = {family for families in FAMILIES.values() for family in families}
    found: dict[str, FontFile] = {}
    for path in _font_paths(folders):
        for family, index in _families(path, wanted):
            found.setdefault(family, FontFile(family, path, index))
    best: dict[Role, FontFile] = {}
    for role, families in FAMILIES.items():
        for family in families:
            if family in found:
                best[role] = found[family]
                break
    return best


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


def _families(path: Path, wanted: set[str]) -> list[tuple[str, int]]:
    """The wanted families that the file holds, each with its index in the file."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        with path.open("rb") as stream:
            if path.suffix.lower() == ".ttc":
                faces = TTCollection(stream, lazy=True).fonts
            else:
                faces = [TTFont(stream, lazy=True)]
            return [(name, index) for index, face in enumerate(faces) for name in _names(face, wanted)]
    except (OSError, TTLibError, AssertionError, ValueError, KeyError, IndexError) as reason:
        logger.info("font file passed over: %s (%s)", path.name, type(reason).__name__)
        return []


def _names(face: object, wanted: set[str]) -> list[str]:
    from fontTools.ttLib import TTFont

    if not isinstance(face, TTFont) or "glyf" not in face or "name" not in face:
        return []
    told = {str(r.toUnicode(errors="replace")) for r in face["name"].names if r.nameID in _NAME_IDS}
    return sorted(told & wanted)
