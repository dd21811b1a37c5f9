"""The shipped rules: catalogue, checks and rates, read from the resources once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from jindu_desk.domain.tallies.catalogue import Catalogue, read_catalogue
from jindu_desk.domain.tallies.check_rules import Checks, read_checks
from jindu_desk.domain.tallies.rates import Rates, read_rates
from jindu_desk.errors.tallies import RulesUnreadable
from jindu_desk.paths import resource


@dataclass(frozen=True)
class Rules:
    """The rules that judge a month. ``version`` names all three, and is stored with what they judged."""

    catalogue: Catalogue
    checks: Checks
    rates: Rates

    @property
    def version(self) -> str:
        return f"{self.catalogue.version}/{self.checks.version}/{self.rates.version}"


@lru_cache(maxsize=1)
def shipped_rules() -> Rules:
    """Raises `RulesUnreadable` and its kin when a resource was damaged."""
    catalogue = read_catalogue(_toml("catalogue.toml"))
    return Rules(catalogue, read_checks(_toml("checks.toml"), catalogue), read_rates(_toml("rates.toml"), catalogue))


def _toml(name: str) -> dict[str, object]:
    try:
        return tomllib.loads(resource(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesUnreadable(where=name) from error
