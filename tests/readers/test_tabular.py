"""Lists in CSV and XLSX: where the heading is, how lines are cut, what the list is of."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers import workbooks
from tests.tables import assert_rows

from quittance.core.problems import UnusableInput, sentences, set_aside
from quittance.readers import tabular
from quittance.readers.reader import Reading, Source
from quittance.readers.tabular import cell_text, unique

FRENCH = """N° client;Raison sociale;Facture;Date;Échéance;Montant TTC
C1;Établissements Morel;FA-1;31/01/2025;02/03/2025;1 200,00
C2;Œuvre & Cie;FA-2;15/02/2025;17/03/2025;-600,50
"""
READ = """
line  customer  name                  document  issue       due         amount
2     C1        Établissements Morel  FA-1      2025-01-31  2025-03-02  1200.00
3     C2        Œuvre & Cie           FA-2      2025-02-15  2025-03-17  -600.50
"""


def read(content: str | bytes, name: str = "a.csv", **declared: str) -> Reading:
    data = content.encode() if isinstance(content, str) else content
    reading = tabular.read(Source(name, data), declared)
    assert reading.rows.height + set_aside(reading.problems) == reading.lines
    return reading


def refusal(content: str, **declared: str) -> str:
    with pytest.raises(UnusableInput) as refused:
        read(content, **declared)
    return "\n".join(sentences(refused.value.problems, "en"))


# Forms


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-15", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_french_list_is_read_in_any_form(encoding: str, separator: str, newline: str) -> None:
    content = FRENCH.replace(";", separator).replace("\n", newline).encode(encoding)
    reading = read(content)
    assert_rows(reading.rows, READ)
    assert reading.problems.is_empty()
    assert reading.facts["separator"] == separator


def test_an_english_list_is_read_with_commas_and_points() -> None:
    content = """Customer number,Customer name,Invoice no.,Invoice date,Due date,Amount
C1,Établissements Morel,FA-1,2025-01-31,2025-03-02,"1,200.00"
C2,Œuvre & Cie,FA-2,2025-02-15,2025-03-17,-600.50
"""
    assert_rows(read(content).rows, READ)


def test_quoted_cells_may_hold_separators_quotes_and_line_ends() -> None:
    content = """"Client";"Nom";"Facture";"Date";"Montant"
"C1";"Morel; ""Fils""
et Cie";"FA-1";"31/01/2025";"1 200,00"
"C2";"Petit";"FA-2";"15/02/2025";"600"
"""
    reading = read(content)
    assert reading.rows.select("line", "name", "amount_minor").rows() == [
        (2, 'Morel; "Fils"\net Cie', 120000),
        (4, "Petit", 60000),
    ]


@pytest.mark.parametrize("lines", [2, 3, 9_000])
def test_a_quote_that_is_never_closed_swallows_no_line(lines: int) -> None:
    """19" screens and half-quoted names are common; the lines after them must be seen."""
    content = 'Client;Facture;Date;Montant\nC1;"FA-1;31/01/2025;12,00\n' + "".join(
        f"C2;FA-{n};31/01/2025;5,00\n" for n in range(2, lines + 1)
    )
    reading = read(content)
    assert reading.rows.height == lines
    assert reading.rows["document"][0] == "FA-1"


def test_a_quote_inside_a_cell_is_a_plain_character() -> None:
    reading = read('Client;Facture;Date;Montant\nSARL "Le Zinc";"F1";31/01/2025;12,00\n')
    assert reading.rows["customer"].to_list() == ['SARL "Le Zinc"']


def test_titles_may_stand_above_the_heading() -> None:
    content = f"Balance au 31/03/2025;;;;;\n\nSociété Lumière;;;;;\n{FRENCH}"
    reading = read(content)
    assert_rows(reading.rows, READ.replace("\n2 ", "\n5 ").replace("\n3 ", "\n6 "))


def test_a_line_of_another_width_is_set_aside_and_told() -> None:
    reading = read(FRENCH + "C3;Cut\nC4;Long;FA-4;31/01/2025;31/01/2025;1,00;x\n")
    assert reading.rows.height == 2
    assert sentences(reading.problems, "en") == [
        "a.csv:4: 2 fields instead of 6: 'C3;Cut'. Each line has as many fields as the heading. "
        "The line is left out; mend it and read the file again.",
        "a.csv:5: 7 fields instead of 6: 'C4;Long;FA-4;31/01/2025;31/01/2025;1,00;x'. Each line "
        "has as many fields as the heading. The line is left out; mend it and read the file again.",
    ]


