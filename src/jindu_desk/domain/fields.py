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


Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z:_.\-]+$")]
Code = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z_.\-]+$")]
Sha256 = Annotated[str, Field(min_length=64, max_length=64, pattern=r"^[0-9a-f]{64}$")]
Token = Annotated[str, Field(max_length=400)]  # machine text: keys, fingerprints, figures of a check
MonthText = Annotated[str, AfterValidator(_month), Field(min_length=7, max_length=7)]
# What people write: never an ID or a phone number.
Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_clean)]
ShortText = Annotated[str, Field(max_length=200), AfterValidator(_clean)]
LongText = Annotated[str, Field(max_length=20_000), AfterValidator(_clean)]
Fen = Annotated[int, Field(ge=-(10**14), le=10**14)]
