"""Everything the screen shows, read together on the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.settings.keys import SIGNING
from jindu_desk.ui.direct.lines import (
    CheckLine,
    DeadlineLine,
    TargetLine,
    check_lines,
    deadline_lines,
    target_lines,
)

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.domain.months import Month
    from jindu_desk.queries.exchange.answers import AnswerRow, ReminderRow
    from jindu_desk.queries.exchange.direct import Directive
    from jindu_desk.queries.exchange.key_list import KeyRow
    from jindu_desk.queries.exchange.superior import SentPackage
    from jindu_desk.queries.units import UnitRow


@dataclass(frozen=True, slots=True)
class Loaded:
    """``key_held``: this desk can sign. ``units``: whose keys can be enrolled here."""

    month: Month
    key_held: bool
    answers: tuple[AnswerRow, ...]
    reminders: tuple[ReminderRow, ...]
    directive: Directive
    targets: tuple[TargetLine, ...]
    deadlines: tuple[DeadlineLine, ...]
    checks: tuple[CheckLine, ...]
    keys: tuple[KeyRow, ...]
    sent: tuple[SentPackage, ...]
    units: tuple[UnitRow, ...]

    @property
    def can_sign(self) -> bool:
        """The private half is here, and its public half still counts."""
        return self.key_held and any(key.signs for key in self.keys)


def load(desk: Desk, month: Month) -> Loaded:
    """Raises `NotSetUp` and what the readers of rules raise."""
    from jindu_desk.errors.folder import NotSetUp
    from jindu_desk.queries.exchange.answers import answers, reminders
    from jindu_desk.queries.exchange.direct import next_directive
    from jindu_desk.queries.exchange.key_list import keys_on_record
    from jindu_desk.queries.exchange.superior import sent_packages
    from jindu_desk.queries.rules import checks_listed, deadlines
    from jindu_desk.queries.units import units_below

    own, superior = desk.unit.unit, desk.unit.superior
    directive = next_directive(desk.store, desk.paths, month)
    if directive is None:
        raise NotSetUp
    names = {own.id: own.name} | ({superior.id: superior.name} if superior else {})
    below = units_below(desk.store, own.id, month)
    return Loaded(
        month=month,
        key_held=desk.vault.holds(SIGNING),
        answers=answers(desk.store),
        reminders=reminders(desk.store),
        directive=directive,
        targets=target_lines(directive, str(month)),
        deadlines=deadline_lines(directive, deadlines(desk.store, month), str(month), own.tier, names),
        checks=check_lines(directive, checks_listed(desk.store, month), str(month)),
        keys=keys_on_record(desk.store),
        sent=tuple(row for row in sent_packages(desk.store) if row.kind in (PackageKind.ANSWER, PackageKind.DIRECTIVE)),
        units=(*below, *((superior,) if superior else ())),
    )
