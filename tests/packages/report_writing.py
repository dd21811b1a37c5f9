"""A report signed by hand, without a desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.packages.keys import SigningKey
from jindu_desk.packages.schema import Row
from jindu_desk.packages.write import PackageHead, WrittenPackage, write_package


def write_report(
    head: PackageHead,
    tables: Mapping[str, Iterable[Row]],
    attachments: Sequence[tuple[str, bytes]],
    key: SigningKey,
) -> WrittenPackage:
    return write_package(PackageKind.REPORT, head, tables, key, attachments)
