"""Names pasted from a letter or a spreadsheet: one per line, numbering and stray cells taken off."""

from __future__ import annotations

import re

_NUMBERING = re.compile(r"^\s*(?:[（(]?\d{1,3}[)）.、．\s]|[一二三四五六七八九十]{1,3}、)\s*")


def names_in(text: str) -> list[str]:
    """``"1. 测试甲村\\t备注\\n测试乙村"`` → both names, each once, in their order."""
    names: list[str] = []
    for line in re.split(r"[\r\n]+", text):
        first = line.split("\t")[0]
        name = _NUMBERING.sub("", first).strip(" 　,，;；、")
        if name and name not in names:
            names.append(name)
    return names
