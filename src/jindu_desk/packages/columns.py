"""Columns of a package's tables, derived from the domain's fields: how a value is written, read and described.

A reader is a plain function from text to value, made once per column. Records are not validated through pydantic row
by row: a district reads hundreds of thousands of cells while its window must stay free.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le
from pydantic import NaiveDatetime
from pydantic.fields import FieldInfo

from jindu_desk.domain.fields import (
    AgeRecipient,
    CategoryCode,
    CheckKey,
    Code,
    Fields,
    Figures,
    Hashes,
    Id,
    ItemCode,
    KeyLine,
    LongText,
    MonthText,
    Name,
    Proof,
    RuleText,
    Sha256,
    ShortText,
    Token,
    UnitCode,
)
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.rule_sets import Due, RuleVersion
from jindu_desk.errors import DeskError

TIME = "%Y-%m-%dT%H:%M:%S"
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_ID = r"^[0-9A-Za-z:_.\-]{1,64}$"
_ID_FORM = re.compile(_ID[1:-1])
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE = r"^[0-9A-Za-z_.\-]{1,40}$"
_CODE_FORM = re.compile(_CODE[1:-1])
_SHA256 = r"^[0-9a-f]{64}$"
_LARGEST_INTEGER = 2**31 - 1  # unless the field says otherwise

Reader = Callable[[str], object]


class Refused(ValueError):
    """A text that is no value of its column; ``code`` is one of `errors.packages.FAULTS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Column:
    """``schema`` is the column's Table Schema field. An empty text is None where ``optional``, else ``empty``."""

    name: str
    read: Reader
    write: Callable[[object], str]
    schema: dict[str, object]


def columns_of(fields: type[Fields]) -> tuple[Column, ...]:
    """The columns of a record, in the order of its fields."""
    hints = get_type_hints(fields, include_extras=True)
    return tuple(_column(name, hints[name]) for name in fields.model_fields)


def id_column() -> Column:
    """The column of a record's own id."""
    return _column("id", Id)


def _column(name: str, hint: object) -> Column:
    optional = False
    if get_origin(hint) in (Union, types.UnionType):
        inner = [arg for arg in get_args(hint) if arg is not type(None)]
        optional = len(inner) < len(get_args(hint))
        (hint,) = inner
    kind, reader, constraints, form = _kind(hint)
    # Text may be empty; everything else is either there or, where optional, None.
    must_be = constraints.keys() & {"minLength", "enum"} or not _empty_fits(constraints)
    may_be_empty = optional or (kind == "string" and not must_be)
    if not may_be_empty:
        constraints = {"required": True, **constraints}
    schema: dict[str, object] = {"name": name, "type": kind}
    if form:
        schema["format"] = form
    if kind == "boolean":
        schema |= {"trueValues": ["true"], "falseValues": ["false"]}
    if constraints:
        schema["constraints"] = constraints
    empty = None if optional else ""
    if may_be_empty:
        return Column(name, _or_empty(reader, empty), _write, schema)
    return Column(name, _required(reader), _write, schema)


def _empty_fits(constraints: dict[str, object]) -> bool:
    pattern = constraints.get("pattern")
    return not isinstance(pattern, str) or re.fullmatch(pattern, "") is not None


def _or_empty(reader: Reader, empty: object) -> Reader:
    return lambda text: reader(text) if text else empty


def _required(reader: Reader) -> Reader:
    def read(text: str) -> object:
        if not text:
            raise Refused("missing")
        return reader(text)

    return read


def _kind(hint: object) -> tuple[str, Reader, dict[str, object], str]:  # noqa: PLR0911 - one line per type
    """(Table Schema type, reader, constraints, format)."""
    if hint is MonthText:
        return "yearmonth", _pattern_reader(_MONTH, "not_a_month"), {}, ""
    for alias, pattern, reader in _FORMS:
        if hint is alias:
            return "string", reader, {"pattern": pattern}, ""
    for alias, least, most in ((Name, 1, 60), (ShortText, 0, 200), (LongText, 0, 20_000), (RuleText, 1, 200_000)):
        if hint is alias:
            length: dict[str, object] = {"minLength": least} if least else {}
            return "string", _text_reader(most), {**length, "maxLength": most}, ""
    if hint is Token:
        return "string", _token_reader(400), {"maxLength": 400}, ""
    if hint is str:
        return "string", _token_reader(200), {"maxLength": 200}, ""
    plain, low, high = _bounds(hint)
    if plain is bool:
        return "boolean", _read_bool, {}, ""
    if plain is int:
        return "integer", _integer_reader(low, high), {"minimum": low, "maximum": high}, ""
    if plain is NaiveDatetime:
        return "datetime", _read_moment, {}, TIME
    if plain is date:
        return "date", _read_date, {}, "%Y-%m-%d"
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return "string", _option_reader(plain), {"enum": [member.value for member in plain]}, ""
    raise TypeError(f"no column for {hint!r}")


def _bounds(hint: object) -> tuple[object, int, int]:
    """(plain type, least, largest) of a hint such as ``Annotated[int, Field(ge=0)]``."""
    low, high = -_LARGEST_INTEGER, _LARGEST_INTEGER
    if get_origin(hint) is not Annotated:
        return hint, low, high
    plain, *extras = get_args(hint)
    for extra in extras:
        for bound in extra.metadata if isinstance(extra, FieldInfo) else (extra,):
            if isinstance(bound, Ge) and isinstance(bound.ge, int):
                low = bound.ge
            elif isinstance(bound, Le) and isinstance(bound.le, int):
                high = bound.le
    return plain, low, high


def _form_of(alias: object) -> str:
    """The pattern that the domain gives a field's type."""
    for extra in get_args(alias):
        for bound in extra.metadata if isinstance(extra, FieldInfo) else ():
            pattern = getattr(bound, "pattern", None)
            if isinstance(pattern, str):
                return pattern
    raise TypeError(f"no pattern in {alias!r}")


def _read_id(text: str) -> str:
    """An id of our own making is a UUID; any other form must not be a personal number in disguise."""
    if _ID_FORM.fullmatch(text) is None:
        raise Refused("not_a_code")
    if _UUID.fullmatch(text) is None:
        _text_reader(64)(text)
    return text


def _read_code(text: str) -> str:
    """As ids: a code may be all digits."""
    if _CODE_FORM.fullmatch(text) is None:
        raise Refused("not_a_code")
    _text_reader(40)(text)
    return text


def _pattern_reader(pattern: re.Pattern[str], code: str) -> Reader:
    def read(text: str) -> str:
        if pattern.fullmatch(text) is None:
            raise Refused(code)
        return text

    return read


_PATTERNED = (
    CategoryCode,
    ItemCode,
    CheckKey,
    Figures,
    UnitCode,
    KeyLine,
    AgeRecipient,
    Proof,
    Hashes,
    RuleVersion,
    Due,
)
_FORMS: tuple[tuple[object, str, Reader], ...] = (
    (Id, _ID, _read_id),
    (Code, _CODE, _read_code),
    *(
        (alias, pattern, _pattern_reader(re.compile(pattern[1:-1]), "not_a_code"))
        for alias, pattern in (
            (Sha256, _SHA256),
            *((alias, _form_of(alias)) for alias in _PATTERNED),
        )
    ),
)


def _text_reader(most: int) -> Reader:
    """What people write: already clean, and without an ID or phone number."""

    def read(text: str) -> str:
        if len(text) > most:
            raise Refused("too_long")
        try:
            clean = clean_text(text, "", limit=most)
        except DeskError as error:
            raise Refused("not_text") from error
        if clean != text:
            raise Refused("not_text")
        return text

    return read


def _token_reader(most: int) -> Reader:
    def read(text: str) -> str:
        if len(text) > most:
            raise Refused("too_long")
        if not text.isprintable():
            raise Refused("not_text")
        return text

    return read


def _integer_reader(low: int, high: int) -> Reader:
    def read(text: str) -> int:
        if _INTEGER.fullmatch(text) is None or text == "-0":
            raise Refused("not_an_integer")
        number = int(text)
        if number < 0 <= low:
            raise Refused("negative")
        if not low <= number <= high:
            raise Refused("out_of_range")
        return number

    return read


def _option_reader(options: type[StrEnum]) -> Reader:
    members = {member.value: member for member in options}

    def read(text: str) -> StrEnum:
        try:
            return members[text]
        except KeyError:
            raise Refused("not_an_option") from None

    return read


def _read_bool(text: str) -> bool:
    if text not in ("true", "false"):
        raise Refused("not_true_or_false")
    return text == "true"


def _read_date(text: str) -> date:
    try:
        if _DATE.fullmatch(text) is None:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("not_a_date") from None


def _read_moment(text: str) -> datetime:
    try:
        if _MOMENT.fullmatch(text) is None:
            raise ValueError(text)
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refused("not_a_time") from None


def _write(value: object) -> str:
    """The text of a value; None and "" are the same empty cell."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime(TIME) if value.year >= 1000 else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
