"""Letterheads and wording of the papers as the unit has them: its own settings, else what local practice has.

The names of bodies follow local practice; the regulation predates 2018 and names some that are called otherwise today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from jindu_desk.domain.free_text import LONG_TEXT, SHORT_TEXT, clean_text
from jindu_desk.domain.meeting_dates import NumberStyle
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.wording import NotOffered, TooManySignatures, UnknownWording
from jindu_desk.queries.units import OwnUnit, UnitRow
from jindu_desk.reports.meetings import texts

PREFIX: Final = "papers."
"""Settings of the unit that begin with this are wording of its papers."""
MOST_SIGNATURES: Final = 6


class Head(StrEnum):
    """What stands between the mark of the minutes and their title; the standard's own have nothing there."""

    PLAIN = "plain"
    NUMBER = "number"  # and a red rule below it
    FULL = "full"  # number, issuing unit and date, red rule


@dataclass(frozen=True, slots=True)
class PaperWording:
    """What the unit's papers call things.

    ``mark``: the red line of the minutes. ``head``, ``number_style``: what stands below it, and how minutes are
    numbered. ``title``, ``opening``, ``agenda``: what a new meeting starts with; ``{单位}``, ``{年}`` and ``{月}`` in
    them become the meeting's. ``body``: who holds the meeting and prints its minutes. ``office``: who issues letters,
    lists and tables. ``main_to``, ``copies_to``: whom the minutes go to, parted by 、. ``signatures``: the fields below
    a table, from left to right.
    """

    mark: str
    head: Head
    number_style: NumberStyle
    title: str
    opening: str
    agenda: tuple[str, ...]
    body: str
    office: str
    main_to: str
    copies_to: str
    signatures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordingField:
    """A field of `PaperWording` as it is typed. ``offered``: values and their words, where there is a choice.
    ``most``: how long the text is at most when it is filled in, of ``lines`` each of them."""

    name: str
    label: str
    limit: int = SHORT_TEXT
    shape: Literal["line", "list", "lines", "text"] = "line"  # a list is parted by 、, of lines each is a value
    offered: tuple[tuple[str, str], ...] = ()
    most: int = 0


_PARTED: Final = {"line": " ", "list": "、", "lines": "\n"}
_LONG_MONTH: Final = Month(2026, 12)
SIGNATURES: Final = ("填表人", "审核人", "负责人")

FIELDS: Final = (
    WordingField("mark", "纪要红头", limit=100),
    WordingField(
        "head",
        "红头以下",
        offered=(
            (Head.PLAIN.value, "不显示编号等（标准的纪要格式）"),
            (Head.NUMBER.value, "编号、红线"),
            (Head.FULL.value, "编号、印发机关、日期、红线"),
        ),
    ),
    WordingField(
        "number_style",
        "编号格式",
        offered=((NumberStyle.ISSUE.value, "按期：第10期"), (NumberStyle.YEAR.value, "按年：〔2026〕10号")),
    ),
    WordingField("title", "纪要标题", most=SHORT_TEXT),
    WordingField("opening", "会议概况", limit=2_000, shape="text", most=LONG_TEXT),
    WordingField("agenda", "每次的议程", limit=2_000, shape="lines", most=SHORT_TEXT),
    WordingField("body", "印发机关", limit=100),
    WordingField("office", "办公室", limit=100),
    WordingField("main_to", "主送", shape="list"),
    WordingField("copies_to", "抄送", limit=2_000, shape="list"),
    WordingField("signatures", "签字栏", shape="lines", most=20),
)


def field_named(name: str) -> WordingField:
    """The field by its name or its Chinese label; raises `UnknownWording`."""
    for field in FIELDS:
        if name in (field.name, field.label):
            return field
    raise UnknownWording(name=name, known="、".join(field.name for field in FIELDS))


def key_of(name: str) -> str:
    """Under which setting a field of `PaperWording` is kept. The two oldest keep the keys they had."""
    return {"mark": texts.MARK_SETTING, "number_style": texts.NUMBER_STYLE_SETTING}.get(name, PREFIX + name)


def typed_wording(kept: Mapping[str, str]) -> dict[str, str]:
    """What the unit set, by the fields' names, as it was typed; nothing for what it left as usual."""
    return {field.name: text for field in FIELDS if (text := kept.get(key_of(field.name), "").strip())}


def paper_head(settings: Mapping[str, str]) -> Head:
    """What the unit wants between mark and title; a value of another version of the program is the usual."""
    kept = settings.get(key_of("head"), "")
    return Head(kept) if kept in set(Head) else Head.PLAIN


def usual_wording(own: OwnUnit) -> PaperWording:
    """What stands on the papers of a unit that has set nothing."""
    return wording_of(own.unit, own.superior, {})


def paper_wording(own: OwnUnit, settings: Mapping[str, str]) -> PaperWording:
    """The unit's own wording; what it has not set is the usual."""
    return wording_of(own.unit, own.superior, typed_wording(settings))


def wording_of(unit: UnitRow, superior: UnitRow | None, typed: Mapping[str, str]) -> PaperWording:
    """The wording of ``unit`` with what was ``typed`` for some fields; a choice that is not offered is the usual."""
    name, tier = unit.name, unit.tier
    style = typed.get("number_style")
    office = f"{name}禁毒工作领导小组办公室" if tier is Tier.TOWNSHIP else f"{name}禁毒委员会办公室"
    return PaperWording(
        mark=typed.get("mark") or texts.mark_text(name, tier),
        head=paper_head({key_of("head"): typed.get("head", "")}),
        number_style=NumberStyle(style) if style in set(NumberStyle) else NumberStyle.ISSUE,
        title=typed.get("title") or texts.title_template(tier),
        opening=typed.get("opening") or texts.opening_template(tier),
        agenda=lines_in(typed.get("agenda", "")) or texts.STANDING_AGENDA,
        body=typed.get("body") or texts.issuing_body(name, tier),
        office=typed.get("office") or office,
        main_to=typed.get("main_to") or texts.main_to_text(tier),
        copies_to=typed.get("copies_to") or texts.copies_to_text(superior.name if superior else ""),
        signatures=lines_in(typed.get("signatures", "")) or SIGNATURES,
    )


def as_typed(wording: PaperWording, name: str) -> str:
    """A field of ``wording`` as it would be typed."""
    value = getattr(wording, name)
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def checked(unit: UnitRow, field: WordingField, text: str) -> str:
    """``text`` as it may be kept for ``field``; empty is the usual.

    Raises `NotOffered`, `TooManySignatures` and the errors of free text.
    """
    kept = clean_text(text, field.label, limit=field.limit)
    lines = lines_in(kept)
    if field.shape in _PARTED:
        kept = _PARTED[field.shape].join(lines)
    if kept and field.offered and kept not in dict(field.offered):
        raise NotOffered(field=field.label, value=kept, known="、".join(dict(field.offered)))
    for each in lines if field.shape == "lines" else (kept,):
        clean_text(texts.filled_in(each, unit.name, _LONG_MONTH), field.label, limit=field.most or field.limit)
    if field.name == "signatures" and len(lines) > MOST_SIGNATURES:
        raise TooManySignatures(field=field.label, count=len(lines), most=MOST_SIGNATURES)
    return kept


def lines_in(text: str) -> tuple[str, ...]:
    """The lines that hold something."""
    return tuple(filter(None, map(str.strip, text.splitlines())))
