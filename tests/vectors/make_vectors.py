"""Makes the packages of this folder that are not there: ``python -m tests.vectors.make_vectors`` from the top of the
checkout.

They are signed once and kept: a later program must read them as this one does. Delete one to have it made anew, while
the format is not released. ``identity.txt`` opens the sealed ones. ``schemas.json`` is always written.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.packages.forge import (
    DESCRIPTOR,
    RECEIVER,
    SENDER,
    SIGNATURE,
    Entry,
    changed,
    entries_of,
    forged,
    forged_parts,
    good_parts,
    raw_zip,
    rows_of,
    schemas,
    table,
    zipped,
)
from tests.packages.made_up import DISTRICT, OTHER_TOWNSHIP, TOWNSHIP, head, key_of, report, roster_of, tables
from tests.packages.made_up_snapshots import signer
from tests.packages.signing import sealed, sealed_with_passphrase

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.packages.roster import RosterKey, write_revoked, write_roster
from jindu_desk.packages.write import write_package

HERE = Path(__file__).parent
ENROLMENT, DIRECTIVE, REPORT, ANSWER = PackageKind
OLD = roster_of(TOWNSHIP.id, OTHER_TOWNSHIP.id, DISTRICT.id).keys
KEYS = (
    *OLD,
    RosterKey(TOWNSHIP.id, key_of("reports only").public, "测试甲", frozenset({REPORT.namespace})),
    RosterKey(TOWNSHIP.id, key_of("expired").public, "测试甲", valid_before=datetime(2026, 1, 1)),
    RosterKey(TOWNSHIP.id, key_of("lost").public, "测试甲"),
)


def good() -> dict[str, bytes]:
    """By the program's writer: three reports, a report with its chain, and the other kinds."""
    first = report()
    revised = head(number=2, previous=first.descriptor_sha256, revision=2, reason="更正一格")
    onward = head(number=3, previous=report(revised).descriptor_sha256, period="2026-11")
    chain = [{"size": 7, "root": "1" * 64, "since": 0, "proof": ""}]
    made = {
        "good-1.jdpkg": first.content,
        "good-2-revision.jdpkg": report(revised, tables(revised, value=5)).content,
        "good-3-after-another.jdpkg": report(onward).content,
        "good-audit.jdpkg": report(head(), tables() | {"audit": chain}).content,
    }
    for kind in (ENROLMENT, DIRECTIVE, ANSWER):
        about = replace(head(sender=SENDER[kind], receiver=RECEIVER[kind]), period=None)
        rows = rows_of(kind) | {"history": []}
        written = write_package(kind, about, rows, key_of(about.sender.id))
        second = replace(about, number=2, previous=written.descriptor_sha256)
        rows["history"] = [{"number": 1, "descriptor_sha256": written.descriptor_sha256}]
        made[f"good-{kind.value}-1.jdpkg"] = written.content
        made[f"good-{kind.value}-2.jdpkg"] = write_package(kind, second, rows, key_of(about.sender.id)).content
    return made


def containers() -> dict[str, bytes]:
    """What is wrong with the archive: on an answer, which is small."""
    parts = good_parts(ANSWER)
    entries, name = entries_of(parts), "data/receipts.csv"
    at = [entry.name.decode() for entry in entries].index(name)
    nameless = [entry for entry in entries if entry.name != name.encode()]
    numbered = [Entry(f"attachments/{n:064x}.pdf".encode(), b"", 0) for n in range(200)]
    return {
        "not-a-package.jdpkg": b"%PDF-1.7 made up",
        "data-before.jdpkg": raw_zip(entries, before=b"x"),
        "data-between.jdpkg": raw_zip(entries, between=b"x"),
        "data-after.jdpkg": raw_zip(entries, after=b"x"),
        "headers-disagree.jdpkg": changed(parts, name, local_name=b"data/recipes.xsv"),
        "too-many-members.jdpkg": raw_zip([*entries, *numbered]),
        "name-leads-out.jdpkg": raw_zip([*entries, Entry(b"../evil.csv", b"x")]),
        "name-in-capitals.jdpkg": raw_zip([*entries, Entry(b"data/Receipts.csv", b"x")]),
        "duplicate-member.jdpkg": raw_zip([*entries, entries[at]]),
        "extra-member.jdpkg": raw_zip([*entries, Entry(b"readme.txt", b"x")]),
        "missing-member.jdpkg": raw_zip(nameless),
        "members-out-of-order.jdpkg": raw_zip([entries[0], entries[2], entries[1], *entries[3:]]),
        "symlink.jdpkg": changed(parts, name, external=0o120777 << 16),
        "zip-password.jdpkg": changed(parts, name, flags=1),
        "unknown-compression.jdpkg": changed(parts, name, method=12, packed=b"x"),
        "extra-field.jdpkg": changed(parts, name, extra=b"\1\0\0\0"),
        "unpacked-too-large.jdpkg": changed(parts, name, unpacked=1 << 30),
        "zip-bomb.jdpkg": changed(parts, name, content=bytes(1 << 20), method=8),
        "descriptor-too-large.jdpkg": changed(parts, DESCRIPTOR, unpacked=(1 << 20) + 1, packed=b"x" * 9000),
        "wrong-checksum.jdpkg": changed(parts, name, crc=1),
        "other-mimetype.jdpkg": zipped(parts | {"mimetype": b"application/zip"}),
        "unlisted-member.jdpkg": raw_zip([*entries, Entry(f"attachments/{'0' * 64}.pdf".encode(), b"x")]),
        "swapped-members.jdpkg": zipped(parts | {name: parts["data/remarks.csv"]}),
        "tampered.jdpkg": changed(good_parts(), "data/cells.csv", content=table("cells").replace(b",3,", b",4,")),
        "torn.jdpkg": zipped(good_parts())[:4000],
    }


