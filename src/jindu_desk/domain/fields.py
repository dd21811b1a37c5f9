"""The shapes that all records share. A record's fields are defined once, here in the domain, and the
tables of the store inherit them; a record enters the store only through its fields' validation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, Field, ValidationError, ValidationInfo

from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import InvalidField


class Fields(BaseModel, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False):
    """Base of all records: nothing unknown is taken."""

    @classmethod
    def read(cls, values: Mapping[str, object]) -> Self:
        """Validate ``values``; raises a `DeskError` that names the first wrong field in Chinese."""
        try:
            return cls.model_validate(dict(values))
        except ValidationError as error:
            first = error.errors()[0]
            raise InvalidField(
                field=str(first["loc"][0]) if first["loc"] else "",
                kind=first["type"],
                limit=next(iter(first.get("ctx", {}).values()), ""),
            ) from error


def _month(text: str) -> str:
    return str(Month.parse(text))


def _clean(text: str, info: ValidationInfo) -> str:
    return clean_text(text, info.field_name or "")


def _clean_rules(text: str, info: ValidationInfo) -> str:
    return clean_text(text, info.field_name or "", limit=200_000)


Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z:_.\-]+$")]
Code = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z_.\-]+$")]
# Machine text in forms of its own, so that no name and no personal number fits in.
_BASE_ITEM = r"[A-Z][0-9]{2}(?:[a-z][0-9]?)?"
_ITEM = rf"{_BASE_ITEM}(?:\.[A-Z])?"
_FIGURE = (
    rf"(?:left|right|difference|base|months|flows|count|(?:prev_)?{_ITEM})"
    r"=(?:-?[0-9]{1,9}|None|blank|not_applicable|unknown)"
)
CategoryCode = Annotated[str, Field(max_length=40, pattern=r"^[a-z][a-z_]*$")]
BaseItemCode = Annotated[str, Field(max_length=6, pattern=rf"^{_BASE_ITEM}$")]
KindCode = Annotated[str, Field(max_length=1, pattern=r"^[A-Z]$")]
BlockCode = Annotated[str, Field(max_length=8, pattern=r"^[A-Z][A-Z0-9]{0,7}$")]
RateCode = Annotated[str, Field(max_length=40, pattern=r"^[a-z][a-z_]*$")]
CheckCode = Annotated[str, Field(max_length=3, pattern=r"^[HS][0-9]{1,2}$")]
ItemCode = Annotated[str, Field(max_length=8, pattern=rf"^{_ITEM}$")]
CheckKey = Annotated[
    str, Field(max_length=24, pattern=r"^[HS][0-9]{1,2}(?:-[0-9]{1,2})?(?:\.[A-Za-z][A-Za-z0-9]{0,7}){0,2}$")
]
Figures = Annotated[str, Field(max_length=400, pattern=rf"^(?:{_FIGURE}(?: {_FIGURE})*|[0-9a-f]{{64}})?$")]
UnitCode = Annotated[str, Field(max_length=12, pattern=r"^(?:[0-9]{1,10}|[0-9]{12})?$")]  # no 11: a mobile number
Sha256 = Annotated[str, Field(min_length=64, max_length=64, pattern=r"^[0-9a-f]{64}$")]
Hashes = Annotated[str, Field(max_length=6500, pattern=r"^(?:[0-9a-f]{64}(?: [0-9a-f]{64})*)?$")]
Token = Annotated[str, Field(max_length=400)]  # machine text: keys, fingerprints, figures of a check
# An OpenSSH line without comment; an age recipient (Bech32); the base64 of an SSHSIG, without its armor.
KeyLine = Annotated[str, Field(max_length=100, pattern=r"^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[0-9A-Za-z+/]{43}$")]
AgeRecipient = Annotated[str, Field(max_length=62, pattern=r"^age1[02-9ac-hj-np-z]{58}$")]
Proof = Annotated[str, Field(max_length=600, pattern=r"^(?:[0-9A-Za-z+/]{200,600}={0,2})?$")]
MonthText = Annotated[str, AfterValidator(_month), Field(min_length=7, max_length=7)]
# What people write: never an ID or a phone number.
Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_clean)]
ShortText = Annotated[str, Field(max_length=200), AfterValidator(_clean)]
LongText = Annotated[str, Field(max_length=20_000), AfterValidator(_clean)]
RuleText = Annotated[str, Field(min_length=1, max_length=200_000), AfterValidator(_clean_rules)]
Fen = Annotated[int, Field(ge=-(10**14), le=10**14)]
