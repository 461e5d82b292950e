"""The picture of delays: dots where they belong, the line of the mean, words for all."""

import re
from datetime import date

import polars as pl
import pytest
from tests.tables import book

from quittance.core.payment_behaviour import rolling_lateness, settled_by_payments
from quittance.web.lateness_picture import SIZES, delay, firsts, frame_of, lateness_pictures

DAY = date(2026, 6, 30)


def settled(*delays: int) -> pl.DataFrame:
    items = ["item  document  date        due         amount"]
    pairs = ["debit  credit  amount"]
    for place, late in enumerate(delays):
        number = 2 * place + 1
        due = date(2026, 1, 10)
        paid = date.fromordinal(due.toordinal() + late)
        items += [
            f"{number}     F{place}        2025-12-11  {due}  {100 + place}.00",
            f"{number + 1}     V{place}        {paid}  {paid}  -{100 + place}.00",
        ]
        pairs.append(f"{number}      {number + 1}       {100 + place}.00")
    return settled_by_payments(book("\n".join(items), "\n".join(pairs)), DAY)


def test_nothing_paid_is_no_picture() -> None:
    nothing = settled()
    assert lateness_pictures(nothing, rolling_lateness(nothing), lang="fr") == []


def test_there_is_a_dot_for_each_settlement_in_each_size_with_its_words() -> None:
    rows = settled(-5, 0, 12, 45, 120)
    pictures = lateness_pictures(rows, rolling_lateness(rows), lang="fr")
    assert len(pictures) == len(SIZES)
    for picture in pictures:
        assert picture.count("<circle") == 5
        assert "F2, réglée le 22/01/2026\xa0: 12\xa0j de retard, 102,00" in picture
        assert "à l&#x27;échéance" in picture
        assert "5\xa0j d&#x27;avance" in picture
        assert 'role="img"' in picture
        assert "style=" not in picture  # the policy of contents would refuse it
    looks = re.findall(r'class="(age-\d)"', pictures[0])
    assert looks == ["age-0", "age-0", "age-1", "age-2", "age-4"]


def test_later_is_to_the_right_and_later_than_due_is_above() -> None:
    rows = settled(0, 30, 60)
    frame = frame_of(rows, rolling_lateness(rows), width=640, height=280)
    xs = [frame.x(day) for day in rows["value_date"]]
    ys = [frame.y(days) for days in rows["days_late"]]
    assert xs == sorted(xs)
    assert ys == sorted(ys, reverse=True)
    assert frame.plot.left <= min(xs) < max(xs) <= frame.plot.right
    assert frame.plot.top <= min(ys) < max(ys) <= frame.plot.bottom


def test_one_wild_delay_stands_at_the_edge_and_does_not_flatten_the_others() -> None:
    rows = settled(*([5] * 200), 900)
    frame = frame_of(rows, rolling_lateness(rows), width=640, height=280)
    assert frame.plot.high < 900
    assert frame.y(900) == frame.plot.y(frame.plot.high)


def test_a_single_payment_has_room_around_it() -> None:
    rows = settled(7)
    (small, *_) = lateness_pictures(rows, rolling_lateness(rows), lang="en")
    assert small.count("<circle") == 1
    assert "<path" not in small  # no line through one point


@pytest.mark.parametrize(
    ("days", "french", "english"),
    [
        (0.4, "à l'échéance", "on the due date"),
        (1, "1\xa0j de retard", "1\xa0day late"),
        (-3.2, "3\xa0j d'avance", "3\xa0days early"),
    ],
)
def test_a_delay_is_said(days: float, french: str, english: str) -> None:
    assert (delay(days, "fr"), delay(days, "en")) == (french, english)


def test_months_begin_on_their_first_day() -> None:
    found = list(firsts(date(2025, 11, 2), date(2026, 2, 1)))
    assert found == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert list(firsts(date(2026, 1, 1), date(2026, 1, 31))) == [date(2026, 1, 1)]
