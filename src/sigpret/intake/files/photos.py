"""Photographs: written again from their pixels, so that place, camera and passengers stay out."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from sigpret.intake.files.kinds import PNG as PNG_KIND
from sigpret.intake.files.kinds import FileRefusedError, Kind, Reason

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2_560
PREVIEW_SIDE = 900
QUALITY = 85
#: Pillow's own guard only warns first; ours refuses before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


def opened(data: bytes) -> Image.Image:
    """The picture, upright, not larger than one may decode. Raises FileRefusedError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "MPO"])
            if image.width * image.height > MOST_PIXELS:
                raise FileRefusedError(Reason.PIXELS)
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image.load()
            return ImageOps.exif_transpose(image)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as problem:
        raise FileRefusedError(Reason.DAMAGED) from problem


def rewritten(data: bytes, kind: Kind) -> bytes:
    """The same picture, at most 2,560 pixels wide or high, with nothing beside its pixels."""
    image = opened(data)
    is_png = kind == PNG_KIND
    image = image.convert("RGBA" if is_png and has_transparency(image) else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    memory = io.BytesIO()
    if is_png:
        bare.save(memory, "PNG", optimize=False)
    else:
        bare.save(memory, "JPEG", quality=QUALITY, progressive=True)
    return memory.getvalue()


def has_transparency(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA") or "transparency" in image.info


def draw_photo(data: bytes) -> bytes:
    """A small copy as PNG for the screen. Raises FileRefusedError."""
    image = opened(data).convert("RGB")
    image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    memory = io.BytesIO()
    image.quantize(256).save(memory, "PNG")
    return memory.getvalue()
