"""A report with everything in it: hostile names, two currencies, every shape of chart, problems."""

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from quittance.core.phrase import Phrase, same
from quittance.core.problems import RULES, Rule, problem
from quittance.reports.report import Chart, Column, Figure, Report, Series

AS_OF = date(2025, 12, 31)
HOSTILE = '=HYPERLINK("http://evil.example";"Dupont")'
SCRIPT = "<script>alert('Été')</script> & Fils"
AGING_COLUMNS = (
    Column("customer", Phrase("Code", "Code")),
    Column("name", Phrase("Client", "Customer")),
    Column("action", Phrase("Prochaine action", "Next action"), "phrase"),
    Column("currency", Phrase("Devise", "Currency")),
    Column("not_due_minor", Phrase("Non échu", "Not due"), "money"),
    Column("late_1_30_minor", Phrase("1–30 j", "1–30 d"), "money"),
    Column("late_31_60_minor", Phrase("31–60 j", "31–60 d"), "money"),
    Column("late_61_90_minor", Phrase("61–90 j", "61–90 d"), "money"),
    Column("late_over_90_minor", Phrase("Plus de 90 j", "Over 90 d"), "money"),
    Column("unallocated_minor", Phrase("Non affecté", "Unallocated"), "money"),
    Column(
        "balance_minor",
        Phrase("Solde", "Balance"),
        "money",
        hint=Phrase(
            "Somme des tranches et des règlements non affectés.",
            "Sum of the buckets and of the unallocated payments.",
        ),
    ),
    Column("oldest_due_date", Phrase("Plus ancienne échéance", "Oldest due date"), "date"),
    Column("days_past_due", Phrase("Retard", "Past due"), "days"),
    Column("share_percent", Phrase("Part", "Share"), "percent"),
    Column("on_hold", Phrase("Bloqué", "On hold"), "flag"),
)
CUSTOMERS = (
    ("C001", "Boulangerie Martin", "EUR"),
    ("C002", HOSTILE, "EUR"),
    ("C003", SCRIPT, "EUR"),
    ("C004", "Constructions métalliques et charpentes du Val de Loire SAS", "EUR"),
    ("C005", "Éditions de l'Ormeau", "EUR"),
    ("C006", "-Transports \x1b[31mRapides", "EUR"),
    ("C007", "Société « Les Trois Chênes »", "EUR"),
    ("C008", "Hôtel du Parc; Nancy", "EUR"),
    ("C009", "Tokyo Precision K.K.", "JPY"),
    ("C010", "Osaka Trading", "JPY"),
)
ACTIONS = (
    Phrase("Relance amiable n° 1", "First reminder"),
    Phrase("Mise en demeure", "Formal notice"),
    Phrase("Aucune : litige en cours", "None: dispute pending"),
)
NEGATIVE = {"C005"}


def aging_rows() -> pl.DataFrame:
    rows = []
    for n, (code, name, currency) in enumerate(CUSTOMERS):
        buckets = [(n * 7919 + k * 104729) % 2_500_000 * (k != n % 5) for k in range(5)]
        unallocated = -(n * 99_991 % 300_000)
        if code in NEGATIVE:
            buckets, unallocated = [0] * 5, -12_345
        action = ACTIONS[n % 3]
        rows.append(
            {
                "customer": code,
                "name": name,
                "action_fr": action.fr,
                "action_en": action.en,
                "currency": currency,
                **dict(
                    zip([c.name for c in AGING_COLUMNS if c.kind == "money"], buckets, strict=False)
                ),
                "unallocated_minor": unallocated,
                "balance_minor": sum(buckets) + unallocated,
                "oldest_due_date": AS_OF - timedelta(days=17 * n + 3) if n != 4 else None,
                "days_past_due": 17 * n + 3 if n != 4 else None,
                "share_percent": round(100 * (n + 1) / 55, 4),
                "on_hold": n % 3 == 2,
            }
        )
    return pl.DataFrame(rows)


def totals_of(rows: pl.DataFrame) -> pl.DataFrame:
    money = [column.name for column in AGING_COLUMNS if column.kind == "money"]
    return rows.group_by("currency", maintain_order=True).agg(pl.col(money).sum())


