"""All papers of a month: made one after the other, each printed or refused with its reason; in one PDF where wished."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jindu_desk.errors import DeskError
from jindu_desk.reports.papers import Occasion, PaperKind, kinds_for
from jindu_desk.reports.typesetting.binding import Part, bind
from jindu_desk.reports.typesetting.drawing import About, PrintedPaper
from jindu_desk.reports.typesetting.forms import Column, Form
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import UNKNOWN, date_text, month_text

NAME: Final = "材料目录"
INSIDE: Final = "内部留存"  # also the name of the folder for what stays in the office


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper of the month. ``printed`` is None where there was nothing to print; ``refusal`` then says why.
    ``workbook`` and ``word`` are empty where the paper does not come so, or nobody asked for it."""

    kind: PaperKind
    printed: PrintedPaper | None
    workbook: bytes = b""
    word: bytes = b""
    refusal: str = ""


def folder_name(occasion: Occasion) -> str:
    """``薛家镇2026年10月材料``."""
    return f"{occasion.own.unit.name}{month_text(occasion.month)}材料"


def monthly(kinds: Iterable[PaperKind], *, inside: bool) -> tuple[PaperKind, ...]:
    """Those that record a month; with ``inside`` also those that stay in the office."""
    return tuple(kind for kind in kinds if not kind.blank and not kind.per_year and (inside or not kind.inside))


def make_all(
    occasion: Occasion,
    *,
    inside: bool,
    editable: bool = False,
    step: Callable[[int, int, str], None] = lambda _done, _total, _text: None,
) -> tuple[MadePaper, ...]:
    """Every paper of the month that the unit's tier has; with ``editable`` also as workbook and in Word, where it comes
    so. ``step`` is told how far it is and may raise to stop it."""
    kinds = monthly(kinds_for(occasion.own.unit.tier), inside=inside)
    made = []
    for done, kind in enumerate(kinds):
        step(done, len(kinds), kind.name)
        made.append(_make(kind, occasion, editable=editable))
    step(len(kinds), len(kinds), "")
    return tuple(made)


def _make(kind: PaperKind, occasion: Occasion, *, editable: bool) -> MadePaper:
    try:
        printed = kind.printed(occasion)
        workbook = kind.workbook(occasion) if editable and kind.as_workbook else b""
        word = kind.word(occasion) if editable and kind.as_word else b""
        return MadePaper(kind, printed, workbook, word)
    except DeskError as refusal:
        return MadePaper(kind, None, refusal=str(refusal))


def bundle_printed(occasion: Occasion, made: Sequence[MadePaper]) -> PrintedPaper:
    """The papers in one PDF behind a list of them. Each keeps the page numbers that it has by itself."""
    held = [(each, each.printed) for each in made if each.printed is not None]
    title = f"{occasion.own.unit.name}{month_text(occasion.month)}禁毒工作材料"
    contents = _contents(occasion, title, made, 1)
    if contents.pages > 1:  # where the first paper begins depends on it
        contents = _contents(occasion, title, made, contents.pages)
    parts = [Part(NAME, contents.sheets), *(Part(each.kind.name, printed.sheets) for each, printed in held)]
    roles = contents.roles.union(*(printed.roles for _, printed in held))
    about = About(title=title, author=one_line(occasion.wording.office), subject=month_text(occasion.month))
    return bind(parts, occasion.fonts, about, roles)


def _contents(occasion: Occasion, title: str, made: Sequence[MadePaper], before: int) -> PrintedPaper:
    """The list in front; it takes ``before`` pages."""
    under = f"{title}　{date_text(occasion.today)}制"
    form = Form(occasion.fonts, NAME, under)
    if any(each.kind.inside for each in made):
        form.text(f"含准确数字的各件注明“{INSIDE}”，不得外传。")
        form.gap(1)
    columns = (
        Column("序号", 12, "centre"),
        Column("文书", 48),
        Column("页数", 15, "right"),
        Column("自第几页起", 22, "right"),
        Column("说明", 68),
    )
    rows = []
    page = before + 1
    for number, each in enumerate(made, start=1):
        pages = each.printed.pages if each.printed else 0
        said = each.refusal or (INSIDE if each.kind.inside else each.kind.purpose)
        rows.append((str(number), each.kind.name, *((str(pages), str(page)) if pages else (UNKNOWN, UNKNOWN)), said))
        page += pages
    form.table(columns, rows, least=9.0)
    return form.printed(author=occasion.wording.office, subject=title)