def test_two_columns_of_the_same_name_are_kept_apart() -> None:
    assert unique(["a", "", "a", "", "a"]) == ["a", "colonne 2", "a (2)", "colonne 4", "a (3)"]


# What the list is of


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Client;Facture;Date;Montant", "invoices"),
        ("Nom;Facture;Échéance;Reste dû", "invoices"),
        ("Client;Facture;Date;Échéance;Montant;Date de règlement", "invoices"),
        ("Facture;Date de règlement;Montant", "payments"),
        ("invoice_id,pay_date,amount", "payments"),
        ("Client;Nom;Conditions", "customers"),
        ("client;conditions", "customers"),
        ("id,code,name,terms", "customers"),
        ("Code client;Type de client;Nom", "customers"),
    ],
)
def test_the_columns_say_what_a_list_is_of(heading: str, kind: str) -> None:
    source = Source("a.csv", f"{heading}\n".encode())
    assert tabular.identify(source)
    assert tabular.read(source).kind == kind


def test_a_list_of_balances_without_a_number_is_not_one_of_invoices() -> None:
    """A statement of an account has names, dates and a running balance: nobody owes it."""
    told = refusal("Date;Name;Gross;Fee;Net;Balance\n2025-01-31;Morel;10;1;9;1009\n")
    assert told.startswith("a.csv: a needed column is missing")


def test_a_list_most_of_whose_lines_name_nobody_is_refused() -> None:
    told = refusal(
        "Date;Name;Invoice number;Balance\n2025-01-31;Morel;;1009\n2025-01-31;;;1000\n"
        "2025-02-01;;;900\n"
    )
    assert told.startswith("a.csv: 2 line(s) of 3 without a customer: this is hardly a list")


@pytest.mark.parametrize("heading", ["Client;Couleur", "Montant;Date", "Bonjour", "a;b;c;d"])
def test_other_tables_are_not_lists(heading: str) -> None:
    assert not tabular.identify(Source("a.csv", f"{heading}\n1;2;3;4\n".encode()))


def test_a_list_without_a_customer_is_not_understood() -> None:
    """A bank statement has dates and amounts, but nobody who owes."""
    told = refusal("Date;Libellé;Montant;Solde\n31/01/2025;Virement;12,00;100,00\n")
    assert told.startswith("a.csv: a needed column is missing (not recognised: Libellé).")


# What a person says


def test_columns_that_could_hold_the_same_field_are_asked_for() -> None:
    told = refusal("Client;Facture;Date;Montant;Total\nC1;F1;31/01/2025;10;12\n")
    assert told == (
        "a.csv: several columns for amount: Montant, Total (columns found: Client, Facture, Date, "
        'Montant, Total). Each field comes from a single column. Choose with --map amount="column".'
    )


def test_the_choice_settles_it() -> None:
    content = "Client;Facture;Date;Montant;Total\nC1;F1;31/01/2025;10;12\n"
    assert read(content, amount="Total").rows["amount_minor"].to_list() == [1200]
    assert read(content, amount="Montant").rows["amount_minor"].to_list() == [1000]


def test_an_ambiguity_that_the_list_does_not_need_is_not_asked() -> None:
    content = "Client;Facture;Date;Montant;Type;Nature\nC1;F1;31/01/2025;10;x;y\n"
    assert read(content).rows.height == 1


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({"amount": "Truc"}, "--map amount=Truc: no such column; columns found: N° client"),
        ({"montant": "Montant TTC"}, "--map montant=Montant TTC: no such field. The fields are"),
    ],
)
def test_a_wrong_mapping_is_refused(declared: dict[str, str], told: str) -> None:
    assert told in refusal(FRENCH, **declared)


# Totals


@pytest.mark.parametrize(
    "total",
    ["Total;;;;;599,50", ";TOTAL GÉNÉRAL;;;;599,50", "Sous-total;;;;;1", ";Totaux;;;;1"],
)
def test_a_line_of_totals_is_left_out_and_told(total: str) -> None:
    reading = read(f"{FRENCH}{total}\n")
    assert reading.rows.height == 2
    assert reading.problems["code"].to_list() == ["list-total-line"]


