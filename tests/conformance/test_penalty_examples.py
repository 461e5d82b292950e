"""The worked examples of `law/penalty_examples.csv`, to the cent, segment by segment.

The figures are transcribed here, so that the product needs no file from outside; where the file is
at hand, the transcription is compared to it.
"""

import csv
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from tests.tables import assert_rows, book, parsed

from quittance.core.interest import EXACT, rounded_interest
from quittance.core.late_charges import (
    Charges,
    Debt,
    Policy,
    all_segments,
    below_floor,
    charges,
    late_charges,
    other_readings,
)
from quittance.core.money import rounded_half_up
from quittance.law.tables import load_law

FILE = Path(__file__).parents[3] / "shared/law/penalty_examples.csv"

TOTALS = """
example  principal       days  interest  indemnity  sum
1        10000.00        44    146.47    40.00      186.47
2        10000.00        125   420.55    40.00      460.55
3a       24000.00        260   2407.82   40.00      2447.82
3b       24000.00        260   2402.33   40.00      2442.33
4a       1200.00         29    13.82     40.00      53.82
4b       1200.00         29    13.79     40.00      53.79
5        10000.00        125   333.58    40.00      373.58
6        10000.00        125   337.99    40.00      377.99
7a       8000.00         92    100.82    40.00      140.82
7b       8000.00         92    166.36    40.00      206.36
7c       8000.00         92    250.04    40.00      290.04
8        15000.00        258   846.10    40.00      886.10
9        12000.00        144   480.53    40.00      520.53
10       900.00          242   15.96     0.00       15.96
11       900.00          242   33.59     0.00       33.59
12       3600+4800+1000  120   155.25    80.00      235.25
13       5000.00         70    116.51    40.00      156.51
14       100000.00       10    339.73    40.00      379.73
15       2500.00         76    52.05     40.00      92.05
16       3000.00         243   133.62    0.00       133.62
17       20000.00        515   3636.26   40.00      3676.26
"""
SEGMENTS = """
example  from_date   to_date     days  base       rate   year  amount
1        2026-02-16  2026-03-31  44    10000.00   12.15  365   146.47
2        2026-05-02  2026-06-30  60    10000.00   12.15  365   199.73
2        2026-07-01  2026-09-03  65    10000.00   12.40  365   220.82
3a       2024-06-01  2024-06-30  30    24000.00   14.50  365   286.03
3a       2024-07-01  2024-12-31  184   24000.00   14.25  365   1724.05
3a       2025-01-01  2025-02-15  46    24000.00   13.15  365   397.74
3b       2024-06-01  2024-06-30  30    24000.00   14.50  366   285.25
3b       2024-07-01  2024-12-31  184   24000.00   14.25  366   1719.34
3b       2025-01-01  2025-02-15  46    24000.00   13.15  365   397.74
4a       2024-02-16  2024-03-15  29    1200.00    14.50  365   13.82
4b       2024-02-16  2024-03-15  29    1200.00    14.50  366   13.79
5        2026-05-02  2026-06-30  60    10000.00   12.15  365   199.73
5        2026-07-01  2026-07-01  1     10000.00   12.40  365   3.40
5        2026-07-02  2026-09-03  64    6000.00    12.40  365   130.45
6        2026-05-02  2026-06-30  60    10000.00   12.15  365   199.73
6        2026-07-01  2026-07-01  1     10000.00   12.40  365   3.40
6        2026-07-02  2026-09-03  64    6203.12    12.40  365   134.87
7a       2026-07-11  2026-10-10  92    8000.00    5      365   100.82
7b       2026-07-11  2026-10-10  92    8000.00    8.25   365   166.36
7c       2026-07-11  2026-10-10  92    8000.00    12.40  365   250.04
8        2025-12-01  2025-12-31  31    15000.00   8.28   365   105.48
8        2026-01-01  2026-06-30  181   15000.00   7.86   365   584.65
8        2026-07-01  2026-08-15  46    15000.00   8.25   365   155.96
9        2026-04-10  2026-06-30  82    12000.00   10.15  365   273.63
9        2026-07-01  2026-08-31  62    12000.00   10.15  365   206.89
10       2026-02-11  2026-06-30  140   900.00     2.62   365   9.04
10       2026-07-01  2026-10-10  102   900.00     2.75   365   6.92
11       2026-02-11  2026-05-20  99    900.00     2.62   365   6.40
11       2026-05-21  2026-06-30  41    900.00     7.62   365   7.70
11       2026-07-01  2026-10-10  102   900.00     7.75   365   19.49
12       2026-02-01  2026-04-15  74    3600.00    12.15  365   88.68
12       2026-03-01  2026-03-20  20    4800.00    12.15  365   31.96
12       2026-03-21  2026-04-15  26    4000.00    12.15  365   34.62
13       2026-04-01  2026-06-09  70    5000.00    12.15  365   116.51
14       2026-07-01  2026-07-10  10    100000.00  12.40  365   339.73
15       2020-12-16  2020-12-31  16    2500.00    10.00  365   10.96
15       2021-01-01  2021-03-01  60    2500.00    10.00  365   41.10
16       2025-12-02  2025-12-31  30    3000.00    6.65   365   16.40
16       2026-01-01  2026-06-30  181   3000.00    6.67   365   99.23
16       2026-07-01  2026-08-01  32    3000.00    6.84   365   17.99
17       2025-02-01  2025-06-30  150   20000.00   13.15  365   1080.82
17       2025-07-01  2025-12-31  184   20000.00   12.15  365   1224.99
17       2026-01-01  2026-01-31  31    20000.00   12.15  365   206.38
17       2026-02-01  2026-06-30  150   22512.19   12.15  365   1124.07
"""
EXTRA = {  # figures that only the columns `extra` and `note` of the file state
    "5": ("principal left 6000.00", "interest still unpaid 333.58", "balance due", "6373.58"),
    "6": ("principal left 6203.12", "interest still unpaid 134.87", "balance due", "6377.99"),
    "9": ("10.15 % for the whole delay",),
    "12": ("40 EUR x 2 late invoices", "credit note of 800 on 2026-03-20"),
    "14": ("339.04",),
    "17": ("2512.19 added to principal on 2026-01-31",),
}
ONE_RATE_THROUGHOUT = ("9",)  # the file cuts at 30 June what the frozen rate leaves in one piece