def figures() -> tuple[Figure, ...]:
    return (
        Figure(
            "outstanding_minor",
            Phrase("Encours client", "Outstanding receivables"),
            1_234_567_50,
            "money",
            Phrase("Somme des soldes ouverts à la date.", "Sum of the open balances on the date."),
            currency="EUR",
        ),
        Figure(
            "overdue_percent",
            Phrase("Part échue", "Overdue share"),
            38.4567,
            "percent",
            Phrase("Montant échu ÷ encours × 100", "Overdue amount ÷ outstanding × 100"),
        ),
        Figure(
            "dso_days",
            Phrase("DSO (méthode par épuisement)", "DSO (count-back method)"),
            44.3,
            "days",
            Phrase(
                "On retranche de l'encours le chiffre d'affaires TTC de chaque mois, du plus "
                "récent au plus ancien, en comptant ses jours.",
                "Each month's sales including tax are taken off the outstanding amount, newest "
                "first, and its days are counted.",
            ),
            comment=Phrase("En baisse de 2,1 j sur un an.", "Down 2.1 days in a year."),
        ),
        Figure(
            "expected_interest_minor",
            Phrase("Pénalités de retard exigibles", "Late-payment interest due"),
            None,
            "money",
            Phrase("Montant × taux × jours ÷ 365", "Amount × rate × days ÷ 365"),
            currency="EUR",
            comment=Phrase(
                "Le taux du 1er semestre 2026 n'est pas publié.",
                "The rate for the first half of 2026 is not published.",
            ),
        ),
        Figure(
            "late_customers",
            Phrase("Clients en retard", "Customers past due"),
            1_287,
            "count",
            Phrase("Clients avec un poste échu.", "Customers with an overdue item."),
        ),
    )


