"""Expense categories, fund sources and classifications: data (resources/expenses.toml, or a directive)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum

from jindu_desk.domain.expenses import FundSource, PaymentMethod
from jindu_desk.errors.expenses import UnknownCategory


class PayeeRule(StrEnum):
    """Who may be named as having received money of a category."""

    UNIT = "unit"
    CODED = "coded"  # beneficiaries and informants: only the code of their receipt
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Category:
    """A use of the money, with its default economic classification (department and government budget)."""

    code: str
    name: str
    department: str
    government: str
    payee: PayeeRule


@dataclass(frozen=True, slots=True)
class Source:
    """A fund source. ``restricted``: a new line from it starts as money for its own category only."""

    code: FundSource
    name: str
    restricted: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that can be chosen in the expense book, in the order in which it is shown."""

    version: int
    categories: tuple[Category, ...]
    sources: tuple[Source, ...]
    methods: tuple[tuple[PaymentMethod, str], ...]
    department: dict[str, str]  # classification code → name
    government: dict[str, str]
    organisation_endings: tuple[str, ...]  # what a unit's name ends on
    organisation_words: frozenset[str]  # one of which a unit's Latin name has, in lower case
    compound_surnames: tuple[str, ...]

    def category(self, code: str) -> Category:
        """Raises `UnknownCategory`."""
        for category in self.categories:
            if category.code == code:
                return category
        raise UnknownCategory(field="category", category=code)

    def knows(self, code: str) -> bool:
        return any(category.code == code for category in self.categories)

    def name_of(self, code: str) -> str:
        """The category's name, or its code where a newer catalogue wrote it."""
        return next((category.name for category in self.categories if category.code == code), code)

    def source(self, code: FundSource) -> Source:
        return next(source for source in self.sources if source.code is code)

    def method_name(self, method: PaymentMethod) -> str:
        return next(name for code, name in self.methods if code is method)

    def line_name(self, category: str, source: FundSource, note: str = "") -> str:
        """What a budget line is called, e.g. 宣传教育（本级财政）; a note tells two of a kind apart."""
        name = f"{self.name_of(category)}（{self.source(source).name}）"
        return f"{name}{note}" if note else name


def read_catalogue(text: str) -> Catalogue:
    """The catalogue written in TOML ``text``. Raises ValueError or KeyError where it is not one."""
    data = tomllib.loads(text)
    return Catalogue(
        version=data["version"],
        categories=tuple(
            Category(row["code"], row["name"], row["department"], row["government"], PayeeRule(row["payee"]))
            for row in data["category"]
        ),
        sources=tuple(Source(FundSource(row["code"]), row["name"], row["restricted"]) for row in data["fund_source"]),
        methods=tuple((PaymentMethod(row["code"]), row["name"]) for row in data["payment_method"]),
        department=dict(data["department"]),
        government=dict(data["government"]),
        organisation_endings=tuple(data["payee_names"]["organisation_endings"]),
        organisation_words=frozenset(data["payee_names"]["organisation_words"]),
        compound_surnames=tuple(data["payee_names"]["compound_surnames"]),
    )
