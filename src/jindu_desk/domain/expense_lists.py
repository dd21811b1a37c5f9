"""A finance office's list: which column is what, and what its cells say. Written by people and by programs of every
age, so dates and amounts come in many shapes."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from enum import StrEnum

from jindu_desk.errors.entry import NotADate, NotMoney
from jindu_desk.errors.expense_lists import RedEntry

Raw = str | int | float | bool | date | datetime | None


class ListField(StrEnum):
    """What a column can give."""

    ON = "on"
    AMOUNT = "amount_fen"
    CREDIT = "credit"  # money that came back
    SUMMARY = "summary"
    LINE = "line"
    CATEGORY = "category"
    PAYEE = "payee"
    VOUCHER = "voucher_number"
    VOUCHER_ON = "voucher_on"
    PAPERS = "papers"
    METHOD = "payment_method"
    HANDLER = "handler"
    WITNESS = "witness"
    APPROVER = "approver"
    NOTE = "note"


NEEDED = (ListField.ON, ListField.AMOUNT, ListField.SUMMARY)


@dataclass(frozen=True, slots=True)
class ListWords:
    """Names of columns, longest first, and words of rows that sum up others (resources/expense_lists.toml)."""

    headings: tuple[tuple[str, ListField], ...]
    totals: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListMapping:
    """``columns``: field → column from 0. ``lines``: what the list calls a budget line → (category, fund source, note)
    of ours; "" is for rows that name none. ``payee``: for rows that name none."""

    columns: Mapping[ListField, int]
    lines: Mapping[str, tuple[str, str, str]]
    payee: str = ""

    def text_of(self, cells: Sequence[Raw], field: ListField) -> str:
        """What a row says of a field, as text; "" where its column is not there."""
        return cell_text(self.raw_of(cells, field))

    def raw_of(self, cells: Sequence[Raw], field: ListField) -> Raw:
        column = self.columns.get(field)
        return cells[column] if column is not None and column < len(cells) else None


def read_words(text: str) -> ListWords:
    """The words written in TOML."""
    data = tomllib.loads(text)
    pairs = [(_plain_heading(word), ListField(field)) for field, words in data["headings"].items() for word in words]
    return ListWords(tuple(sorted(pairs, key=lambda pair: -len(pair[0]))), frozenset(data["totals"]))


def guess_columns(headings: Sequence[str], words: ListWords) -> dict[ListField, int]:
    """Which column gives which field, by its heading: first those that are called exactly so, then those that contain
    such a word. A column gives one field, a field comes from one column."""
    plain = [_plain_heading(heading) for heading in headings]
    found: dict[ListField, int] = {}
    for matches in (str.__eq__, str.__contains__):
        for word, field in words.headings:
            if field in found:
                continue
            for column, heading in enumerate(plain):
                if heading and column not in found.values() and matches(heading, word):
                    found[field] = column
                    break
    return found


def heading_row(rows: Sequence[Sequence[Raw]], words: ListWords) -> int:
    """The place of the row of headings: the one among the first in which most columns are recognized."""
    scores = [len(guess_columns([cell_text(cell) for cell in row], words)) for row in rows[:30]]
    best = max(scores, default=0)
    if best >= 2:
        return scores.index(best)
    return next((place for place, row in enumerate(rows) if any(cell_text(cell) for cell in row)), 0)


def is_total(cells: Sequence[Raw], words: ListWords) -> bool:
    """Whether a row sums up others: one of its cells is such a word, with nothing but blanks in it."""
    return any(re.sub(r"\s+", "", cell_text(cell)) in words.totals for cell in cells)


def cell_text(raw: Raw) -> str:
    """A cell as text: dates as 2026-03-05, whole numbers without a point."""
    if raw is None:
        return ""
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, float) and raw == int(raw) and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw).strip()


_YMD = re.compile(r"(\d{4})\s*[^\d\s]\s*(\d{1,2})\s*[^\d\s]\s*(\d{1,2})\s*[^\d\s]?(?:\s+\d{1,2}:\d{2}.*)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?", re.ASCII)  # 1954 to 2119
_EPOCH = date(1899, 12, 30)  # what serial numbers of spreadsheets count from


def read_day(raw: Raw) -> date:
    """A date as lists have it: 2026/3/5, 2026-03-05, 2026.3.5, 20260305, with Chinese units, or a spreadsheet's serial
    number. Raises `NotADate`."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = unicodedata.normalize("NFKC", cell_text(raw))
    try:
        if match := _COMPACT.fullmatch(text) or _YMD.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if _SERIAL.fullmatch(text):
            return _EPOCH + timedelta(days=int(float(text)))
    except ValueError:
        pass
    raise NotADate(text=text[:30])


_AMOUNT = re.compile(r"(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d+)?", re.ASCII)
_MINUS = "-\u2212\u2013\u2014"
_SIGNS = "¥\u00a5\uffe5 \u00a0"


def read_amount(raw: Raw) -> int | None:
    """An amount in fen: 1,234.50, ￥1234.5, full-width digits, with a unit behind; None where nothing stands.

    Raises `RedEntry` for a negative amount (a minus before or behind, or in brackets), `NotMoney` for anything else.
    """
    if isinstance(raw, bool):
        raise NotMoney(text=str(raw))
    if isinstance(raw, int | float):
        if raw != raw or abs(raw) > 1e12:  # noqa: PLR0124 - not a number
            raise NotMoney(text=str(raw))
        text = f"{Decimal(repr(raw)).quantize(Decimal('0.000001'), ROUND_HALF_EVEN):f}"
    else:
        text = unicodedata.normalize("NFKC", cell_text(raw))
    plain = text.strip(_SIGNS)
    if not plain:
        return None
    negative = plain[0] in _MINUS or plain[-1] in _MINUS or (plain[0] == "(" and plain[-1] == ")")
    plain = plain.strip(_MINUS + "()").strip(_SIGNS)
    if plain and unicodedata.category(plain[-1]) == "Lo":  # the unit of money
        plain = plain[:-1].strip(_SIGNS)
    if _AMOUNT.fullmatch(plain) is None:
        raise NotMoney(text=text[:30])
    try:
        fen = Decimal(plain.replace(",", "")) * 100
    except InvalidOperation as error:
        raise NotMoney(text=text[:30]) from error
    if fen != fen.to_integral_value():
        raise NotMoney(text=text[:30])
    if negative and fen:
        raise RedEntry(amount=text[:30])
    return int(fen)


def _plain_heading(heading: str) -> str:
    folded = unicodedata.normalize("NFKC", heading)
    return re.sub(r"\(.*?\)|\[.*?\]|[\s:*/]+", "", folded).casefold()
