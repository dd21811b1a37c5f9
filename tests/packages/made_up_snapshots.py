"""Made-up enrolment, directive and answer as rows, each number 2 of its chain."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from tests.packages.made_up import DISTRICT, MADE, OTHER_TOWNSHIP, PERIOD, TOWNSHIP, Tables, key_of, tables
from tests.packages.signing import proof, recipient_of

FIRST = hashlib.sha256(b"the first of the chain").hexdigest()
RULES = 'version = "2026.2"\n\n[[checks]]\ncode = "S6"\noff = true'


def history(number: int = 2, newest: str = FIRST) -> list[dict[str, object]]:
    """All packages before ``number``; the last of them has the hash ``newest``."""
    return [
        {"number": n, "descriptor_sha256": newest if n == number - 1 else hashlib.sha256(b"%d" % n).hexdigest()}
        for n in range(1, number)
    ]


def signer(unit_id: str, key: str = "", *, proven: bool = True, **changed: object) -> dict[str, object]:
    """The key named ``key`` (else as its unit) as packages carry it."""
    key = key or unit_id
    made: dict[str, object] = {
        "unit_id": unit_id,
        "public_key": key_of(key).public.line,
        "keeper": "测试甲",
        "valid_after": None,
        "valid_before": None,
        "revoked_at": None,
        "revoked_reason": "",
        "proof": proof(unit_id, key) if proven else "",
    }
    return made | changed


def recipient(unit_id: str, name: str = "") -> dict[str, object]:
    return {"unit_id": unit_id, "recipient": recipient_of(name or unit_id), "keeper": "测试甲", "since": MADE}


def enrolment() -> Tables:
    """A township enrols two keys, one of them on its second PC, and one that it revoked."""
    report = tables()
    return {
        "history": history(),
        "units": report["units"][:1],
        "unit_versions": report["unit_versions"][:1],
        "signers": [
            signer(TOWNSHIP.id),
            signer(TOWNSHIP.id, "second-pc", valid_after=datetime(2026, 1, 1)),
            signer(TOWNSHIP.id, "lost", revoked_at=MADE, revoked_reason="电脑报废"),
        ],
        "recipients": [recipient(TOWNSHIP.id)],
    }


def directive() -> Tables:
    """A district directs two townships: list, keys, targets, deadlines, rules."""
    report = tables()
    other: dict[str, object] = {**report["units"][0], "id": OTHER_TOWNSHIP.id, "position": 1}
    district: dict[str, object] = {**report["units"][0], "id": DISTRICT.id, "tier": DISTRICT.tier}
    version = report["unit_versions"][0]
    return {
        "history": history(),
        "units": [district, *report["units"], other],
        "unit_versions": [
            {**version, "unit_id": DISTRICT.id, "name": DISTRICT.name, "reports_to": None},
            *report["unit_versions"],
            {**version, "unit_id": OTHER_TOWNSHIP.id, "name": OTHER_TOWNSHIP.name},
        ],
        "signers": [signer(DISTRICT.id), signer(TOWNSHIP.id), signer(OTHER_TOWNSHIP.id, proven=False)],
        "recipients": [recipient(DISTRICT.id)],
        "targets": [{"rate": "urine_test", "since": "2026-11", "target": 9500}],
        "deadlines": [
            {"duty": "monthly_report", "since": "2026-11", "days": 3, "due": ""},
            {"duty": "half_year_report", "since": "2026-11", "days": None, "due": "07-10 01-10"},
        ],
        "rules": [{"name": "checks", "since": "2026-11", "version": "2026.2", "text": RULES}],
    }


def answer() -> Tables:
    """A district answers a township: one report accepted, one returned, a month unlocked, a key revoked."""
    village = f"{TOWNSHIP.id}-village-1"
    receipt: dict[str, object] = {
        "number": 1,
        "period": "2026-09",
        "revision": 1,
        "descriptor_sha256": FIRST,
        "state": "accepted",
        "reason": "",
        "decided_by": "测试乙",
        "decided_at": MADE,
    }
    returned = {
        "number": 2,
        "period": PERIOD,
        "descriptor_sha256": hashlib.sha256(b"report 2").hexdigest(),
        "state": "returned",
        "reason": "两处要改",
    }
    remark: dict[str, object] = {
        "number": 2,
        "position": 1,
        "place": "cell",
        "unit_id": village,
        "item": "A04.J",
        "record": None,
        "reason": "与上月对不上，请核",
    }
    expense = {
        "position": 2,
        "place": "expense",
        "unit_id": None,
        "item": None,
        "record": f"{TOWNSHIP.id}-{PERIOD}-expense-1",
        "reason": '缺"发票",请补',
    }
    return {
        "history": history(),
        "standing": [{"unit_id": TOWNSHIP.id, "highest": 2, "first_missing": None, "audit": "continues"}],
        "receipts": [receipt, receipt | returned],
        "remarks": [remark, remark | expense],
        "unlocks": [{"period": "2026-08", "number": 1, "reason": "补录一户", "unlocked_at": MADE}],
        "revocations": [{"public_key": key_of("lost").public.line, "revoked_at": MADE, "reason": "电脑报废"}],
        "reminders": [{"period": "2026-11", "due": date(2026, 12, 3)}],
    }
