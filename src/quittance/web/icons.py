"""The signs of the screens: strokes on a square of 24, drawn for this product."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

CIRCLE = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z"
ICONS = {
    # places
    "dashboard": "M4 4h7v9H4z M13 4h7v5h-7z M13 11h7v9h-7z M4 15h7v5H4z",
    "aging": "M4 20V10 M9 20V4 M14 20v-8 M19 20v-4 M2.5 20h19",
    "customers": "M9 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z M2.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6 "
    "M16 4.5a3.2 3.2 0 0 1 0 6 M18 14.4c2 .8 3.2 2.6 3.5 5.6",
    "invoices": "M6 3h8l4 4v14l-2.4-1.6L13.2 21l-2.4-1.6L8.4 21 6 19.4z M9 9h3 M9 13h6",
    "payments": "M3 6.5h18v11H3z M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z M6 10v4 M18 10v4",
    "imports": "M12 3v11 M7.5 10 12 14.5 16.5 10 M4 15v5h16v-5",
    "journal": "M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2z M5 17.5A2 2 0 0 1 7 16h12 M9 8h6",
    "law": "M12 3v18 M7 21h10 M5 6.5 12 5l7 1.5 M5 6.5 2.5 13a2.7 2.7 0 0 0 5 0z "
    "M19 6.5 16.5 13a2.7 2.7 0 0 0 5 0z",
    "settings": "M4 7h9 M17 7h3 M4 17h3 M11 17h9 M15 5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z "
    "M9 15a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
    "company": "M5 21V4h9v17 M14 9h5v12 M3 21h18 M8 8h3 M8 12h3 M8 16h3",
    "group": "M3 21V9h7v12 M10 21V4h7v17 M17 11h4v10 M2 21h20",
    # deeds
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z M15.3 15.3 20 20",
    "plus": "M12 5v14 M5 12h14",
    "edit": "M4 20h4L19 9l-4-4L4 16z M13 7l4 4",
    "trash": "M4 7h16 M9 7V4h6v3 M6 7l1 13h10l1-13 M10 11v5 M14 11v5",
    "undo": "M8 4 4 8l4 4 M4 8h10a6 6 0 0 1 0 12H9",
    "download": "M12 4v11 M7.5 10.5 12 15l4.5-4.5 M5 20h14",
    "upload": "M12 20V9 M7.5 13.5 12 9l4.5 4.5 M5 4h14",
    "filter": "M3 5h18l-7 8v6l-4 2v-8z",
    "print": "M7 8V3h10v5 M5 8h14a2 2 0 0 1 2 2v7h-4v4H7v-4H3v-7a2 2 0 0 1 2-2z M7 14h10",
    "check": "M5 12.5 10 17.5 19 7",
    "close": "M6 6l12 12 M18 6 6 18",
    "more": "M5 12h.01 M12 12h.01 M19 12h.01",
    "menu": "M4 7h16 M4 12h16 M4 17h16",
    "external": "M14 4h6v6 M20 4l-9 9 M18 14v6H4V6h6",
    "logout": "M10 4H4v16h6 M15 8l4 4-4 4 M19 12H9",
    "refresh": "M20 11a8 8 0 0 0-14.5-4L3 9.5 M3 4.5v5h5 "
    "M4 13a8 8 0 0 0 14.5 4l2.5-2.5 M21 19.5v-5h-5",
    # ways
    "up": "M12 19V5 M6 11l6-6 6 6",
    "down": "M12 5v14 M6 13l6 6 6-6",
    "sort": "M8 9l4-4 4 4 M8 15l4 4 4-4",
    "switch": "M8 9l4-4 4 4 M8 15l4 4 4-4",
    "left": "M14.5 6 8.5 12l6 6",
    "right": "M9.5 6l6 6-6 6",
    "first": "M17 6l-6 6 6 6 M7 6v12",
    "last": "M7 6l6 6-6 6 M17 6v12",
    "chevron": "M6 9.5 12 15.5 18 9.5",
    # states
    "info": f"{CIRCLE} M12 11v5.5 M12 7.7h.01",
    "success": f"{CIRCLE} M8 12.3 11 15.3 16 9.3",
    "warning": "M12 4 2.5 20.5h19z M12 10v5 M12 17.7h.01",
    "error": f"{CIRCLE} M9 9l6 6 M15 9l-6 6",
    "clock": f"{CIRCLE} M12 7v5.5l3.5 2",
    "lock": "M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "shield": "M12 3 4.5 6v5.5c0 4.6 3 8 7.5 9.5 4.5-1.5 7.5-4.9 7.5-9.5V6z "
    "M8.8 12l2.3 2.3 4.2-4.6",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z "
    "M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
    "star": "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z",
    "help": f"{CIRCLE} M9.6 9.4a2.5 2.5 0 1 1 3.4 2.3c-.7.3-1 .8-1 1.6v.4 M12 16.8h.01",
    # things
    "user": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M4.5 20.5c.6-4 3.5-6 7.5-6s6.9 2 7.5 6",
    "calendar": "M4 6h16v14H4z M4 10.5h16 M8.5 3.5v4 M15.5 3.5v4",
    "file": "M6 3h8l4 4v14H6z M14 3v4h4",
    "note": "M4 5h16v12h-8l-5 4v-4H4z M8 9.5h8 M8 12.8h5",
    "mail": "M3 6h18v12.5H3z M3.5 6.5 12 13.2l8.5-6.7",
    "phone": "M6 3.5h3.5l1.7 4.5-2.3 1.6a12 12 0 0 0 5.5 5.5l1.6-2.3 4.5 1.7V18a2.5 2.5 0 0 1-2.7 "
    "2.5C10.3 20 4 13.7 3.5 6.2A2.5 2.5 0 0 1 6 3.5z",
    "key": "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M10.9 12.2 20 3.5 M16.5 7l3 3",
    "screen": "M3 5h18v11H3z M9 20h6 M12 16v4",
    "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M12 2.5v2 M12 19.5v2 M2.5 12h2 M19.5 12h2 "
    "M5.3 5.3l1.4 1.4 M17.3 17.3l1.4 1.4 M5.3 18.7l1.4-1.4 M17.3 6.7l1.4-1.4",
    "moon": "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
    "folder": "M3 6h6l2 2.5h10V19H3z",
    "link": "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1 M14 10a4 4 0 0 0-6-.4l-3 3"
    "a4 4 0 0 0 5.7 5.7l1-1",
}  # fmt: skip


def icon(name: str, label: str = "") -> SafeString:
    """One sign; silent to a screen reader unless it stands alone, with a label."""
    drawn = mark_safe(f'<path d="{ICONS[name]}"/>')  # noqa: S308  (our own text)
    said = format_html('role="img" aria-label="{}"', label) if label else "aria-hidden=true"
    return format_html('<svg class="icon" viewBox="0 0 24 24" {}>{}</svg>', said, drawn)
