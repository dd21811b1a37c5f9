"""Rows of the directive's tables: what holds in the shown month and what is set for later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from jindu_desk.domain.rule_changes import RulesAt
from jindu_desk.domain.tallies.check_rules import Check
from jindu_desk.domain.units import Tier
from jindu_desk.queries.exchange.direct import Directive, value_at, values_after
from jindu_desk.queries.rules import CheckRow, DeadlineRow
from jindu_desk.ui.direct.words import day_text, later_text, percent_text


@dataclass(frozen=True, slots=True)
class TargetLine:
    rate: str
    name: str
    now: int | None
    later: str


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """``set_by``: the name of whoever set it, "" where it is the shipped one."""

    row: DeadlineRow
    now: str
    later: str
    set_by: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    row: CheckRow
    later: str


def target_lines(found: Directive, month: str) -> tuple[TargetLine, ...]:
    """The rates that a superior must set a target for, as they are called in ``month``."""
    rates = value_at(found.standing, month, lambda at: at.rules.rates.required)
    return tuple(
        TargetLine(
            rate.code,
            rate.name,
            value_at(found.standing, month, partial(_target, rate.code)),
            later_text(
                (since, percent_text(value))
                for since, value in values_after(found.standing, month, partial(_target, rate.code))
            ),
        )
        for rate in rates
    )


def deadline_lines(
    found: Directive, rows: tuple[DeadlineRow, ...], month: str, own: Tier, names: dict[str, str]
) -> tuple[DeadlineLine, ...]:
    """The duties of this desk's tier and of those below."""
    tiers = list(Tier)
    return tuple(
        DeadlineLine(
            row,
            day_text(" ".join(f"{number:02}-{day:02}" for number, day in row.due) or str(row.days)),
            later_text(
                (since, day_text(value))
                for since, value in values_after(found.standing, month, partial(_deadline, row.duty))
            ),
            names.get(row.set_by or "", "上级") if row.set_by else "",
        )
        for row in rows
        if any(tiers.index(tier) >= tiers.index(own) for tier in row.tiers)
    )


def check_lines(found: Directive, rows: tuple[CheckRow, ...], month: str) -> tuple[CheckLine, ...]:
    return tuple(
        CheckLine(
            row,
            later_text((since, word) for since, word in values_after(found.standing, month, partial(_check, row.code))),
        )
        for row in rows
    )


def _target(rate: str, at: RulesAt) -> int | None:
    return at.targets.get(rate)


def _deadline(duty: str, at: RulesAt) -> str:
    return at.deadlines.get(duty, "")


def _check(code: str, at: RulesAt) -> str:
    check: Check | None = next((check for check in at.rules.checks.checks if check.code == code), None)
    return "取消" if check is None else "停用" if check.off else "启用"
