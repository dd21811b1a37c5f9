"""No field that people write in takes an ID or mobile number: every record of the domain, field by field."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import get_args, get_type_hints

import pytest
from pydantic import ValidationError

import jindu_desk.domain
from jindu_desk.domain.fields import Fields, Token
from jindu_desk.errors import DeskError

PERSONAL = (
    "320411199001011234",
    "32041119900101123x",
    "３２０４１１１９９００１０１１２３４",
    "320411 19900101 1234",
    "320411-1990\u200b0101-1234",
    "三二〇四一一一九九〇〇一〇一一二三四",
    "320411900101123",
    "13812345678",
    "138-1234-5678",
    "１３８ １２３４ ５６７８",
    "138\u200b1234\u20605678",
    "幺三八一二三四五六七八",
)
PLAIN = "测试甲"


def records() -> Iterator[type[Fields]]:
    """Every class of fields in the domain."""
    for module in pkgutil.walk_packages(jindu_desk.domain.__path__, jindu_desk.domain.__name__ + "."):
        importlib.import_module(module.name)
    waiting = [Fields]
    while waiting:
        for below in waiting.pop().__subclasses__():
            if below.__module__.startswith(jindu_desk.domain.__name__):
                yield below
                waiting.append(below)


def takes(record: type[Fields], field: str, value: object) -> bool:
    """Whether the field by itself takes ``value``, whatever the others hold."""
    try:
        record.__pydantic_validator__.validate_assignment(record.model_construct(), field, value)
    except ValidationError as error:
        return not any(found["loc"][:1] == (field,) for found in error.errors())
    except DeskError:
        return False
    return True


WRITTEN = sorted(
    {
        (record.__qualname__, field, record, wrap)
        for record in records()
        for field, hint in get_type_hints(record, include_extras=True).items()
        if hint is not Token and Token not in get_args(hint)  # keys and fingerprints that the program itself makes
        for wrap in (str, lambda text: (text,))
        if field in record.model_fields and takes(record, field, wrap(PLAIN))
    },
    key=lambda each: each[:2],
)


def test_the_walk_finds_what_people_write() -> None:
    names = {(record, field) for record, field, _, _ in WRITTEN}
    assert {
        ("CellFields", "note"),
        ("ReasonFields", "reason"),
        ("ExpenseFields", "summary"),
        ("ExpenseFields", "payee"),
        ("MeetingFields", "place"),
        ("AgendaItemFields", "said"),
        ("AttendeeFields", "name"),
        ("DecisionFields", "matter"),
        ("DutyDoneFields", "note"),
        ("OfficialFields", "name"),
        ("UnitVersionFields", "name"),
        ("RemarkFields", "reason"),
        ("MonthLockFields", "reopen_reason"),
        ("MeetingTemplate", "text"),
        ("RuleSetFields", "text"),
    } <= names
    assert len(names) > 70


@pytest.mark.parametrize("personal", PERSONAL)
def test_none_of_them_takes_a_personal_number(personal: str) -> None:
    taken = [
        (name, field)
        for name, field, record, wrap in WRITTEN
        for text in (personal, f"{PLAIN}，电话或证件{personal}。", f"{PLAIN}\n{personal}\n{PLAIN}")
        if takes(record, field, wrap(text))
    ]
    assert taken == []
