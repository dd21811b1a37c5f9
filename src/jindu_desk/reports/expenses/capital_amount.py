"""Amounts in the capitals that papers of money carry beside the figures, so that none can be altered (大写金额)."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿")
_BEYOND: Final = 10 ** (4 * len(_GROUPS))


def capital_amount(fen: int) -> str:
    """``128050`` → ``人民币壹仟贰佰捌拾元伍角整``; a negative amount is ``人民币负…``.

    整 ends what has no fen; one 零 stands for each gap between digits.
    """
    yuan, rest = divmod(abs(fen), 100)
    jiao, last = divmod(rest, 10)
    text = f"{_whole(yuan)}元" if yuan or not rest else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif last and yuan:
        text += "零"
    text += f"{_DIGITS[last]}分" if last else "整"
    return f"人民币{'负' if fen < 0 else ''}{text}"


def _whole(number: int) -> str:
    """Group by group from above; what is beyond the groups stays in figures."""
    if number == 0 or number >= _BEYOND:
        return str(number) if number else _DIGITS[0]
    text, gap = "", False
    for group in reversed(range(len(_GROUPS))):
        part = number // 10_000**group % 10_000
        if part:
            gap = bool(text) and (gap or part < 1000)
            text += ("零" if gap else "") + _four(part) + _GROUPS[group]
        gap = not part
    return text


def _four(number: int) -> str:
    text, gap = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return text
