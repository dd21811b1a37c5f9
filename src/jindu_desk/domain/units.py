"""Units (city, district, township, village) and the people the regulation holds responsible (Art. 3, 11)."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from jindu_desk.domain.fields import Fields, Id, MonthText, Name, ShortText, UnitCode

# Units of the shipped list get an identity that every copy of the program computes alike, so that a township
# and its district mean the same unit before they ever exchange a package. The code stays an attribute.
_SHIPPED_UNITS = uuid.UUID("6b0b4ec1-3a57-5d0e-9a52-0f3c5e5cf2a1")


class Tier(StrEnum):
    CITY = "city"
    DISTRICT = "district"
    TOWNSHIP = "township"
    VILLAGE = "village"

    @property
    def below(self) -> Tier | None:
        """The tier whose units report to this one; None for a village."""
        order = list(Tier)
        index = order.index(self) + 1
        return order[index] if index < len(order) else None

    @property
    def above(self) -> Tier | None:
        """The tier this one reports to; None for the city."""
        index = list(Tier).index(self)
        return list(Tier)[index - 1] if index else None


class Role(StrEnum):
    """Why a person is on record."""

    FIRST_RESPONSIBLE = "first_responsible"  # 第一责任人, Art. 3
    MAIN_RESPONSIBLE = "main_responsible"  # 主要责任人, Art. 3
    DIRECT_RESPONSIBLE = "direct_responsible"  # 直接责任人, Art. 3
    FULL_TIME_STAFF = "full_time_staff"  # 专职禁毒工作人员, Art. 11
    VILLAGE_DIRECTOR = "village_director"  # 村(居)委会主任, member of the meeting, Art. 11
    OBSERVER = "observer"  # 派出所, 司法所, 卫生院 …, invited to the meeting


def shipped_unit_id(code: str) -> str:
    """The identity of a unit of the shipped list, from its 12-digit statistical code."""
    return str(uuid.uuid5(_SHIPPED_UNITS, code))


def new_unit_id() -> str:
    return str(uuid.uuid4())


class UnitFields(Fields):
    """A unit. It exists from ``valid_from`` through ``valid_to`` (months, both included; None = open)."""

    tier: Tier
    code: UnitCode = ""
    position: int = 0
    valid_from: MonthText | None = None
    valid_to: MonthText | None = None


class UnitVersionFields(Fields):
    """What a unit is called and whom it reports to, from a month on (until the next version)."""

    unit_id: Id
    since: MonthText
    name: Name
    initials: ShortText = ""  # pinyin initials, lower case, editable: place names have readings of their own
    reports_to: Id | None = None


class OfficialFields(Fields):
    """A person in office (Art. 3, 11, 25(3)): named because the regulation holds the post responsible."""

    unit_id: Id
    role: Role
    name: Name
    post: ShortText = ""
    since: date | None = None
    until: date | None = None
    position: int = 0
