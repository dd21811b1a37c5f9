"""Free text must never carry a person's ID or mobile number (戒毒条例 Art. 7: personal data is secret)."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from jindu_desk.errors.entry import MASK, IdNumberInText, PhoneNumberInText, TextMissing, TextTooLong

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
    kept = "".join(filter(_is_kept, text)).strip()
    if required and not kept:
        raise TextMissing(field=field)
    if len(kept) > limit:
        raise TextTooLong(field=field, length=len(kept), limit=limit)
    for plain in _plain(kept):
        if found := next(_id_numbers(plain), None):
            raise IdNumberInText(field=field, masked=_masked(found.digits))
        if found := next(_mobiles(plain), None):
            raise PhoneNumberInText(field=field, masked=_masked(found.digits))
    return kept


def without_numbers(text: str) -> str:
    """``text`` with `MASK` for every number that `clean_text` refuses; all else stays as it is."""
    while spans := _refused_spans(text):
        pieces, done = list[str](), 0
        for start, end in spans:
            pieces += text[done:start], MASK
            done = end
        text = "".join(pieces) + text[done:]
    return text


def keepable(text: str, *, limit: int = LONG_TEXT) -> str:
    """What may be kept of a text that is being typed, whatever stands in it: `clean_text` takes it as it is.

    The numbers are masked before it is cut to ``limit`` characters: never a fragment of one is left.
    """
    kept = "".join(filter(_is_kept, without_numbers(text))).strip()
    # Cut short, a long number that was nobody's may look like somebody's.
    return kept if len(kept) <= limit else without_numbers(kept[:limit]).strip()


def _is_kept(ch: str) -> bool:
    return ch in "\n\t" or unicodedata.category(ch) not in ("Cc", "Cs", "Co")


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
    folded = _visible(folded)
    yield folded
    numbered = "".join(map(_digit, folded))
    if numbered != folded:
        yield numbered


def _visible(folded: str) -> str:
    if folded.isascii():
        return folded
    return "".join(
        str(unicodedata.decimal(ch)) if ch.isdecimal() else ch
        for ch in folded
        if unicodedata.category(ch) not in ("Cf", "Mn", "Me")
    )


def _refused_spans(text: str) -> list[tuple[int, int]]:
    """Where in ``text`` the refused numbers stand, from left to right; those over another as one."""
    if not any(next(_numbers(plain), None) for plain in _plain("".join(filter(_is_kept, text)))):
        return []
    plain, places = "", list[tuple[int, int]]()
    for start, end in _clusters(text):
        part = _visible(unicodedata.normalize("NFKC", "".join(filter(_is_kept, text[start:end]))))
        plain += part
        places += [(start, end)] * len(part)
    for judged in (plain, "".join(map(_digit, plain))):
        spans = list[tuple[int, int]]()
        for first, last in sorted((found.start, found.end - 1) for found in _numbers(judged)):
            start, end = places[first][0], places[last][1]
            if spans and start < spans[-1][1]:
                start, end = spans[-1][0], max(spans.pop()[1], end)
            spans.append((start, end))
        if spans:
            return spans
    return []


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans of characters that are folded together: a character with the marks that are drawn on it."""
    start = 0
    for at, ch in enumerate(text):
        if at > start and _is_kept(ch) and not _joins_the_last(ch):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _joins_the_last(ch: str) -> bool:
    first = unicodedata.normalize("NFKD", ch)[0]
    return unicodedata.category(first).startswith("M") or "\u1160" <= first <= "\u11ff"  # a part of a Hangul syllable


@dataclass(frozen=True, slots=True)
class _Found:
    """A refused number and where in the judged text the groups stand that it is part of."""

    digits: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Parts:
    """Neighbouring groups of digits. ``listed``: what stands between some of them also separates a list's numbers."""

    groups: tuple[str, ...]
    listed: bool
    start: int
    end: int

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
    """Groups of digits, at ``spans``, with nothing but separators between them. ``listed[n]``: whether a list's
    separator stands between group n and the next."""

    groups: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    listed: tuple[bool, ...]

    def parts(self, first: int, last: int) -> _Parts:
        groups, listed = self.groups[first : last + 1], any(self.listed[first:last])
        return _Parts(groups, listed, self.spans[first][0], self.spans[last][1])

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
            spans = tuple((run.start() + piece.start(), run.start() + piece.end()) for piece in pieces)
            yield _Run(tuple(piece[0] for piece in pieces), spans, listed)


def _numbers(plain: str) -> Iterator[_Found]:
    yield from _id_numbers(plain)
    yield from _mobiles(plain)


def _id_numbers(plain: str) -> Iterator[_Found]:
    """An 18-digit number with region and birthday wherever it stands, any 18 digits alone, or an old 15-digit one."""
    for alone in _ANY_18.finditer(plain):
        yield _Found(alone[0], alone.start(), alone.end())
    for run in _runs(plain):
        ends, digits = list(accumulate(map(len, run.groups))), "".join(run.groups)
        for window in _ID_18.finditer(digits):
            parts = run.parts(bisect_right(ends, window.start()), bisect_right(ends, window.start() + 17))
            if not parts.is_list_of_figures:
                yield _Found(window[1], parts.start, parts.end)
        # Which groups belong together is asked only where the digits, all in a row, have such a number at all.
        for parts in run.neighbours() if _ID_15.search(digits) else ():
            if _ID_15.fullmatch(parts.digits) and not parts.is_list_of_figures and max(map(len, parts.groups)) > 2:
                yield _Found(parts.digits, parts.start, parts.end)


def _mobiles(plain: str) -> Iterator[_Found]:
    """A mobile number, alone or in groups, with or without the country's code. Within a longer undivided number (a
    photo's name, an invoice's number) eleven digits are nobody's."""
    for run in _runs(_DATE.sub(lambda date: "#" * len(date[0]), plain)):
        for parts in run.neighbours() if _MOBILE_ALONE.search("".join(run.groups)) else ():
            if _MOBILE.fullmatch(parts.digits.rstrip("Xx")) and (not parts.listed or _shape(parts) in _MOBILE_IN_PARTS):
                yield _Found(parts.digits, parts.start, parts.end)


def _shape(parts: _Parts) -> tuple[int, ...]:
    groups = parts.groups[1:] if parts.groups[0] in ("0", "86", "086", "0086") else parts.groups
    return tuple(len(group) for group in groups)


def _masked(number: str) -> str:
    return f"{number[:3]}…{number[-2:]}"