@dataclass(frozen=True)
class Case:
    """What an example computes: a debt, what was paid, until when, under which settings."""

    principal: int
    due: str
    on: str
    paid: tuple[tuple[str, int], ...] = ()
    policy: Policy = field(default_factory=Policy)
    debt: dict[str, object] = field(default_factory=dict)

    def asked(self) -> Debt:
        """The debt, in cents."""
        return Debt(self.principal * 100, date.fromisoformat(self.due), **self.debt)  # type: ignore[arg-type]

    def arguments(self) -> tuple[Debt, list[tuple[date, int]], dict[str, object]]:
        """What `charges` takes."""
        payments = [(date.fromisoformat(day), amount * 100) for day, amount in self.paid]
        law = load_law()
        settings = {"rates": law.rates, "amounts": law.amounts, "policy": self.policy}
        return self.asked(), payments, {"as_of": date.fromisoformat(self.on), **settings}

    def charges(self) -> Charges:
        """The charges of the example."""
        debt, payments, settings = self.arguments()
        return charges(debt, payments, **settings)  # type: ignore[arg-type]


PART = (("2026-07-01", 4000),)
CONSUMER = {"kind": "consumer", "notice_date": date(2026, 2, 10)}
FIVE_PERCENT = Policy(clause="fixed", fixed_ppm=50_000)
CASES = {
    "1": Case(10000, "2026-02-15", "2026-03-31", paid=(("2026-03-31", 10000),)),
    "2": Case(10000, "2026-05-01", "2026-09-03", paid=(("2026-09-03", 10000),)),
    "3a": Case(24000, "2024-05-31", "2025-02-15"),
    "3b": Case(24000, "2024-05-31", "2025-02-15", policy=Policy(base="actual")),
    "4a": Case(1200, "2024-02-15", "2024-03-15"),
    "4b": Case(1200, "2024-02-15", "2024-03-15", policy=Policy(base="actual")),
    "5": Case(10000, "2026-05-01", "2026-09-03", PART),
    "6": Case(10000, "2026-05-01", "2026-09-03", PART, Policy(allocation="interest")),
    "7a": Case(8000, "2026-07-10", "2026-10-10", policy=FIVE_PERCENT),
    "7b": Case(8000, "2026-07-10", "2026-10-10", policy=Policy(clause="3xlegal")),
    "7c": Case(8000, "2026-07-10", "2026-10-10"),
    "8": Case(15000, "2025-11-30", "2026-08-15", policy=Policy(clause="3xlegal")),
    "9": Case(12000, "2026-04-09", "2026-08-31", debt={"kind": "public"}),
    "10": Case(900, "2026-01-10", "2026-10-10", debt=CONSUMER),
    "11": Case(
        900, "2026-01-10", "2026-10-10", debt={**CONSUMER, "judgment_date": date(2026, 3, 20)}
    ),
    "13": Case(5000, "2026-03-31", "2026-09-30", debt={"insolvency_date": date(2026, 6, 10)}),
    "14": Case(100000, "2026-06-30", "2026-07-10"),
    "15": Case(2500, "2020-12-15", "2021-03-01"),
    "16": Case(3000, "2025-12-01", "2026-08-01", debt={"creditor": "individual"}),
    "17": Case(20000, "2025-01-31", "2026-06-30", debt={"capitalises": True}),
}
BOOK_12 = book(
    """
    item  document  date        due         kind         amount
    1     FA1       2025-12-31  2026-01-31  invoice      3600
    2     FA2       2026-01-31  2026-02-28  invoice      4800
    3     FA3       2026-02-01  2026-03-31  invoice      1000
    4     AV1       2026-03-20  2026-03-20  credit_note  -800
    5     VIR1      2026-03-31  2026-03-31  payment      -1000
    6     VIR2      2026-04-15  2026-04-15  payment      -7600
    """,
    """
    debit  credit  amount
    2      4       800
    3      5       1000
    1      6       3600
    2      6       4000
    """,
)


