"""The signs: well formed, silent unless they stand alone."""

from xml.etree import ElementTree as ET

import pytest

from quittance.web.icons import ICONS, icon
from quittance.web.navigation import ENTRIES


@pytest.mark.parametrize("name", ICONS)
def test_a_sign_is_well_formed(name: str) -> None:
    svg = ET.fromstring(icon(name).replace("aria-hidden=true", 'aria-hidden="true"'))  # noqa: S314
    assert svg[0].attrib["d"].startswith("M")


def test_a_sign_alone_has_a_name_that_cannot_break_out() -> None:
    assert 'role="img" aria-label="Fermer"' in icon("close", "Fermer")
    assert "<b>" not in icon("close", "<b>")


def test_every_screen_of_the_navigation_has_its_sign() -> None:
    assert {entry.name for entry in ENTRIES} <= set(ICONS)


def test_an_unknown_sign_is_an_error() -> None:
    with pytest.raises(KeyError):
        icon("unicorn")
