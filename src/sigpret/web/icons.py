"""Stroke icons on a 20-unit grid, drawn for this project. Always shown with text."""

from __future__ import annotations

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

ICONS: dict[str, str] = {
    "alert": "M10 3.5l7 12.5H3zM10 8v4M10 14v.1",
    "arrow-left": "M12.5 4.5L7 10l5.5 5.5",
    "arrow-right": "M7.5 4.5l5.5 5.5-5.5 5.5",
    "bars": "M3.5 16.5h13M5.5 14v-4M9 14V6M12.5 14V8.5M16 14V4",
    "bell": "M5 14V9.5a5 5 0 0 1 10 0V14l1.5 1.5h-13zM8.5 17.5h3",
    "calendar": "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3M13 3v3",
    "chain": "M10 3v4M10 7H5v4M10 7h5v4M3 11h4v4H3zM13 11h4v4h-4z",
    "check": "M4.5 10.5l3.5 3.5 7.5-8",
    "chevron": "M5 7.5l5 5 5-5",
    "clip": "M14.5 9.5l-5 5a3.2 3.2 0 0 1-4.5-4.5l6-6a2.2 2.2 0 0 1 3.1 3.1l-5.8 5.8"
    "a1.1 1.1 0 0 1-1.6-1.6l5-5",
    "clock": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6v4.2l2.8 1.8",
    "close": "M5 5l10 10M15 5L5 15",
    "comment": "M3.5 4h13v9.5H9l-3.5 3v-3h-2z",
    "database": "M4 5c0-3 12-3 12 0v10c0 3-12 3-12 0zM4 5c0 3 12 3 12 0M4 10c0 3 12 3 12 0",
    "document": "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15M7.5 10h5M7.5 13h5",
    "download": "M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13",
    "eye": "M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5M10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
    "file": "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15",
    "flag": "M5 17.5V3.5h10l-2 3.5 2 3.5H5",
    "gear": "M10 7.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M10 2.5v2.2M10 15.3v2.2M2.5 10h2.2"
    "M15.3 10h2.2M4.7 4.7l1.6 1.6M13.7 13.7l1.6 1.6M15.3 4.7l-1.6 1.6M6.3 13.7l-1.6 1.6",
    "globe": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M3 10h14M10 3c2.5 2.5 2.5 11.5 0 14"
    "M10 3c-2.5 2.5-2.5 11.5 0 14",
    "grid": "M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z",
    "history": "M4 10a6 6 0 1 1 2 4.5M4 6v4h4M10 7v3.3l2.3 1.4",
    "home": "M3 9.5L10 3.5l7 6M5 8.5v8h10v-8M8.5 16.5V12h3v4.5",
    "institution": "M3 8l7-4.5L17 8zM4.5 16.5h11M6 8v8.5M10 8v8.5M14 8v8.5",
    "link": "M8.5 11.5l3-3M9.5 6.5L11 5a3 3 0 0 1 4.2 4.2L13.5 11M10.5 13.5L9 15"
    "a3 3 0 0 1-4.2-4.2L6.5 9",
    "lock": "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9",
    "logout": "M8 3.5H4v13h4M12.5 6.5L16 10l-3.5 3.5M16 10H8",
    "mail": "M3 5h14v10.5H3zM3.5 5.5L10 11l6.5-5.5",
    "map": "M3 5l4.5-1.5 5 2L17 4v11l-4.5 1.5-5-2L3 16zM7.5 3.5v11M12.5 5.5v11",
    "menu": "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
    "minus": "M4 10h12",
    "pencil": "M4 16.5h3l9-9-3-3-9 9zM11.5 6l3 3",
    "people": "M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6M2.5 16.5c.3-3 2.3-4.5 5-4.5"
    "s4.7 1.5 5 4.5M13 4.3a2.6 2.6 0 0 1 0 5M14.5 12.3c1.8.5 2.8 1.9 3 4.2",
    "plus": "M10 4v12M4 10h12",
    "print": "M6 7V3h8v4M6 13.5H3.5V7h13v6.5H14M6 11.5h8V17H6z",
    "return": "M7.5 4.5L4 8l3.5 3.5M4 8h7.5a4 4 0 0 1 0 8H8",
    "search": "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M13 13l4 4",
    "share": "M14 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4M6 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4M14 17.5"
    "a2 2 0 1 0 0-4 2 2 0 0 0 0 4M7.8 9l4.4-3M7.8 11l4.4 3",
    "shield": "M10 2.8l6 2v5c0 4-2.5 6.3-6 7.5-3.5-1.2-6-3.5-6-7.5v-5zM7.2 10l2 2 3.6-4",
    "signal": "M3 8a10 10 0 0 1 14 0M5.5 11a6.5 6.5 0 0 1 9 0M8 13.7a3 3 0 0 1 4 0M10 16v.1",
    "signature": "M3 16.5c3-1 4-3.5 5.5-6s4-6.5 6-6c2 .6-1 5-3.5 7.5S6 15 5 14.5M12 16.5h5",
    "target": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7"
    "M10 9.9v.2",
    "trend": "M3 14l4.5-5 3 3L17 5M12.5 5H17v4.5",
    "upload": "M10 13V3.5M6 7l4-4 4 4M3.5 16.5h13",
    "user": "M10 9.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M4 17c.4-3.5 2.7-5.2 6-5.2"
    "s5.6 1.7 6 5.2",
}


def icon_svg(name: str, size: int = 16, css: str = "") -> SafeString:
    """One icon, hidden from assistive technology because its text stands beside it.

    Raises KeyError for an unknown name: a misspelt icon must fail in the first test that draws it.
    """
    extra = f" {conditional_escape(css)}" if css else ""
    return mark_safe(  # noqa: S308 - paths come from the table above, the class is escaped
        f'<svg class="icon{extra}" width="{int(size)}" height="{int(size)}" viewBox="0 0 20 20"'
        f' aria-hidden="true"><path d="{ICONS[name]}"/></svg>'
    )
