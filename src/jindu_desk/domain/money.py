"""Money is an integer of fen (分), everywhere, so that sums are exact."""

from __future__ import annotations

import re

from jindu_desk.errors.entry import NotMoney

_YUAN = re.compile(r"(-?)(\d{1,12})(?:\.(\d{1,2}))?")


def parse_fen(text: str) -> int:
    """Read yuan as a person writes them (``1,280.5``, ``-3``, full-width too) into fen; raises `NotMoney`."""
    plain = text.strip().translate(_HALF_WIDTH).replace(",", "").removeprefix("¥").strip()
    match = _YUAN.fullmatch(plain)
    if match is None:
        raise NotMoney(text=text[:30])
    sign, yuan, cents = match.groups()
    fen = int(yuan) * 100 + int((cents or "").ljust(2, "0") or 0)
    return -fen if sign else fen


def yuan_text(fen: int) -> str:
    """``128050`` → ``1,280.50``."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02}"


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－￥", "0123456789.,-¥")