def cents(text: str) -> int:
    """An amount of the transcription in minor units."""
    return int(Decimal(text) * 100)


def of(example: str, table: str) -> list[dict[str, str]]:
    """The rows of one example."""
    return [row for row in parsed(table)[1] if row["example"] == example]


def pieces_of(example: str) -> pl.DataFrame:
    """Our segments of an example."""
    if example == "12":
        return all_segments(BOOK_12, date(2026, 4, 30), policy=Policy()).sort("debt", "from_date")
    return CASES[example].charges().segments


ALL = [row["example"] for row in parsed(TOTALS)[1]]


@pytest.mark.parametrize("example", [name for name in ALL if name != "12"])
def test_interest_and_indemnity_of_the_example(example: str) -> None:
    found = CASES[example].charges()
    (row,) = of(example, TOTALS)
    assert found.interest_minor == cents(row["interest"])
    assert found.indemnity_minor == cents(row["indemnity"])
    assert found.interest_minor + found.indemnity_minor == cents(row["sum"])
    assert int(found.segments["days"].sum()) == int(row["days"])


@pytest.mark.parametrize("example", ALL)
def test_segments_of_the_example(example: str) -> None:
    ours = pieces_of(example)
    written = of(example, SEGMENTS)
    assert ours.height == (1 if example in ONE_RATE_THROUGHOUT else len(written))
    for row in written:
        first, last = date.fromisoformat(row["from_date"]), date.fromisoformat(row["to_date"])
        (mine,) = ours.filter(
            pl.col("from_date") <= first,
            pl.col("to_date") >= last,
            pl.col("base_minor") == cents(row["base"]),
        ).iter_rows(named=True)
        assert mine["rate_ppm"] == int(Decimal(row["rate"]) * 10_000)
        assert mine["verified"]
        days = int(row["days"])
        assert (last - first).days + 1 == days
        part = pl.DataFrame({"exact": [mine["exact"] * days // mine["days"]]}, {"exact": pl.Int128})
        assert part.select(rounded_half_up(pl.col("exact"), EXACT)).item() == cents(row["amount"])
        exactly = Decimal(mine["base_minor"] * mine["rate_ppm"] * days) / (
            1_000_000 * int(row["year"])
        )
        assert abs(Decimal(part.item()) / EXACT - exactly) < Decimal("1e-9")


def test_example_5_says_what_is_left_to_pay() -> None:
    found = CASES["5"].charges()
    assert (found.principal_open_minor, found.interest_open_minor) == (600000, 33358)
    assert (found.interest_paid_minor, found.total_due_minor) == (0, 637358)


def test_example_6_says_what_the_payment_settled_first() -> None:
    found = CASES["6"].charges()
    assert (found.interest_paid_minor, found.principal_open_minor) == (20312, 620312)
    assert (found.interest_open_minor, found.total_due_minor) == (13487, 637799)


def test_example_7_shows_the_three_readings_of_a_clause_below_the_floor() -> None:
    debt, payments, settings = CASES["7a"].arguments()
    readings = other_readings(debt, payments, **settings)  # type: ignore[arg-type]
    interest = {name: found.interest_minor for name, found in readings.items()}
    assert interest == {"as_written": 10082, "floor": 16636, "default": 25004}
    under = below_floor(CASES["7a"].charges().segments, load_law().rates)
    assert under["floor_ppm"].to_list() == [82_500]


def test_example_12_three_invoices_two_of_them_late() -> None:
    day = date(2026, 4, 30)
    rows = late_charges(BOOK_12, day, policy=Policy()).sort("document")
    assert_rows(
        rows,
        """
        document  days_late  interest  indemnity  open
        FA1       74         88.68     40.00      0.00
        FA2       46         66.58     40.00      0.00
        """,
    )
    exact = all_segments(BOOK_12, day, policy=Policy()).select(
        days=pl.col("days").sum(), interest=rounded_interest(pl.col("exact").sum())
    )
    assert exact.row(0) == (120, 15525)  # rounded once; one by one, 88.68 + 66.58 = 155.26


def test_example_13_stops_the_day_before_the_judgment() -> None:
    found = CASES["13"].charges()
    assert found.total_due_minor == 515651


def test_example_14_the_other_convention_would_give_another_amount() -> None:
    other = Case(100000, "2026-06-29", "2026-07-09").charges()
    assert int(other.segments["days"].sum()) == 10
    assert other.interest_minor == 33904


def test_example_17_interest_of_the_first_year_is_added_to_the_principal() -> None:
    found = CASES["17"].charges()
    assert (found.capitalised_minor, found.principal_open_minor) == (251219, 2251219)
    assert found.interest_open_minor == 363626 - 251219
    on_the_day = Case(20000, "2025-01-31", "2026-01-31", debt={"capitalises": True}).charges()
    assert (on_the_day.interest_minor, on_the_day.capitalised_minor) == (251219, 251219)
    the_day_before = Case(20000, "2025-01-31", "2026-01-30", debt={"capitalises": True}).charges()
    assert the_day_before.capitalised_minor == 0


@pytest.mark.skipif(not FILE.exists(), reason="../shared/law/penalty_examples.csv is not there")
def test_the_transcription_is_the_file() -> None:
    written = re.compile(r"^(\S+)\.\.(\S+) (\d+)d x ([\d.]+) x ([\d.]+)%/(\d+) = ([\d.]+)$")
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = {row["example"]: row for row in csv.DictReader(stream)}
    assert list(rows) == ALL
    for example, row in rows.items():
        (totals,) = of(example, TOTALS)
        columns = ("principal_ttc_eur", "days", "interest_eur", "fixed_indemnity_eur")
        told = [row[name] for name in (*columns, "interest_plus_indemnity_eur")]
        assert list(totals.values())[1:] == told
        segments = [written.match(text.strip()).groups() for text in row["segments"].split("|")]  # type: ignore[union-attr]
        assert [tuple(one.values())[1:] for one in of(example, SEGMENTS)] == segments
        for figure in EXTRA.get(example, ()):
            assert figure in row["extra"] + row["note"]
