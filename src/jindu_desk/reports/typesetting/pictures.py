"""Pictures for papers: read from JPEG and PNG files as cameras and scanners write them, upright and no finer than ink.

A photograph of twelve million points would make the paper heavy and no sharper: it is taken down to what 300 dots per
inch over the whole 版心 can show.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

_MOST = (1850, 2700)  # points of a picture that fills the 版心
_QUALITY: Final = 88
_BROKEN: Final = (OSError, ValueError, SyntaxError, ArithmeticError, EOFError, KeyError, IndexError, TypeError)


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture as it goes into the PDF: a JPEG or PNG file, upright; ``width`` and ``height`` in points of it."""

    content: bytes = field(repr=False)
    width: int
    height: int


def drawn_picture(content: bytes) -> DrawnPicture | None:
    """The picture in a file, turned upright (EXIF); None for what is no readable JPEG or PNG. Never raises."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)  # more points than any photograph has
            image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
        with image:
            kind = image.format
            most = max(_MOST)
            image.draft("RGB", (most, most))  # a JPEG is read at half or a quarter of its size where that is enough
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail(_MOST)
            plain = _on_white(upright)
    except (*_BROKEN, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    stream = io.BytesIO()
    if kind == "JPEG":
        plain.save(stream, "JPEG", quality=_QUALITY)
    else:
        plain.save(stream, "PNG")
    return DrawnPicture(stream.getvalue(), plain.width, plain.height)


def _on_white(image: Image.Image) -> Image.Image:
    """Grey or coloured, without what shines through."""
    from PIL import Image

    if image.mode in ("L", "RGB"):
        return image
    if image.mode in ("1", "I", "I;16", "F"):
        return image.convert("L")
    if "A" in image.mode or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image).convert("RGB")
    return image.convert("RGB")
