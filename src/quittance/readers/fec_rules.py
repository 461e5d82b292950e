"""The kinds of problem that an accounting entries file (FEC) can show, in words.

Rules of the format: LPF art. A47 A-1; BOI-CF-IOR-60-40-20.
"""

from quittance.core.phrase import Phrase
from quittance.core.problems import Rule

ARTICLE = "LPF art. A47 A-1"
SET_ASIDE = Phrase(
    "Réexportez la période ; en attendant, l'écriture n'est pas comptée.",
    "Export the period again; until then the entry is left out.",
)

HEADER = Rule(
    "fec-header",
    "error",
    ("found",),
    Phrase(
        "la première ligne ne porte pas les noms de colonnes d'un FEC : « {found} ».",
        "the first line does not hold the column names of a FEC: '{found}'.",
    ),
    Phrase(
        f"Un FEC commence par les noms de ses 18 colonnes ({ARTICLE}).",
        f"A FEC starts with the names of its 18 columns ({ARTICLE}).",
    ),
    Phrase(
        "Réexportez le fichier avec sa ligne d'en-tête.",
        "Export the file again with its heading line.",
    ),
)
ESSENTIAL_COLUMNS = Rule(
    "fec-essential-columns",
    "error",
    ("missing", "found"),
    Phrase(
        "il manque {missing} ; colonnes trouvées : {found}.",
        "{missing} missing; columns found: {found}.",
    ),
    Phrase(
        f"Sans le journal, la date, le compte et les montants, rien ne peut être lu ({ARTICLE}).",
        f"Without journal, date, account and amounts nothing can be read ({ARTICLE}).",
    ),
    Phrase(
        "Réexportez le FEC complet depuis le logiciel comptable.",
        "Export the complete FEC from the accounting program.",
    ),
)
MISSING_COLUMNS = Rule(
    "fec-missing-columns",
    "error",
    ("missing",),
    Phrase("colonnes absentes : {missing}.", "missing columns: {missing}."),
    Phrase(f"Un FEC a 18 colonnes ({ARTICLE}).", f"A FEC has 18 columns ({ARTICLE})."),
    Phrase(
        "Le reste est lu ; réexportez le fichier complet avant un contrôle fiscal.",
        "The rest is read; export the complete file before a tax audit.",
    ),
)
WIDTH = Rule(
    "fec-width",
    "error",
    ("fields", "expected", "start"),
    Phrase(
        "{fields} champs au lieu de {expected} : « {start} ».",
        "{fields} fields instead of {expected}: '{start}'.",
    ),
    Phrase(
        f"Chaque ligne d'un FEC a autant de champs que l'en-tête ({ARTICLE}).",
        f"Each line of a FEC has as many fields as the heading ({ARTICLE}).",
    ),
    Phrase(
        "Cherchez un séparateur ou un retour à la ligne dans un libellé, ou un fichier coupé, "
        "et réexportez.",
        "Look for a separator or a line break inside a label, or a file cut short, "
        "and export again.",
    ),
)
AMOUNT = Rule(
    "fec-amount",
    "error",
    ("debit", "credit"),
    Phrase(
        "montant illisible : débit « {debit} », crédit « {credit} ».",
        "unreadable amount: debit '{debit}', credit '{credit}'.",
    ),
    Phrase(
        "Un montant s'écrit en chiffres avec une virgule, sans séparateur de milliers, "
        f"et reste sous mille milliards ({ARTICLE}).",
        "An amount is digits with a decimal comma, no thousands separator, "
        f"and below a thousand billion ({ARTICLE}).",
    ),
    SET_ASIDE,
)
AMOUNT_MISSING = Rule(
    "fec-amount-missing",
    "error",
    (),
    Phrase("ni débit ni crédit.", "neither debit nor credit."),
    Phrase(
        f"Chaque ligne porte un débit ou un crédit ({ARTICLE}).",
        f"Each line carries a debit or a credit ({ARTICLE}).",
    ),
    SET_ASIDE,
)
SENSE = Rule(
    "fec-sense",
    "error",
    ("found",),
    Phrase("sens « {found} » inconnu.", "unknown side '{found}'."),
    Phrase(
        f"Le sens est D ou C, ou +1 ou -1 ({ARTICLE}).",
        f"The side is D or C, or +1 or -1 ({ARTICLE}).",
    ),
    SET_ASIDE,
)
DATE = Rule(
    "fec-date",
    "error",
    ("found",),
    Phrase("date d'écriture illisible : « {found} ».", "unreadable entry date: '{found}'."),
    Phrase(
        f"Une date s'écrit AAAAMMJJ et existe au calendrier ({ARTICLE}).",
        f"A date is written YYYYMMDD and exists in the calendar ({ARTICLE}).",
    ),
    SET_ASIDE,
)
ACCOUNT = Rule(
    "fec-account",
    "error",
    ("found",),
    Phrase("numéro de compte « {found} ».", "account number '{found}'."),
    Phrase(
        f"Les trois premiers caractères d'un compte sont des chiffres du PCG ({ARTICLE}).",
        f"The first three characters of an account are digits of the chart ({ARTICLE}).",
    ),
    SET_ASIDE,
)
UNBALANCED = Rule(
    "fec-entry-unbalanced",
    "error",
    ("journal", "entry", "debit", "credit"),
    Phrase(
        "journal {journal}, écriture {entry} : débit {debit} et crédit {credit} diffèrent.",
        "journal {journal}, entry {entry}: debit {debit} and credit {credit} differ.",
    ),
    Phrase(
        f"Une écriture du FEC est équilibrée ({ARTICLE}).", f"A FEC entry balances ({ARTICLE})."
    ),
    SET_ASIDE,
)
INCOMPLETE = Rule(
    "fec-entry-incomplete",
    "error",
    ("journal", "entry", "count"),
    Phrase(
        "journal {journal}, écriture {entry} : {count} autre(s) ligne(s) d'une écriture dont une "
        "ligne est illisible.",
        "journal {journal}, entry {entry}: {count} more line(s) of an entry that has an "
        "unreadable line.",
    ),
    Phrase(
        "Une écriture se lit entière ou pas du tout.",
        "An entry is read whole or not at all.",
    ),
    SET_ASIDE,
)
POINT_DECIMAL = Rule(
    "fec-point-decimal",
    "warning",
    ("count", "found"),
    Phrase(
        "{count} ligne(s) avec un point décimal, la première « {found} ».",
        "{count} line(s) with a decimal point, the first '{found}'.",
    ),
    Phrase(f"Le séparateur décimal est la virgule ({ARTICLE}).",
           f"The decimal mark is a comma ({ARTICLE})."),
    Phrase("Les montants sont lus ; corrigez l'export.", "The amounts are read; mend the export."),
)  # fmt: skip
OTHER_DATES = Rule(
    "fec-other-dates",
    "warning",
    ("count", "column", "found"),
    Phrase(
        "{count} ligne(s) dont {column} n'est pas AAAAMMJJ, la première « {found} ».",
        "{count} line(s) whose {column} is not YYYYMMDD, the first '{found}'.",
    ),
    Phrase(f"Une date s'écrit AAAAMMJJ ({ARTICLE}).", f"A date is written YYYYMMDD ({ARTICLE})."),
    Phrase("Les dates sont lues ; corrigez l'export.", "The dates are read; mend the export."),
)
NEGATIVE = Rule(
    "fec-negative",
    "warning",
    ("count", "found"),
    Phrase(
        "{count} ligne(s) avec un montant négatif, la première « {found} ».",
        "{count} line(s) with a negative amount, the first '{found}'.",
    ),
    Phrase(f"Les montants d'un FEC sont positifs ({ARTICLE}).",
           f"The amounts of a FEC are positive ({ARTICLE})."),
    Phrase(
        "Lu comme une contre-passation : un débit négatif est un crédit.",
        "Read as a reversal: a negative debit is a credit.",
    ),
)  # fmt: skip
BOTH_SIDES = Rule(
    "fec-both-sides",
    "warning",
    ("count", "debit", "credit"),
    Phrase(
        "{count} ligne(s) avec un débit et un crédit, la première {debit} et {credit}.",
        "{count} line(s) with a debit and a credit, the first {debit} and {credit}.",
    ),
    Phrase(f"L'un des deux montants est nul ({ARTICLE}).",
           f"One of the two amounts is zero ({ARTICLE})."),
    Phrase("Les deux montants sont comptés.", "Both amounts are counted."),
)  # fmt: skip
SIDE_DATE = Rule(
    "fec-side-date",
    "warning",
    ("column", "count", "found"),
    Phrase(
        "{column} illisible sur {count} ligne(s), la première « {found} ».",
        "{column} unreadable on {count} line(s), the first '{found}'.",
    ),
    Phrase(f"Une date s'écrit AAAAMMJJ ({ARTICLE}).", f"A date is written YYYYMMDD ({ARTICLE})."),
    Phrase("La date de l'écriture sert à sa place.", "The date of the entry is used in its place."),
)
DAMAGED = Rule(
    "fec-damaged-text",
    "warning",
    ("count", "found"),
    Phrase(
        "{count} ligne(s) avec un caractère illisible, la première « {found} ».",
        "{count} line(s) with an unreadable character, the first '{found}'.",
    ),
    Phrase(
        f"Le fichier est en ASCII, ISO 8859-15 ou UTF-8 d'un bout à l'autre ({ARTICLE}).",
        f"The file is ASCII, ISO 8859-15 or UTF-8 throughout ({ARTICLE}).",
    ),
    Phrase(
        "Les montants sont comptés ; réexportez pour retrouver les noms.",
        "The amounts are counted; export again to get the names back.",
    ),
)
SPELLING = Rule(
    "fec-header-spelling",
    "warning",
    ("found", "read_as"),
    Phrase("colonne « {found} » lue comme {read_as}.", "column '{found}' read as {read_as}."),
    Phrase(f"Les noms de colonnes sont fixés ({ARTICLE}).",
           f"The column names are fixed ({ARTICLE})."),
    Phrase("Rien à faire ici ; signalez-le à l'éditeur du logiciel.",
           "Nothing to do here; tell the maker of the program."),
)  # fmt: skip
NAME_SIREN = Rule(
    "fec-name-siren",
    "warning",
    ("found",),
    Phrase(
        "le nom du fichier porte le SIREN {found}, dont la clé est fausse.",
        "the file name carries the SIREN {found}, whose check digit is wrong.",
    ),
    Phrase(f"Un FEC se nomme SIRENFECAAAAMMJJ ({ARTICLE}).",
           f"A FEC is named SIRENFECYYYYMMDD ({ARTICLE})."),
    Phrase("Le contenu est lu ; vérifiez de quelle société il s'agit.",
           "The content is read; check which company it is."),
)  # fmt: skip
NAME_PERIOD = Rule(
    "fec-name-period",
    "warning",
    ("announced", "first", "last"),
    Phrase(
        "le nom annonce une clôture au {announced}, les écritures vont du {first} au {last}.",
        "the name announces a closing on {announced}, the entries run from {first} to {last}.",
    ),
    Phrase(f"Un FEC se nomme SIRENFECAAAAMMJJ, date de clôture ({ARTICLE}).",
           f"A FEC is named SIRENFECYYYYMMDD, the closing date ({ARTICLE})."),
    Phrase("Le contenu fait foi ; vérifiez que c'est le bon exercice.",
           "The content is what counts; check that it is the right year."),
)  # fmt: skip