def test_a_customer_called_total_is_a_customer() -> None:
    reading = read(f"{FRENCH}C9;TotalEnergies;FA-9;31/01/2025;;10\nC8;Total SA;F8;31/01/2025;;1\n")
    assert reading.rows["name"].to_list()[2:] == ["TotalEnergies", "Total SA"]


# Workbooks

DAYS = (date(2025, 1, 31), date(2025, 3, 2), date(2025, 2, 15), date(2025, 3, 17))
HEADING = ["N° client", "Raison sociale", "Facture", "Date", "Échéance", "Montant TTC"]
SHEET = [
    HEADING,
    ["C1", "Établissements Morel", "FA-1", DAYS[0], DAYS[1], 1200],
    ["C2", "Œuvre & Cie", "FA-2", DAYS[2], DAYS[3], -600.5],
]


def test_a_workbook_has_real_dates_and_numbers() -> None:
    reading = read(workbooks.written(SHEET), "a.xlsx")
    assert_rows(reading.rows, READ)
    assert reading.format == "XLSX"


def test_a_workbook_may_have_titles_blank_lines_and_empty_columns() -> None:
    total = ["Total", "", "", "", "", 599.5]
    rows = [[], ["Balance"], [], *SHEET[:2], [None, None], *SHEET[2:], total]
    shifted = [[None, *row] for row in rows]
    reading = read(workbooks.written(shifted), "a.xlsx")
    assert reading.rows["line"].to_list() == [5, 7]  # as the spreadsheet numbers them
    assert reading.problems.select("line", "code").rows() == [(8, "list-total-line")]


def test_the_sheet_with_the_best_heading_is_read() -> None:
    content = workbooks.written([["Lisez-moi"], ["Client", "Montant"]], SHEET)
    assert read(content, "a.xlsx").rows.height == 2


def test_texts_of_a_workbook_are_read_as_those_of_a_text_list() -> None:
    texts = [HEADING, *(line.split(";") for line in FRENCH.splitlines()[1:])]
    assert_rows(read(workbooks.written(texts), "a.xlsx").rows, READ)


def test_codes_that_are_numbers_keep_no_decimal() -> None:
    rows = [["Client", "Facture", "Date", "Montant"], [4110012, 25001, DAYS[0], 10]]
    reading = read(workbooks.written(rows), "a.xlsx")
    assert reading.rows.select("customer", "document").rows() == [("4110012", "25001")]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),  # what the sheet shows, not what the machine computed
        (119.99999999999999, "120"),
        (1234.56, "1234.56"),
        (-0.01, "-0.01"),
        (1e15, "1000000000000000"),
        ("abc", "abc"),
        ("", ""),
        (date(2025, 1, 31), "2025-01-31"),
        (datetime(2025, 1, 31, tzinfo=UTC).replace(tzinfo=None), "2025-01-31"),
    ],
)
def test_a_cell_is_read_as_the_sheet_shows_it(cell: object, text: str) -> None:
    assert cell_text(cell) == text


# What holds of any list


LINES = st.lists(
    st.lists(
        st.sampled_from(["C1", "FA-1", "31/01/2025", "32/01/2025", "12,00", "x", "", "Total", '"']),
        min_size=1,
        max_size=6,
    ),
    max_size=8,
)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(LINES)
def test_rows_and_lines_set_aside_are_the_lines(lines: list[list[str]]) -> None:
    sound = "C9;FA-9;31/01/2025;28/02/2025;10,00\n" * len(lines)
    body = "".join(f"{';'.join(line)}\n" for line in lines)
    read(f"Client;Facture;Date;Échéance;Montant\n{sound}{body}")


def test_a_ledger_with_debit_and_credit_columns_gives_invoices_and_payments() -> None:
    """The running balance beside them is no amount still open."""
    text = (
        "Code client;Pièce;Date;Débit;Crédit;Solde\n"
        "C1;FA-1;31/01/2026;1 200,00;;1 200,00\n"
        "C1;VIR;28/02/2026;;500,00;700,00\n"
        "C1;AV-1;01/03/2026;0,00;100,00;600,00\n"
    )
    reading = read(text)
    rows = reading.rows.select("document", "kind", "amount_minor", "open_minor").rows()
    assert rows == [
        ("FA-1", None, 120_000, None),
        ("VIR", "règlement", -50_000, None),
        ("AV-1", None, -10_000, None),
    ]
    assert reading.problems.is_empty()
