"""Letterheads and wording of the papers as the unit has them: its own settings, else what local practice has.

The names of bodies follow local practice; the regulation predates 2018 and names some that are called otherwise today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from jindu_desk.domain.meeting_dates import NumberStyle
from jindu_desk.domain.units import Tier
from jindu_desk.queries.units import OwnUnit
from jindu_desk.reports import meeting_texts as texts

PREFIX: Final = "papers."
"""Settings of the unit that begin with this are wording of its papers; ``papers.signatures`` has a name a line."""


@dataclass(frozen=True, slots=True)
class PaperWording:
    """What the unit's papers call things.

    ``mark``: the red line of the minutes. ``number_style``: how they are numbered. ``body``: who holds the meeting and
    prints its minutes. ``office``: who issues letters, lists and tables. ``main_to``, ``copies_to``: whom the minutes
    go to, parted by 、. ``signatures``: the fields below a table, from left to right.
    """

    mark: str
    number_style: NumberStyle
    body: str
    office: str
    main_to: str
    copies_to: str
    signatures: tuple[str, ...]


SIGNATURES: Final = ("填表人", "审核人", "负责人")


def usual_wording(own: OwnUnit) -> PaperWording:
    """What stands on the papers of a unit that has set nothing."""
    name, tier = own.unit.name, own.unit.tier
    return PaperWording(
        mark=texts.mark_text(name, tier),
        number_style=NumberStyle.ISSUE,
        body=texts.issuing_body(name, tier),
        office=f"{name}禁毒工作领导小组办公室" if tier is Tier.TOWNSHIP else f"{name}禁毒委员会办公室",
        main_to=texts.main_to_text(tier),
        copies_to=texts.copies_to_text(own.superior.name if own.superior else ""),
        signatures=SIGNATURES,
    )


def paper_wording(own: OwnUnit, settings: Mapping[str, str]) -> PaperWording:
    """The unit's own wording; what it has not set is the usual."""
    usual = usual_wording(own)
    kept = {field.name: settings.get(key_of(field.name), "").strip() for field in fields(PaperWording)}
    style = kept["number_style"]
    return PaperWording(
        mark=kept["mark"] or usual.mark,
        number_style=NumberStyle(style) if style in set(NumberStyle) else usual.number_style,
        body=kept["body"] or usual.body,
        office=kept["office"] or usual.office,
        main_to=kept["main_to"] or usual.main_to,
        copies_to=kept["copies_to"] or usual.copies_to,
        signatures=tuple(filter(None, map(str.strip, kept["signatures"].splitlines()))) or usual.signatures,
    )


def key_of(name: str) -> str:
    """Under which setting a field of `PaperWording` is kept. The two oldest keep the keys they had."""
    return {"mark": texts.MARK_SETTING, "number_style": texts.NUMBER_STYLE_SETTING}.get(name, PREFIX + name)
