"""Which colour a value takes."""

import pytest

from quittance.web.tones import age_tone


@pytest.mark.parametrize(
    ("days", "tone"),
    [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (4000, 4)],
)
def test_the_tone_follows_the_usual_buckets(days: int, tone: int) -> None:
    assert age_tone(days) == f"age-{tone}"
