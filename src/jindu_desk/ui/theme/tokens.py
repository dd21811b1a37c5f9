"""Colours of the look as data. Every text colour has a contrast of at least 4.5 on every ground it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

Kind = Literal["plain", "info", "done", "due", "wrong"]
"""What a colour says. It never speaks alone: a word or sign stands beside it."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours as ``#RRGGBB``. ``*_soft`` are the grounds under a word of that kind (chips, notices)."""

    name: str
    surface: str
    ground: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_hover: str
    done: str
    due: str
    wrong: str
    locked: str
    selection: str
    plain_soft: str
    info_soft: str
    done_soft: str
    due_soft: str
    wrong_soft: str

    def of(self, kind: Kind) -> QColor:
        """The colour of a word or sign of this kind."""
        match kind:
            case "plain":
                return QColor(self.muted)
            case "info":
                return QColor(self.accent)
            case "done":
                return QColor(self.done)
            case "due":
                return QColor(self.due)
            case "wrong":
                return QColor(self.wrong)

    def soft(self, kind: Kind) -> QColor:
        """The quiet ground under a word of this kind."""
        match kind:
            case "plain":
                return QColor(self.plain_soft)
            case "info":
                return QColor(self.info_soft)
            case "done":
                return QColor(self.done_soft)
            case "due":
                return QColor(self.due_soft)
            case "wrong":
                return QColor(self.wrong_soft)


LIGHT = Tokens(
    name="light",
    surface="#FFFFFF", ground="#F5F6F8", line="#DDE1E6", text="#1B1F24", muted="#5B6570",
    accent="#1F5FA8", on_accent="#FFFFFF", accent_hover="#194E8A",
    done="#1E7A46", due="#A65F00", wrong="#B3261E", locked="#F0F2F4", selection="#D9E7F7",
    plain_soft="#F0F2F4", info_soft="#EAF2FB", done_soft="#EEF8F2", due_soft="#FEF8ED", wrong_soft="#FDF0EF",
)  # fmt: skip

DARK = Tokens(
    name="dark",
    surface="#1E2126", ground="#16181C", line="#343941", text="#E7EAEE", muted="#9AA4AF",
    accent="#6CA6E8", on_accent="#0E1621", accent_hover="#8ABAF0",
    done="#5CC08A", due="#E5A54B", wrong="#F2827A", locked="#24282E", selection="#2B4260",
    plain_soft="#2A2F36", info_soft="#1F2C3C", done_soft="#1C2F25", due_soft="#33291A", wrong_soft="#3A2322",
)  # fmt: skip

HIGH_CONTRAST = Tokens(
    name="contrast",
    surface="#000000", ground="#000001", line="#C8C8C8", text="#FFFFFF", muted="#E0E0E0",
    accent="#7FC4FF", on_accent="#000000", accent_hover="#B5DDFF",
    done="#6CF0A0", due="#FFC95C", wrong="#FF9A93", locked="#1A1A1A", selection="#00407A",
    plain_soft="#1A1A1A", info_soft="#001B33", done_soft="#00210F", due_soft="#2B1D00", wrong_soft="#330704",
)  # fmt: skip

ALL_TOKENS = (LIGHT, DARK, HIGH_CONTRAST)

TEXT_ON_GROUND: tuple[tuple[str, str], ...] = (
    *(
        (text, ground)
        for text in ("text", "muted", "accent", "done", "due", "wrong")
        for ground in ("surface", "ground")
    ),
    ("text", "locked"),
    ("muted", "locked"),
    ("text", "selection"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("muted", "plain_soft"),
    ("accent", "info_soft"),
    ("done", "done_soft"),
    ("due", "due_soft"),
    ("wrong", "wrong_soft"),
    *(("text", f"{kind}_soft") for kind in ("plain", "info", "done", "due", "wrong")),
)
"""Every pair (text token, ground token) that occurs on a screen; the test computes their contrast."""


_BY_GROUND = {QColor(tokens.ground).rgba(): tokens for tokens in ALL_TOKENS}


def tokens_of(painted: QWidget | QPalette) -> Tokens:
    """The tokens that the palette of ``painted`` was made of; what custom painting asks for its colours.

    The style sheet gives some widgets (quiet and primary buttons) a ground of their own; the program's palette decides.
    """
    palette = painted.palette() if isinstance(painted, QWidget) else painted
    for asked in (palette, QApplication.palette()):
        tokens = _BY_GROUND.get(asked.color(QPalette.ColorRole.Window).rgba())
        if tokens is not None:
            return tokens
    return LIGHT if palette.color(QPalette.ColorRole.Window).lightness() > 127 else DARK
