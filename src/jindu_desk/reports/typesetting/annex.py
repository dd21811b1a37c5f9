"""What an official paper has behind its body (附件), as frozen rows: text, tables and pictures in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column; neighbours of the same ``group`` stand below one heading and are not parted."""

    title: str
    group: str = ""
    align: Align = "right"


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """Rows of cells as printed. The first column names the row; it is said again where the others need several tables.

    ``columns`` and ``rows`` hold as many as there are columns, the first one among them.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class AnnexPicture:
    """A JPEG or PNG file as it is kept. ``content`` is None where the file is gone."""

    name: str
    content: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class AnnexText:
    """Paragraphs in 仿宋."""

    text: str


Part = AnnexTable | AnnexPicture | AnnexText


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex: its title as the body names it, and what is in it."""

    title: str
    parts: tuple[Part, ...] = ()
