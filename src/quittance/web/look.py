"""How the page behaves in this browser: light or dark, roomy or compact, keys or none; cookies."""

from typing import Final

from django.http import HttpRequest

from quittance.core.phrase import Phrase

CHOICES: Final[dict[str, dict[str, Phrase]]] = {
    "theme": {
        "auto": Phrase("Système", "System"),
        "light": Phrase("Clair", "Light"),
        "dark": Phrase("Sombre", "Dark"),
    },
    "density": {"roomy": Phrase("Aérée", "Roomy"), "compact": Phrase("Serrée", "Compact")},
    "keys": {"on": Phrase("Actives", "On"), "off": Phrase("Coupées", "Off")},
}


def look_of(request: HttpRequest) -> dict[str, str]:
    """The looks chosen; empty for what was never chosen or is unknown."""
    chosen = {kind: request.COOKIES.get(kind, "") for kind in CHOICES}
    return {kind: code if code in CHOICES[kind] else "" for kind, code in chosen.items()}
