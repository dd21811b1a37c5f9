"""The rule files (TOML) of a month, read and held together: catalogue, checks and rates; the expenses by themselves.

Every sentence in them is read here once more than people would think necessary: what a directive carries is written by
somebody else, and a rule that cannot be read must be refused when it comes, not when a month is judged.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from jindu_desk.domain import expense_categories
from jindu_desk.domain.expenses import FundSource, PaymentMethod
from jindu_desk.domain.fields import CategoryCode
from jindu_desk.domain.rule_sets import RuleName, RuleVersion
from jindu_desk.domain.tallies.catalogue import Catalogue, read_catalogue
from jindu_desk.domain.tallies.check_reading import read_checks
from jindu_desk.domain.tallies.check_rules import Checks
from jindu_desk.domain.tallies.rates import Rates, read_rates
from jindu_desk.errors.rules import ItemCannotOpen, ItemChanged, ItemDropped
from jindu_desk.errors.tallies import EndedItemInFormula, RulesUnreadable

_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_VERSION: TypeAdapter[str] = TypeAdapter(RuleVersion)
_CATEGORY: TypeAdapter[str] = TypeAdapter(CategoryCode)
_NAME: TypeAdapter[str] = TypeAdapter(Annotated[str, Field(min_length=1, max_length=60)])


@dataclass(frozen=True)
class Rules:
    """The rules that judge a month. ``version`` names all three, and is stored with what they judged."""

    catalogue: Catalogue
    checks: Checks
    rates: Rates

    @property
    def version(self) -> str:
        return f"{self.catalogue.version}/{self.checks.version}/{self.rates.version}"


def read_rules(texts: Mapping[RuleName, str]) -> Rules:
    """Raises `RulesUnreadable`, which names file and place, or what the readers raise for a rule that contradicts
    itself or another file."""
    return _read(texts[RuleName.CATALOGUE], texts[RuleName.CHECKS], texts[RuleName.RATES])


@lru_cache(maxsize=16)
def _read(catalogue_text: str, checks_text: str, rates_text: str) -> Rules:
    catalogue = _catalogue(catalogue_text)
    try:
        checks = read_checks(read_toml(RuleName.CHECKS, checks_text), catalogue)
    except RulesUnreadable as error:
        raise _placed(RuleName.CHECKS, error) from error
    try:
        rates = read_rates(read_toml(RuleName.RATES, rates_text), catalogue)
    except RulesUnreadable as error:
        raise _placed(RuleName.RATES, error) from error
    return Rules(catalogue, checks, rates)


@lru_cache(maxsize=16)
def _catalogue(text: str) -> Catalogue:
    try:
        return read_catalogue(read_toml(RuleName.CATALOGUE, text))
    except RulesUnreadable as error:
        raise _placed(RuleName.CATALOGUE, error) from error


@lru_cache(maxsize=8)
def read_expense_rules(text: str) -> expense_categories.Catalogue:
    """Raises `RulesUnreadable`."""
    read_toml(RuleName.EXPENSES, text)  # says where it is no TOML
    try:
        found = expense_categories.read_catalogue(text)
    except KeyError as error:
        raise RulesUnreadable(where=f"{RuleName.EXPENSES}: {error.args[0]}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise RulesUnreadable(where=RuleName.EXPENSES.value) from error
    _refuse_expense_rules(found)
    return found


def _refuse_expense_rules(found: expense_categories.Catalogue) -> None:
    """Every fund source and way of payment is there once, since entries have them; every category can be stored."""
    for table, codes, wanted in (
        ("fund_source", [source.code for source in found.sources], list(FundSource)),
        ("payment_method", [code for code, _ in found.methods], list(PaymentMethod)),
    ):
        if sorted(codes) != sorted(wanted):
            raise RulesUnreadable(where=f"{RuleName.EXPENSES}: {table}")
    names = [category.code for category in found.categories]
    for category in found.categories:
        classes = category.department in found.department and category.government in found.government
        if not (_fits(_CATEGORY, category.code) and _fits(_NAME, category.name) and classes):
            raise RulesUnreadable(where=f"{RuleName.EXPENSES}: category {str(category.code)[:40]}")
        if names.count(category.code) > 1:
            raise RulesUnreadable(where=f"{RuleName.EXPENSES}: category {category.code}")


def _fits(form: TypeAdapter[str], value: object) -> bool:
    try:
        form.validate_python(value)
    except ValidationError:
        return False
    return True


def read_toml(name: RuleName, text: str) -> dict[str, object]:
    """Raises `RulesUnreadable` with line and column."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; thousands of brackets
        at = _AT.search(str(error))
        place = f"{name}:{at[1]}:{at[2]}" if at and at[1] else name.value
        raise RulesUnreadable(where=place) from error


def version_of(name: RuleName, text: str) -> str:
    """The version that a rule file gives itself. Raises `RulesUnreadable`."""
    version = read_toml(name, text).get("version")
    try:
        return _VERSION.validate_python(str(version) if isinstance(version, int | str) else version)
    except ValidationError as error:
        raise RulesUnreadable(where=f"{name}: version") from error


def next_version(version: str) -> str:
    """The version after ``version``: ``2026.1`` → ``2026.1.1`` → ``2026.1.2``."""
    parts = version.split(".")
    if len(parts) < 3:
        return ".".join([*parts, "1"])
    return ".".join([*parts[:-1], str(int(parts[-1]) + 1)])


def refuse_ended_in_rates(rules: Rules, month: str) -> None:
    """A rate of ``month`` that rests on an item which has ended would be empty for good. Raises
    `EndedItemInFormula`."""
    for rate in rules.rates.rates:
        for term in (*rate.numerator, *rate.denominator):
            item = rules.catalogue.item(term.item)
            if item.ends_before(month):
                raise EndedItemInFormula(item=item.code, where=rate.name, until=item.valid_until)


def refuse_changed_items(before: Catalogue, after: Catalogue) -> None:
    """An item keeps its nature and its row, and is ended rather than dropped: sums over months go on knowing it.

    None begins to rest on last month's figure: a village that is in use already would have nowhere to type the first.
    Raises `ItemDropped`, `ItemChanged`, `ItemCannotOpen`.
    """
    for code, item in after.items.items():
        if item.opens and not (code in before.items and before.items[code].opens):
            raise ItemCannotOpen(item=code, name=item.name)
    for code, item in before.items.items():
        now = after.items.get(code)
        if now is None:
            raise ItemDropped(item=code, name=item.name)
        if (now.nature, now.level) != (item.nature, item.level):
            raise ItemChanged(item=code, name=item.name)


def _placed(name: RuleName, error: RulesUnreadable) -> RulesUnreadable:
    where = str(error.facts["where"])
    return (
        error
        if where.startswith(name.value) and where[len(name) :][:1] in ("", ":")
        else RulesUnreadable(where=f"{name}: {where}")
    )
