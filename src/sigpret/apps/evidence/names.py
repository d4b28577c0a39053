"""The name a file is shown and downloaded under: no folders, nothing invisible, its own ending."""

import unicodedata

from sigpret.intake.files.kinds import Kind

LONGEST = 120
ALLOWED = frozenset(" .,-_()+&")
#: Names an operating system takes for a device.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)),
                     *(f"lpt{n}" for n in range(10))})  # fmt: skip
NAMELESS = "evidencia"


def clean_name(raw: str, kind: Kind) -> str:
    """A name fit to show, to store and to send in a header; cleaning it again changes nothing."""
    bare = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    spaced = " ".join("".join(map(visible, bare)).split()).strip(" .")
    stem, ending = split(spaced, kind)
    if stem.split(".")[0].casefold() in DEVICES:
        stem = f"_{stem}"
    stem = stem[: LONGEST - len(ending)].strip(" .")
    return f"{stem or NAMELESS}{ending}"


def visible(character: str) -> str:
    """The character, a blank, an underscore; nothing for what is not seen, like writing marks."""
    category = unicodedata.category(character)
    if category == "Cf" or category.startswith("M"):
        return ""
    if category.startswith(("Z", "C")):
        return " "
    return character if character.isalnum() or character in ALLOWED else "_"


def split(name: str, kind: Kind) -> tuple[str, str]:
    """The stem, and an ending that agrees with what the file is."""
    for suffix in kind.suffixes:
        if name.casefold().endswith(suffix):
            return name[: -len(suffix)].strip(" ."), suffix
    return name, kind.suffixes[0]


def shown_name(raw: str) -> str:
    """A name as it came, fit to be shown in a sentence about a file that was not kept."""
    bare = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    return " ".join("".join(map(visible, bare)).split())[:LONGEST] or NAMELESS
