"""Free text must never carry a person's ID or mobile number (戒毒条例 Art. 7: personal data is secret)."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from jindu_desk.errors.entry import IdNumberInText, PhoneNumberInText, TextMissing, TextTooLong

LONG_TEXT = 20_000
SHORT_TEXT = 200

_SHORTEST = 11  # the digits of a mobile number
# What people put into one long number, and what also stands between the numbers of a list.
_INNER = r" \-‐‑‒–—―−_/\\.·•・(){}\[\]<>【】〔〕「」“”'\"*~|\u115f\u1160\u1680\u2028\u2029\u2800"
_LIST = r"\n\t,、;:。+"
_GAP = rf"[{_INNER}{_LIST}]{{1,6}}"
_RUN = re.compile(rf"\d(?:(?:{_GAP})?\d)*(?:(?:{_GAP})?[Xx])?", re.ASCII)
_PIECE = re.compile(r"[\dXx]+", re.ASCII)
_LISTED = re.compile(f"[{_LIST}]")
_DATE = re.compile(r"(?<!\d)20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)", re.ASCII)

_REGION = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|7[1]|8[1-3]|91)\d{4}"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID_18 = re.compile(rf"(?=({_REGION}(?:19\d\d|20[0-2]\d){_DAY}\d{{3}}[\dXx]))", re.ASCII)
_ID_15 = re.compile(rf"{_REGION}\d\d{_DAY}\d{{3}}", re.ASCII)
_ANY_18 = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)", re.ASCII)
_MOBILE = re.compile(r"(?:0|86|086|0086)?(?:1[3-9]\d{9})+", re.ASCII)
_MOBILE_ALONE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_MOBILE_IN_PARTS = {(3, 4, 4), (3, 8), (7, 4), (4, 7), (1,) * 11}
_LONGEST_IN_PARTS = 15  # 0086 and eleven digits; an ID number of the old kind


def clean_text(text: str, field: str, *, limit: int = LONG_TEXT, required: bool = False) -> str:
    """Return ``text`` stripped and without control characters.

    ``field`` is the Chinese name of the field, for the sentence. However an ID or mobile number is written, with
    separators, invisible characters, other digits or numerals, it is recognized; what is returned is as typed.
    Raises `IdNumberInText`, `PhoneNumberInText`, `TextTooLong` or `TextMissing`.
    """
    kept = "".join(ch for ch in text if ch in "\n\t" or unicodedata.category(ch) not in ("Cc", "Cs", "Co")).strip()
    if required and not kept:
        raise TextMissing(field=field)
    if len(kept) > limit:
        raise TextTooLong(field=field, length=len(kept), limit=limit)
    for plain in _plain(kept):
        if found := _id_number(plain):
            raise IdNumberInText(field=field, masked=_masked(found))
        if found := _mobile(plain):
            raise PhoneNumberInText(field=field, masked=_masked(found))
    return kept


def _digit(ch: str) -> str:
    """A written numeral (plain, formal, as it is read out) as its digit; any other character as it is."""
    if ch.isascii():
        return ch
    if ch == "○":  # drawn for a zero
        return "0"
    value = unicodedata.numeric(ch, -1.0)
    return str(int(value)) if 0 <= value <= 9 and value.is_integer() else ch


def _plain(text: str) -> Iterator[str]:
    """The text as it is judged: ASCII digits, nothing invisible; then with written numerals as digits too."""
    folded = unicodedata.normalize("NFKC", text)
    if len(folded) < _SHORTEST:
        return
    if not folded.isascii():
        folded = "".join(
            str(unicodedata.decimal(ch)) if ch.isdecimal() else ch
            for ch in folded
            if unicodedata.category(ch) not in ("Cf", "Mn", "Me")
        )
    yield folded
    numbered = "".join(map(_digit, folded))
    if numbered != folded:
        yield numbered


@dataclass(frozen=True, slots=True)
class _Parts:
    """Neighbouring groups of digits. ``listed``: what stands between some of them also separates a list's numbers."""

    groups: tuple[str, ...]
    listed: bool

    @property
    def digits(self) -> str:
        return "".join(self.groups)

    @property
    def is_list_of_figures(self) -> bool:
        """12、15、13 are figures: nobody writes them with leading zeros, seven digits long, or one digit each."""
        if not self.listed or all(len(group) == 1 for group in self.groups):
            return False
        return not any(len(group) > 5 or (len(group) > 1 and group.startswith("0")) for group in self.groups)


@dataclass(frozen=True, slots=True)
class _Run:
    """Groups of digits with nothing but separators between them. ``listed[n]``: whether a list's separator stands
    between group n and the next."""

    groups: tuple[str, ...]
    listed: tuple[bool, ...]

    def parts(self, first: int, last: int) -> _Parts:
        return _Parts(self.groups[first : last + 1], any(self.listed[first:last]))

    def neighbours(self) -> Iterator[_Parts]:
        """Every group, and every few neighbouring ones, that are long enough and together not too long."""
        for first in range(len(self.groups)):
            length = 0
            for last in range(first, len(self.groups)):
                length += len(self.groups[last])
                if last > first and length > _LONGEST_IN_PARTS:
                    break
                if length >= _SHORTEST:
                    yield self.parts(first, last)


def _runs(plain: str) -> Iterator[_Run]:
    for run in _RUN.finditer(plain):
        if run.end() - run.start() >= _SHORTEST:
            pieces = list(_PIECE.finditer(run[0]))
            gaps = (run[0][one.end() : other.start()] for one, other in pairwise(pieces))
            listed = tuple(_LISTED.search(gap) is not None for gap in gaps)
            yield _Run(tuple(piece[0] for piece in pieces), listed)


def _id_number(plain: str) -> str | None:
    """An 18-digit number with region and birthday wherever it stands, any 18 digits alone, or an old 15-digit one."""
    if found := _ANY_18.search(plain):
        return found[0]
    for run in _runs(plain):
        ends, digits = list(accumulate(map(len, run.groups))), "".join(run.groups)
        for window in _ID_18.finditer(digits):
            parts = run.parts(bisect_right(ends, window.start()), bisect_right(ends, window.start() + 17))
            if not parts.is_list_of_figures:
                return window[1]
        # Which groups belong together is asked only where the digits, all in a row, have such a number at all.
        for parts in run.neighbours() if _ID_15.search(digits) else ():
            if _ID_15.fullmatch(parts.digits) and not parts.is_list_of_figures and max(map(len, parts.groups)) > 2:
                return parts.digits
    return None


def _mobile(plain: str) -> str | None:
    """A mobile number, alone or in groups, with or without the country's code. Within a longer undivided number (a
    photo's name, an invoice's number) eleven digits are nobody's."""
    for run in _runs(_DATE.sub("#", plain)):
        for parts in run.neighbours() if _MOBILE_ALONE.search("".join(run.groups)) else ():
            if _MOBILE.fullmatch(parts.digits.rstrip("Xx")) and (not parts.listed or _shape(parts) in _MOBILE_IN_PARTS):
                return parts.digits
    return None


def _shape(parts: _Parts) -> tuple[int, ...]:
    groups = parts.groups[1:] if parts.groups[0] in ("0", "86", "086", "0086") else parts.groups
    return tuple(len(group) for group in groups)


def _masked(number: str) -> str:
    return f"{number[:3]}…{number[-2:]}"