def months(count: int) -> tuple[date, ...]:
    return tuple(date(2024 + n // 12, n % 12 + 1, 1) for n in range(count))


def charts() -> dict[str, Chart]:
    buckets = tuple(c.label for c in AGING_COLUMNS if c.kind == "money")[:5]
    names = tuple(same(name) for _, name, _ in CUSTOMERS)
    return {
        "bars": Chart(
            "bars",
            Phrase("Encours par tranche de retard", "Outstanding by bucket"),
            buckets,
            (
                Series(
                    Phrase("Encours", "Outstanding"),
                    (71_200_000, 23_450_000, 9_800_000, 0, 4_210_050),
                ),
            ),
            "money",
            "EUR",
        ),
        "grouped": Chart(
            "bars",
            Phrase("Encaissements prévus et réalisés", "Expected and actual receipts"),
            months(12),
            (
                Series(
                    Phrase("Prévu", "Expected"), tuple(40_000_00 + 3_100_00 * n for n in range(12))
                ),
                Series(
                    Phrase("Réalisé", "Actual"),
                    (*(38_000_00 + 3_700_00 * (n % 5) for n in range(9)), -5_000_00, None, None),
                ),
            ),
            "money",
            "EUR",
        ),
        "stacked": Chart(
            "stacked",
            Phrase("Balance âgée sur douze mois", "Aged balance over twelve months"),
            months(12),
            tuple(
                Series(
                    label, tuple((n * 31 + k * 17) % 23 * 1_000_000 + 500_000 for n in range(12))
                )
                for k, label in enumerate(buckets)
            ),
            "money",
            "EUR",
        ),
        "lines": Chart(
            "lines",
            Phrase("Délai moyen de règlement", "Days sales outstanding"),
            months(24),
            (
                Series(
                    Phrase("DSO", "DSO"),
                    tuple(None if n in (7, 8) else 41 + (n * 5 % 9) + n / 4 for n in range(24)),
                ),
                Series(
                    Phrase("DSO optimal", "Best possible DSO"),
                    tuple(31 + (n % 4) for n in range(24)),
                ),
                Series(
                    Phrase("Retard moyen", "Average delay"), tuple(10 + n % 6 for n in range(24))
                ),
            ),
            "days",
        ),
        "pareto": Chart(
            "pareto",
            Phrase("Concentration de l'encours", "Concentration of receivables"),
            names,
            (
                Series(
                    Phrase("Encours", "Outstanding"), tuple(90_000_00 // (n + 1) for n in range(10))
                ),
                Series(
                    Phrase("Part cumulée", "Cumulative share"),
                    (34.1, 51.2, 62.6, 71.1, 78.0, 83.6, 88.5, 92.8, 96.6, 100.0),
                ),
            ),
            "money",
            "EUR",
        ),
    }


def open_items_part(count: int = 260) -> Report:
    columns = (
        Column("document", Phrase("Facture", "Invoice")),
        Column("name", Phrase("Client", "Customer")),
        Column("due_date", Phrase("Échéance", "Due date"), "date"),
        Column("open_minor", Phrase("Reste dû", "Still due"), "money"),
        Column("days_past_due", Phrase("Jours de retard", "Days past due"), "days"),
    )
    rows = pl.DataFrame(
        {
            "document": [f"FA-2025-{n:05d}" for n in range(count)],
            "name": [CUSTOMERS[n % 8][1] for n in range(count)],
            "due_date": [AS_OF - timedelta(days=n) for n in range(count)],
            "open_minor": [(n * 7_919) % 900_000 - 10_000 for n in range(count)],
            "days_past_due": list(range(count)),
        }
    ).with_columns(currency=pl.lit("EUR"))
    totals = rows.group_by("currency").agg(pl.col("open_minor").sum())
    return Report(
        "open_items",
        Phrase("Postes ouverts", "Open items"),
        AS_OF,
        columns=columns,
        rows=rows,
        totals=totals,
        chart=charts()["lines"],
        notes=(Phrase("Les avoirs figurent en négatif.", "Credit notes are negative."),),
    )


def chart_part(name: str) -> Report:
    chart = charts()[name]
    return Report(name, chart.title, AS_OF, chart=chart, figures=figures()[:2])


@pytest.fixture
def rules() -> Iterator[tuple[Rule, Rule]]:
    """Two rules of problems, known only while a test runs."""
    made = (
        Rule(
            "render-test-unbalanced",
            "error",
            ("journal", "debit", "credit"),
            Phrase(
                "journal {journal} : le débit {debit} et le crédit {credit} diffèrent.",
                "journal {journal}: debit {debit} and credit {credit} differ.",
            ),
            Phrase("Une écriture s'équilibre.", "An entry must balance."),
            Phrase("Exportez à nouveau la période.", "Export the period again."),
        ),
        Rule(
            "render-test-no-date",
            "warning",
            (),
            Phrase("la date d'échéance manque.", "the due date is missing."),
            Phrase("Elle est alors calculée.", "It is then computed."),
            Phrase("Complétez la facture.", "Complete the invoice."),
        ),
    )
    yield made
    for rule in made:
        RULES.pop(rule.code)


@pytest.fixture
def report(rules: tuple[Rule, Rule]) -> Report:
    """The whole report."""
    unbalanced, no_date = rules
    problems = pl.concat(
        [
            problem(no_date, file="ventes.csv", line=7),
            *(
                problem(
                    unbalanced, "VE", "1 200,00", "<b>1 000,00</b>", file="a.fec", line=n, lines=1
                )
                for n in range(2, 15)
            ),
        ]
    )
    rows = aging_rows()
    return Report(
        "aging",
        Phrase("Balance âgée", "Aged balance"),
        AS_OF,
        columns=AGING_COLUMNS,
        rows=rows,
        totals=totals_of(rows),
        figures=figures(),
        notes=(
            Phrase(
                "Les échéances absentes du FEC sont calculées à 30 jours date de facture.",
                "Due dates missing from the FEC are computed at 30 days from the invoice.",
            ),
            Phrase("Les montants sont toutes taxes comprises.", "Amounts include tax."),
        ),
        problems=problems,
        chart=charts()["bars"],
        parts=(
            open_items_part(),
            chart_part("grouped"),
            chart_part("stacked"),
            chart_part("pareto"),
        ),
        rows_key="customers",
        explanation=Phrase(
            "Qui doit combien, et depuis combien de temps.", "Who owes how much, and since when."
        ),
    )


@pytest.fixture
def charts_by_name() -> dict[str, Chart]:
    """A chart of each shape."""
    return charts()


@pytest.fixture
def open_items() -> Callable[[int], Report]:
    """A report of as many open items as asked for."""
    return open_items_part


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a text with the file kept beside the tests; `GOLDEN=write pytest` writes it anew."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if os.environ.get("GOLDEN") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        with path.open(encoding="utf-8", newline="") as kept:
            assert text == kept.read()

    return compare
