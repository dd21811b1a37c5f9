"""Text as it is typed: paragraphs, headings by their numbers, names of annexes; for a PDF and for Word alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Protocol

from jindu_desk.reports.typesetting.annex import Annex
from jindu_desk.reports.typesetting.annex_pages import LABEL, annex_names
from jindu_desk.reports.typesetting.fonts import Role
from jindu_desk.reports.typesetting.grid import Span
from jindu_desk.reports.typesetting.linebreak import paragraphs

# A matter longer than two lines is no heading any more: it is set in the body's face.
LONGEST_HEADING: Final = 54
_TYPED: Final = {
    Role.HEI: re.compile(r"[一二三四五六七八九十百〇零]+、"),
    Role.KAI: re.compile(r"[（(][一二三四五六七八九十百〇零]+[）)]"),
}


class Setter(Protocol):
    """Sets the kinds of paragraph that official papers have."""

    def keep_together(self, rows: int) -> None:
        """What comes next does not begin with fewer rows than ``rows`` at the foot of a page."""

    def addressees(self, text: str) -> None:
        """From the edge, in 仿宋."""

    def heading(self, text: str, value: str = "") -> None:
        """一、 in 黑体; a short ``value`` in 仿宋 stands behind it and a colon."""

    def paragraph(self, spans: Sequence[Span]) -> None:
        """Indented by two characters. A span in 楷体 is the title of an item."""

    def labelled(self, label: str, value: str, keep: frozenset[int]) -> None:
        """Label in 黑体, value in 仿宋, further lines aligned after the label.

        ``keep`` are the places in the value where no line should begin; such a list is not spread out.
        """

    def annex_name(self, lead: str, name: str, at: int) -> None:
        """``lead`` begins ``at`` characters in, in 仿宋 as the name is; further lines are aligned after it."""

    def signature(self, office: str, dated: str) -> None:
        """The date four characters in from the right, the office centred above it (7.3.5.1)."""

    def blank(self) -> None:
        """One blank row."""


def typed_heading(paragraph: str) -> tuple[Role, str, str]:
    """The face of a paragraph's beginning, that beginning, and the rest of it, which is in 仿宋.

    一、 and （一） make a heading up to the first full stop (GB/T 9704-2012, 7.3.3); 1. and （1） are in the body's
    face, and so is a sentence of more than two lines.
    """
    for role, sign in _TYPED.items():
        if sign.match(paragraph):
            stop = paragraph.find("。") + 1 or len(paragraph)
            if stop <= LONGEST_HEADING:
                return role, paragraph[:stop], paragraph[stop:]
    return Role.BODY, paragraph, ""


def write_typed(setter: Setter, text: str) -> None:
    """Paragraphs in 仿宋, each indented by two characters; what is typed as a heading is set as one."""
    for paragraph in paragraphs(text):
        face, lead, rest = typed_heading(paragraph)
        if face is not Role.BODY and not rest:
            setter.keep_together(2)
        if face is Role.HEI and not rest:
            setter.heading(lead)
        else:
            setter.paragraph((Span(lead, face), Span(rest)) if rest else (Span(lead, face),))


def write_annex_names(setter: Setter, annexes: Sequence[Annex]) -> None:
    """附件：1. … one blank row below the body, further names below the first one (GB/T 9704-2012, 7.3.4)."""
    for number, (lead, name) in enumerate(annex_names(annexes)):
        if number == 0:
            setter.keep_together(2)
            setter.blank()
        setter.annex_name(lead, name, 2 if number == 0 else 2 + len(f"{LABEL}："))
