"""Frozen dataclasses to JSON values and back, strictly: no key more, none less, no type bent."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")


class JsonFormError(ValueError):
    """The JSON value is not the document it should be; the message names the path."""


def encode(value: Any) -> Any:
    """Dataclass to dict, tuple to list, Decimal to plain decimal string; the rest as it is."""
    if is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, StrEnum) else value


def decode(kind: Any, value: Any, path: str = "$") -> Any:
    """The value of type `kind` that `value` encodes. Raises JsonFormError."""
    if get_origin(kind) is UnionType:
        return _decode_optional(kind, value, path)
    if get_origin(kind) is tuple:
        _expect(isinstance(value, list), path, "a list")
        part = get_args(kind)[0]
        return tuple(decode(part, item, f"{path}[{place}]") for place, item in enumerate(value))
    if is_dataclass(kind):
        return _decode_dataclass(kind, value, path)
    if kind is Decimal:
        fits = isinstance(value, str) and DECIMAL.fullmatch(value) is not None
        _expect(fits, path, "a decimal string")
        return Decimal(value)
    _expect(type(value) is kind, path, kind.__name__)
    return value


def _decode_optional(kind: Any, value: Any, path: str) -> Any:
    if value is None:
        return None
    (present,) = (part for part in get_args(kind) if part is not NoneType)
    return decode(present, value, path)


def _decode_dataclass(kind: Any, value: Any, path: str) -> Any:
    hints = _hints(kind)
    _expect(isinstance(value, dict) and value.keys() == hints.keys(), path, f"keys {list(hints)}")
    return kind(
        **{name: decode(hint, value[name], f"{path}.{name}") for name, hint in hints.items()}
    )


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _expect(fits: bool, path: str, what: str) -> None:
    if not fits:
        raise JsonFormError(f"{path}: expected {what}")
