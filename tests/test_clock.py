from datetime import UTC

from quittance import clock


def test_now_is_in_universal_time() -> None:
    assert clock.now().tzinfo is UTC


def test_today_is_a_day_near_now() -> None:
    assert abs((clock.now().date() - clock.today()).days) <= 1
