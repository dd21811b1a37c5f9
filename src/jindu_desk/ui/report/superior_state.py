"""What 与上级往来 shows, read together on the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jindu_desk.domain.exchange import PackageKind

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.queries.exchange.standing import OwnKeys, ReturnedMonth
    from jindu_desk.queries.exchange.superior import SentPackage, SuperiorRow

_UPWARD = (PackageKind.REPORT, PackageKind.ENROLMENT)


@dataclass(frozen=True, slots=True)
class SuperiorState:
    """``superior`` None: this desk reports to nobody. ``key_held``: the private half is on this PC. ``sent``: what
    went up, newest first."""

    today: date
    superior: SuperiorRow | None
    keys: OwnKeys
    key_held: bool
    returned: tuple[ReturnedMonth, ...]
    sent: tuple[SentPackage, ...]

    @property
    def can_sign(self) -> bool:
        return self.keys.present is not None and self.key_held


def load(desk: Desk, *, key_held: bool) -> SuperiorState:
    from jindu_desk.queries.exchange.standing import own_keys_standing, returned_months
    from jindu_desk.queries.exchange.superior import sent_packages, superior

    return SuperiorState(
        today=desk.store.clock().date(),
        superior=superior(desk.store),
        keys=own_keys_standing(desk.store, desk.paths),
        key_held=key_held,
        returned=returned_months(desk.store, desk.unit.unit.id),
        sent=tuple(row for row in sent_packages(desk.store) if row.kind in _UPWARD),
    )
