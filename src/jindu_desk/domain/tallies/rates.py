"""The rates of Art. 13(3): formulas as data, aggregated as sum over sum, never as a mean of rates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from jindu_desk.domain.fields import Name, RateCode
from jindu_desk.domain.rounding import percent_hundredths, percent_text
from jindu_desk.domain.rule_sets import RuleVersion
from jindu_desk.domain.tallies.catalogue import Catalogue, Nature
from jindu_desk.domain.tallies.cells import BLANK, Cell
from jindu_desk.domain.tallies.formulas import Linear, LinearText, figure_of
from jindu_desk.domain.tallies.sheet import Row
from jindu_desk.domain.tallies.sums import Sums, year_to_date
from jindu_desk.errors.tallies import RulesUnreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """``required``: one of the six of Art. 13(3)."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    code: RateCode
    name: Name
    numerator: LinearText
    denominator: LinearText
    required: bool = False
    lower_is_better: bool = False
    law: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rate with what it is made of. ``left_out``: rows with a blank or unknown part, which count in neither."""

    numerator: int
    denominator: int
    left_out: int = 0

    @property
    def text(self) -> str:
        """``66.67%``, or — where there is nothing to divide by."""
        return percent_text(self.numerator, self.denominator)

    @property
    def hundredths(self) -> int | None:
        return percent_hundredths(self.numerator, self.denominator)

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows what it is made of: rows were left out, and nothing else counts."""
        return self.left_out > 0 and not self.numerator and not self.denominator

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.left_out + other.left_out,
        )


@dataclass(frozen=True, slots=True)
class MonthRatio:
    """A rate in one month: as it is, and the part of it that an earlier month adds to a year, which holds no stock."""

    whole: Ratio = Ratio(0, 0)
    flowing: Ratio = Ratio(0, 0)

    def __add__(self, other: MonthRatio) -> MonthRatio:
        return MonthRatio(self.whole + other.whole, self.flowing + other.flowing)


@dataclass(frozen=True)
class Rates:
    """All rates, in the order they are shown; formulas resolved (J and K both unless one is named)."""

    version: str
    rates: tuple[Rate, ...]

    def rate(self, code: str) -> Rate:
        """Raises StopIteration for a code that is not there: codes come from this object."""
        return next(rate for rate in self.rates if rate.code == code)

    @property
    def required(self) -> tuple[Rate, ...]:
        return tuple(rate for rate in self.rates if rate.required)


@dataclass(frozen=True, slots=True)
class _Source:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    version: RuleVersion
    rates: Annotated[tuple[Rate, ...], Field(min_length=1)]


def read_rates(data: Mapping[str, object], catalogue: Catalogue) -> Rates:
    """The rates of plain values, as TOML gives them. Raises `RulesUnreadable` or `UnknownItemInFormula`."""
    try:
        source = TypeAdapter(_Source).validate_python(dict(data))
    except ValidationError as error:
        raise RulesUnreadable(where=".".join(str(part) for part in error.errors()[0]["loc"])) from error
    codes = [rate.code for rate in source.rates]
    if repeated := [code for code in codes if codes.count(code) > 1]:
        raise RulesUnreadable(where=f"rates.{repeated[0]}")
    resolved = tuple(
        replace(
            rate,
            numerator=catalogue.resolve(rate.numerator, where=rate.code),
            denominator=catalogue.resolve(rate.denominator, where=rate.code),
        )
        for rate in source.rates
    )
    return Rates(source.version, resolved)


def is_stock(rate: Rate, catalogue: Catalogue) -> bool:
    """Whether every figure of the rate is a stock (出所未满三年管控率 …)."""
    return all(catalogue.item(term.item).nature is Nature.STOCK for term in (*rate.numerator, *rate.denominator))


def flowing(rate: Rate, catalogue: Catalogue) -> Rate:
    """``rate`` without its stocks; the rate itself where it has none, and nothing to reckon where it has no flow."""
    numerator, denominator = (
        tuple(term for term in linear if catalogue.item(term.item).nature is Nature.FLOW)
        for linear in (rate.numerator, rate.denominator)
    )
    if (len(numerator), len(denominator)) == (len(rate.numerator), len(rate.denominator)):
        return rate
    return replace(rate, numerator=numerator, denominator=denominator)


def ratio_of_row(rate: Rate, row: Row) -> Ratio:
    """The ratio of one village and month; nothing but ``left_out`` when a part of it is blank or unknown."""

    def look(item: str, previous: bool) -> Cell:
        return BLANK if previous else row.get(item, BLANK)

    numerator, denominator = figure_of(rate.numerator, look), figure_of(rate.denominator, look)
    if numerator is None or denominator is None:
        return Ratio(0, 0, 1)
    return Ratio(numerator, denominator)


def ratio_of_rows(rate: Rate, rows: Iterable[Row]) -> Ratio:
    """Over many villages of one month: sum of numerators over sum of denominators."""
    return sum((ratio_of_row(rate, row) for row in rows), Ratio(0, 0))


def month_ratio(rate: Rate, catalogue: Catalogue, rows: Sequence[Row]) -> MonthRatio:
    """`ratio_of_rows`, with what the month adds to a year that goes on."""
    whole, flow = ratio_of_rows(rate, rows), flowing(rate, catalogue)
    if flow is rate:
        return MonthRatio(whole, whole)
    if not flow.numerator and not flow.denominator:
        return MonthRatio(whole)
    return MonthRatio(whole, ratio_of_rows(flow, rows))


def ratio_of_months(months: Sequence[MonthRatio]) -> Ratio:
    """Over months, oldest first: sum over sum of the flows of all; a stock is that of the last month."""
    return sum((month.flowing for month in months[:-1]), months[-1].whole) if months else Ratio(0, 0)


def ratio_of_sums(rate: Rate, sums: Sums) -> Ratio:
    """From figures already added up. What is absent from ``sums`` nobody knows, and the ratio is empty."""
    named = [term.item for term in (*rate.numerator, *rate.denominator)]
    if any(item not in sums for item in named):
        return Ratio(0, 0)
    return Ratio(_total(rate.numerator, sums), _total(rate.denominator, sums))


def ratio_to_date(rate: Rate, catalogue: Catalogue, months: Sequence[Sums]) -> Ratio:
    """Over the months of a year so far: flows summed, a stock taken from the last month."""
    return ratio_of_sums(rate, year_to_date(catalogue, months))


def _total(linear: Linear, sums: Sums) -> int:
    return sum(term.sign * sums[term.item] for term in linear)
