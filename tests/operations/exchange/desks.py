"""Two desks that exchange files through a folder, as two offices do with a USB stick."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.operations.exchange.months import vault_of

from jindu_desk.operations.exchange.answers import write_answers
from jindu_desk.operations.exchange.directives import write_directive
from jindu_desk.operations.exchange.enrolments import write_enrolment
from jindu_desk.operations.exchange.keys import trust_key
from jindu_desk.operations.exchange.receive import ReceiveResult, receive_files
from jindu_desk.operations.exchange.writing import Placed

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def receive(desk: Desk, *files: Path, accept_revisions: bool = False) -> tuple[ReceiveResult, ...]:
    return receive_files(desk.store, desk.paths, files, vault=vault_of(desk), accept_revisions=accept_revisions)


def take_enrolment(desk: Desk, file: Path) -> ReceiveResult:
    """Read an enrolment in, comparing the key by hand where it is not known."""
    (result,) = receive(desk, file)
    if result.unknown_key is not None:
        offered = result.unknown_key
        trust_key(desk.store, offered.unit_id, offered.public_key, keeper="测试丙", compared=offered.fingerprint)
        (result,) = receive(desk, file)
    return result


def enrolment(desk: Desk, target: Path) -> Placed:
    return write_enrolment(desk.store, vault_of(desk), desk.paths, target)


def directive(desk: Desk, target: Path) -> Placed:
    return write_directive(desk.store, vault_of(desk), desk.paths, target)


def answer(desk: Desk, units: Sequence[Desk], target: Path) -> tuple[Placed, ...]:
    ids = [unit.unit.unit.id for unit in units]
    return write_answers(desk.store, vault_of(desk), desk.paths, ids, target)


def introduce(district: Desk, township: Desk, folder: Path) -> None:
    """Both know each other's keys: the township's by its enrolment, the district's by its directive."""
    take_enrolment(district, enrolment(township, folder).path)
    sent = directive(district, folder)
    take_enrolment(township, sent.path)
