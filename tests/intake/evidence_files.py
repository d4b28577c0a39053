"""Small files made by hand: harmless ones, and the ones somebody would try."""

import io
import struct
import zipfile
import zlib

import openpyxl
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

TYPES = '<Types xmlns="x"><Override ContentType="application/vnd.{}.main+xml"/>{}</Types>'
SHEET = "openxmlformats-officedocument.spreadsheetml.sheet"
WORDS = "openxmlformats-officedocument.wordprocessingml.document"


def pdf(*, pages: int = 1, catalogue: str = "", tail: bytes = b"", trailer: str = "") -> bytes:
    """A PDF with blank pages; `catalogue` and `trailer` are more entries for those dictionaries."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"
    parts = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        *[page] * pages,
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"trailer << /Size {len(parts) + 1} /Root 1 0 R {trailer} >>".encode()
    start = b"\nstartxref\n%d\n%%%%EOF" % len(body)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    return body + head + table + end + start + tail


def workbook() -> bytes:
    memory = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Hospital", "Renglones"])
    book.save(memory)
    return memory.getvalue()


def archive(members: dict[str, bytes], *, level: int = zipfile.ZIP_DEFLATED) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", level) as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
    return memory.getvalue()


def office(main: str = SHEET, extra: str = "", **members: bytes) -> bytes:
    """The least that says it is an office document, with more members beside it."""
    types = TYPES.format(main, extra).encode()
    named = {name.replace("__", "/").replace("_dot_", "."): data for name, data in members.items()}
    return archive({"[Content_Types].xml": types, "xl/workbook.xml": b"<w/>", **named})


def open_document(media_type: str, **members: bytes) -> bytes:
    named = {name.replace("__", "/").replace("_dot_", "."): data for name, data in members.items()}
    return archive({"mimetype": media_type.encode(), "content.xml": b"<o/>", **named})


def photo(format_: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    memory = io.BytesIO()
    Image.new("RGB", size, (20, 110, 60)).save(memory, format_, **options)
    return memory.getvalue()


def located_photo(size: tuple[int, int] = (60, 40)) -> bytes:
    """As a telephone writes it: camera, owner and the place where it was taken."""
    exif = Image.Exif()
    exif[Base.Make] = "Camara Indiscreta"
    exif[Base.Orientation] = 6
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (14.0, 5.0, 0.0)
    return photo(size=size, exif=exif, comment=b"nota privada")


def flood(width: int = 30_000, height: int = 30_000) -> bytes:
    """A few bytes that say they are 900 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