def descriptors() -> dict[str, bytes]:
    """What is wrong with descriptor, signature or signer."""

    def say(**jindu: object) -> dict[str, Any]:
        return {"edit": lambda package: package.update(jindu=package["jindu"] | jindu)}

    def other_schema(package: dict[str, Any]) -> None:
        package["resources"][0]["schema"]["fields"][0]["type"] = "any"

    parts = good_parts(ANSWER)
    named_twice = parts[DESCRIPTOR].replace(b'{"name"', b'{"name": "x", "name"', 1)
    return {
        "descriptor-names-twice.jdpkg": zipped(parts | {DESCRIPTOR: named_twice}),
        "descriptor-incomplete.jdpkg": forged(kind=ANSWER, **say(number=0)),
        "unknown-kind.jdpkg": forged(kind=ANSWER, **say(kind="gossip")),
        "future-format.jdpkg": forged(**say(format=2)),
        "unreadable-signature.jdpkg": zipped(parts | {SIGNATURE: b"x"}),
        "signature-of-another-text.jdpkg": zipped(parts | {SIGNATURE: forged_parts(kind=ANSWER, rules="x")[SIGNATURE]}),
        "wrong-kind.jdpkg": forged(namespace=ANSWER.namespace),
        "unknown-key.jdpkg": forged(key="nobody"),
        "unknown-key-directive.jdpkg": forged(kind=DIRECTIVE, key="nobody"),
        "wrong-unit.jdpkg": forged(key=OTHER_TOWNSHIP.id),
        "revoked-key.jdpkg": forged(key="lost"),
        "key-for-another-kind.jdpkg": forged(kind=ENROLMENT, key="reports only"),
        "expired-key.jdpkg": forged(key="expired"),
        "other-schema.jdpkg": forged(other_schema, kind=ANSWER),
    }


def contents() -> dict[str, bytes]:
    """What is wrong with the rows, under a good signature."""
    own, stolen = rows_of(ENROLMENT), rows_of(ENROLMENT)
    own["signers"] = [signer(TOWNSHIP.id, "second pc")]
    stolen["signers"].append(signer(TOWNSHIP.id, OTHER_TOWNSHIP.id, proven=False))
    unproven = rows_of(DIRECTIVE)
    unproven["signers"].append(signer(DISTRICT.id, "new", proven=False))
    other_month = rows_of()
    other_month["cells"][0]["month"] = "2026-09"
    wrong = {"cells": table("cells").replace(b",3,", b",x,"), "units": table("units").replace(b"village", b"hamlet")}
    return {
        "wrong-figure.jdpkg": forged(tables={"cells": table("cells").replace(b",3,", b",-3,")}),
        "wrong-rows.jdpkg": forged(tables=wrong),
        "wrong-month.jdpkg": forged(rows=other_month),
        "enrolment-without-own-key.jdpkg": forged(kind=ENROLMENT, rows=own),
        "enrolment-of-anothers-key.jdpkg": forged(kind=ENROLMENT, rows=stolen),
        "directive-with-unproven-key.jdpkg": forged(kind=DIRECTIVE, rows=unproven),
        "fast-forward.jdpkg": forged(kind=ANSWER, number=999_999_999),
    }


def sealed_ones() -> dict[str, bytes]:
    """To the key in ``identity.txt``, but for one."""
    inside, mine = good_parts(ANSWER), DISTRICT.id
    content = sealed(zipped(inside), mine)
    at = content.index(b"-> X25519 ")
    mac = content.index(b"\n--- ") + 1
    middle = (len(content) + mac) // 2
    flipped = bytes([content[middle] ^ 1])
    return {
        **{f"sealed-{kind.value}.jdpkg": sealed(zipped(good_parts(kind)), mine) for kind in PackageKind},
        "sealed-for-several.jdpkg": sealed(zipped(inside), "one", mine, "two"),
        "sealed-for-another.jdpkg": sealed(zipped(inside), "somebody else"),
        "sealed-changed.jdpkg": content[:middle] + flipped + content[middle + 1 :],
        "sealed-changed-mac.jdpkg": content.replace(b"\n--- ", b"\n--- A", 1),
        "sealed-torn.jdpkg": content[: len(content) // 2],
        "sealed-data-after.jdpkg": content + b"x",
        "sealed-armored.jdpkg": sealed(zipped(inside), mine, armored=True),
        "sealed-passphrase.jdpkg": sealed_with_passphrase(zipped(inside), "made up"),
        "sealed-many-stanzas.jdpkg": content[:at] + content[at:mac] * 40 + content[at:],
        "sealed-twice.jdpkg": sealed(content, mine),
        "sealed-zip-bomb.jdpkg": sealed(changed(inside, "data/receipts.csv", content=bytes(1 << 20), method=8), mine),
        "sealed-not-a-package.jdpkg": sealed(b"%PDF-1.7 made up", mine),
        "sealed-tampered.jdpkg": sealed(zipped(inside | {"data/unlocks.csv": b""}), mine),
    }


def roster() -> str:
    """What was there stays: its keys signed what was there."""
    file = HERE / "allowed_signers"
    there = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return "".join(f"{line}\n" for line in dict.fromkeys([*there, *write_roster(KEYS).splitlines()]))


def make() -> None:
    for name, content in (good() | containers() | descriptors() | contents() | sealed_ones()).items():
        if not (HERE / name).exists():
            (HERE / name).write_bytes(content)
    (HERE / "allowed_signers").write_text(roster(), encoding="utf-8")
    (HERE / "allowed_signers.revoked").write_text(write_revoked([key_of("lost").public]), encoding="utf-8")
    (HERE / "schemas.json").write_text(json.dumps(schemas(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make()
