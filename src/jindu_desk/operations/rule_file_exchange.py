"""Rule files (TOML) that leave the program to be edited, and come back."""

from __future__ import annotations

from pathlib import Path

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_sets import RuleName
from jindu_desk.errors import DeskError
from jindu_desk.errors.folder import reading_from
from jindu_desk.errors.rules import NotARuleFile, RuleFileRefused
from jindu_desk.operations.rules import set_rules
from jindu_desk.operations.saving import save_file
from jindu_desk.queries.exchange.direct import rule_text
from jindu_desk.store.engine import Store

LIMIT = 1024 * 1024


def set_rules_from_file(store: Store, name: RuleName, since: Month, file: Path) -> Changes:
    """As `rules.set_rules`, with what stands in ``file``.

    Raises `CannotReadFile`, `NotARuleFile` where that is no text, and `RuleFileRefused` with the reason of `set_rules`.
    """
    with reading_from(file), file.open("rb") as opened:
        content = opened.read(LIMIT + 1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotARuleFile(file=file.name, limit=LIMIT // 1024) from error
    if len(content) > LIMIT:
        raise NotARuleFile(file=file.name, limit=LIMIT // 1024)
    try:
        return set_rules(store, name, since, text)
    except DeskError as error:
        raise RuleFileRefused(file=file.name, refusal=error) from error


def export_rules(store: Store, name: RuleName, month: Month, target: Path) -> None:
    """Write the rule file in force in ``month``, to be edited. Raises as `saving.save_file`."""
    save_file(target, rule_text(store, name, month).encode())
