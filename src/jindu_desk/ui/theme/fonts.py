"""A Chinese font for the screen: the PC's own, or the bundled one where there is none."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from jindu_desk.paths import resource

# Office PCs in China have one of these; named so that Japanese or Traditional shapes are not picked by chance.
_PREFERRED = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)


BUNDLED = "Jindu Sans"


def text_font(system: QFont, points: float, chinese: str) -> QFont:
    """The system's font at ``points``, with the ``chinese`` family behind it for what it does not draw."""
    font = QFont(system)
    font.setPointSizeF(points)
    if chinese:
        font.setFamilies([*[name for name in system.families() if name != chinese], chinese])
    return font


def chinese_family(remembered: str = "") -> str:
    """The PC's Chinese font for the screen, or the bundled one, loaded; "" where there is none at all.

    ``remembered`` from the last start is believed: to look takes longer than all the rest of the theme, and where
    the font has gone meanwhile, Qt finds another by itself.
    """
    if remembered and remembered != BUNDLED:
        return remembered
    for name in _PREFERRED:
        if QFontDatabase.hasFamily(name):
            return name
    # Looking at what every font can draw takes longer: only where none of the known ones is there.
    present = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return present[0] if present else _load_bundled()


def _load_bundled() -> str:
    """Loaded only where it is needed: megabytes of outlines cost the start more than the rest of the theme."""
    number = QFontDatabase.addApplicationFont(str(resource("fonts", "hei.ttf")))
    families = QFontDatabase.applicationFontFamilies(number)
    return families[0] if families else ""
