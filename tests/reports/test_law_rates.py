from datetime import date

import polars as pl

from quittance.law.tables import load_law
from quittance.reports.law_rates import law_rates_report


def test_every_series_in_force_is_shown_with_its_source() -> None:
    rows = law_rates_report(load_law(), date(2026, 9, 3)).rows
    value = dict(rows.select("series", "rate_percent").iter_rows())
    assert value["b2b_default"] == 12.4
    assert value["b2b_floor"] == 8.25
    assert value["public_buyer"] == 10.4
    assert rows["source"].str.len_chars().min() > 0


def test_what_the_tables_lack_is_said() -> None:
    report = law_rates_report(load_law(), date(2027, 3, 1))
    assert "b2b_default" not in report.rows["series"].to_list()
    assert any("taux supplétif des pénalités de retard" in note.fr for note in report.notes)


def test_what_is_not_verified_is_said() -> None:
    law = load_law()
    doubtful = law.rates.with_columns(verified=pl.lit(value=False))
    report = law_rates_report(
        law.__class__(**{**law.__dict__, "rates": doubtful}), date(2026, 9, 3)
    )
    assert any("non vérifiée" in note.fr for note in report.notes)
