"""Cut the bundled fonts out of their packages: run it to regenerate ``resources/fonts``.

    python packaging/fonts.py --serif DIR --sans DIR --kai FILE --unihan FILE [--to resources/fonts]

``--serif`` and ``--sans`` are the unpacked npm packages ``@expo-google-fonts/noto-serif-sc`` and
``@expo-google-fonts/noto-sans-sc``; ``--kai`` is LXGWWenKai-Regular.ttf of Debian's ``fonts-lxgw-wenkai``;
``--unihan`` is Unihan_OtherMappings.txt.bz2 of Debian's ``unicode-data`` (it lists the 8,105 characters of the
General Standard Chinese Characters table as ``kTGH``). ``resources/fonts/README.md`` says what is kept and why.
"""

from __future__ import annotations

import argparse
import bz2
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
# Blocks that an office paper draws on beside the ideographs; a font keeps what it has of them.
BLOCKS = (
    (0x0020, 0x024F),  # Latin with accents
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x2000, 0x206F),  # dashes, quotation marks, ellipsis
    (0x2070, 0x209F),
    (0x20A0, 0x20BF),
    (0x2100, 0x218F),  # ℃ № Ⅰ
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x2460, 0x24FF),  # ① to ⑳
    (0x2500, 0x25FF),  # □
    (0x2600, 0x26FF),
    (0x3000, 0x303F),  # 〔〕
    (0x3040, 0x30FF),
    (0x3200, 0x33FF),  # ㈠ ㎡
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
)


def gb2312() -> Iterator[int]:
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from map(ord, bytes([row, cell]).decode("gb2312", errors="ignore"))


def standard_characters(unihan: Path) -> Iterator[int]:
    """The table of 2013: 8,105 characters, level one to three."""
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        for line in lines:
            if "\tkTGH\t" in line:
                yield int(line.split("\t")[0].removeprefix("U+"), 16)


def cut(source: Path, target: Path, wanted: set[int] | None, family: str, style: str) -> None:
    """Write the glyphs of ``wanted`` (None: every one) without hints, layout tables and vertical metrics."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "DSIG", "gasp"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    cutter = Subsetter(options)
    cutter.populate(unicodes=set(font.getBestCmap()) if wanted is None else wanted)
    cutter.subset(font)
    name = font["name"]
    full = f"{family} {style}"
    for name_id, text in (
        (1, family),
        (2, "Regular"),
        (3, f"{full}; subset"),
        (4, full),
        (6, full.replace(" ", "")),
    ):
        name.setName(text, name_id, 3, 1, 0x409)
    font["head"].modified = font["head"].created
    font.save(target)
    sys.stdout.write(f"{target.name}: {len(font.getGlyphOrder())} glyphs, {target.stat().st_size:,} bytes\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("serif", "sans", "kai", "unihan"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=ROOT / "resources" / "fonts")
    given = parser.parse_args()
    wanted = set(gb2312()) | set(standard_characters(given.unihan))
    for first, last in BLOCKS:
        wanted |= set(range(first, last + 1))
    # Rare ideographs that the body face lacks are drawn from the kai face: it keeps all it has of them.
    rare = set(range(0x20000, 0x33480))
    cut(
        given.serif / "400Regular" / "NotoSerifSC_400Regular.ttf",
        given.to / "serif.ttf",
        None,
        "Jindu Serif",
        "Regular",
    )
    cut(given.serif / "900Black" / "NotoSerifSC_900Black.ttf", given.to / "title.ttf", wanted, "Jindu Serif", "Black")
    cut(given.sans / "500Medium" / "NotoSansSC_500Medium.ttf", given.to / "hei.ttf", wanted, "Jindu Sans", "Medium")
    cut(given.kai, given.to / "kai.ttf", wanted | rare, "Jindu Kai", "Regular")


if __name__ == "__main__":
    main()
