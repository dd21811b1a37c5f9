"""The words of papers that leave the office (`domain.tallies.protection`)."""

from __future__ import annotations

HIDDEN = "＊"
PROTECTED = "保护版"
LEGEND = (
    f"{PROTECTED}，可以外发：各村（社区）的 1、2 和能推算出它们的数以“{HIDDEN}”代替；“{HIDDEN}”也可能是 0 或较大的数。"
)
WHY_HIDDEN = "保护版不显示这个数：它是 1 或 2，或者能用来推算别处的 1 或 2。准确数字在正常视图里。"
EXACT = "内部存档：含各村（社区）准确数字，不得外传"
