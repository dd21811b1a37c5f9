"""Every state of the domain has its word on paper."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import pytest

from jindu_desk.domain.answers import AuditState, ReceiptState, RemarkPlace
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.reports.exchange.wording import (
    audit_label,
    encrypted_label,
    kind_label,
    numbered_text,
    or_dash,
    period_text,
    receipt_state_label,
    remark_place_label,
    revision_text,
    size_text,
    verdict_label,
    verdict_words,
)


@pytest.mark.parametrize(
    ("states", "label"),
    [
        (PackageKind, kind_label),
        (Verdict, verdict_label),
        (ReceiptState, receipt_state_label),
        (RemarkPlace, remark_place_label),
        (AuditState, audit_label),
    ],
    ids=["kind", "verdict", "receipt", "place", "audit"],
)
def test_every_state_has_a_word_of_its_own(states: type[StrEnum], label: Callable[[str], str]) -> None:
    words = [label(state.value) for state in states]
    assert len(set(words)) == len(words)
    assert not any(word.isascii() for word in words)
    assert label("unheard_of") == "unheard_of"


def test_what_waited_for_a_person_is_called_otherwise_once_it_is_in_use() -> None:
    waits = [
        verdict for verdict in Verdict if verdict_label(verdict.value, counted=True) != verdict_label(verdict.value)
    ]
    assert waits == [Verdict.REVISION, Verdict.FORK]


def test_every_verdict_has_a_heading_of_its_own() -> None:
    headings = [verdict_words(verdict.value, "report", counted=False).heading for verdict in Verdict]
    assert len(set(headings)) == len(headings)
    assert "没有结论" not in headings
    assert verdict_words("", "", counted=False).heading == "没有结论"


def test_what_counts_and_what_does_not_are_told_apart() -> None:
    for verdict in ("new", "revision", "fork"):
        for kind in ("report", ""):
            counts = verdict_words(verdict, kind, counted=True)
            other = verdict_words(verdict, kind, counted=False)
            assert counts.heading != other.heading
            assert counts.sign == "✓" != other.sign


def test_only_a_report_is_said_to_be_in_the_totals() -> None:
    for kind in ("enrolment", "directive", "answer"):
        for verdict in ("new", "same", "older"):
            for counted in (True, False):
                words = verdict_words(verdict, kind, counted=counted)
                assert "汇总" not in words.heading + words.meaning + words.to_do


def test_texts() -> None:
    assert period_text("2026-10") == "2026年10月"
    assert period_text("2026-13") == "2026-13"
    assert period_text("") == ""
    assert numbered_text(4, 2) == "第 4 号，更正，第 2 版"
    assert numbered_text(None, None) == ""
    assert revision_text(1) == "首次上报"
    assert size_text(1234567) == "1,234,567 字节"
    assert size_text(None) == ""
    assert or_dash(" \x00") == "—"
    assert encrypted_label(None) == ""
    assert encrypted_label(False) != encrypted_label(True)
