"""How lists of the finance office are read: words of headings, and the mappings that were used before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

from sqlmodel import Session

from jindu_desk.domain.expense_lists import ListField, ListMapping, ListWords, guess_columns, read_words
from jindu_desk.files import sha256_hex
from jindu_desk.paths import resource
from jindu_desk.queries.expenses import BudgetLineRow
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Setting


@cache
def list_words() -> ListWords:
    return read_words(resource("expense_lists.toml").read_text(encoding="utf-8"))


def setting_key(headings: Sequence[str]) -> str:
    """Where the mapping of a list with these headings is remembered."""
    return f"expenses.list.{sha256_hex(chr(31).join(headings).encode())[:32]}"


def remembered_mapping(store: Store, headings: Sequence[str]) -> ListMapping | None:
    with store.read() as session:
        return remembered_in(session, headings)


def remembered_in(session: Session, headings: Sequence[str]) -> ListMapping | None:
    """The mapping used the last time for a list with these headings."""
    row = session.get(Setting, setting_key(headings))
    if row is None:
        return None
    kept = json.loads(row.value)
    columns = {ListField(name): column for name, column in kept["columns"].items() if column < len(headings)}
    return ListMapping(columns, {text: (a, b, c) for text, (a, b, c) in kept["lines"].items()}, kept["payee"])


def mapping_text(mapping: ListMapping) -> str:
    """The mapping as it is remembered."""
    kept = {"columns": dict(mapping.columns), "lines": mapping.lines, "payee": mapping.payee}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def proposed_mapping(
    store: Store, headings: Sequence[str], texts: Sequence[str], lines: Sequence[BudgetLineRow]
) -> ListMapping:
    """The remembered mapping, or one guessed from the headings. ``texts``: what the list calls budget lines: those not
    remembered are guessed by the names of ours."""
    kept = remembered_mapping(store, headings)
    columns = kept.columns if kept else guess_columns(headings, list_words())
    known = dict(kept.lines) if kept else {}
    for text in texts:
        if text not in known and (line := _line_called(text, lines)) is not None:
            known[text] = kind_of(line)
    if "" not in known and len(lines) == 1:
        known[""] = kind_of(lines[0])
    return ListMapping(columns, known, kept.payee if kept else "")


def kind_of(line: BudgetLineRow) -> tuple[str, str, str]:
    """What tells a line from the others of its year, and what the next year's has too."""
    return line.category, line.fund_source.value, line.note


def _line_called(text: str, lines: Sequence[BudgetLineRow]) -> BudgetLineRow | None:
    """The one line that a text names: by its whole name, or its category's within the text or around it."""
    for fits in (
        lambda line: text == line.name,
        lambda line: line.category_name in text,
        lambda line: len(text) >= 2 and text in line.name,
    ):
        found = [line for line in lines if text and fits(line)]
        if len(found) == 1:
            return found[0]
    return None
