"""The kinds of problem that a list of invoices, payments or customers can show, in words."""

from quittance.core.phrase import Phrase
from quittance.core.problems import Rule

SET_ASIDE = Phrase(
    "La ligne n'est pas comptée ; corrigez-la et relisez le fichier.",
    "The line is left out; mend it and read the file again.",
)
WORKBOOK = Rule(
    "list-workbook",
    "error",
    (),
    Phrase("ce fichier n'est pas un classeur XLSX lisible.", "not a readable XLSX workbook."),
    Phrase(
        "Un classeur XLSX contient au moins une feuille de données.",
        "An XLSX workbook holds at least one sheet of data.",
    ),
    Phrase("Réexportez la liste en XLSX ou en CSV.", "Export the list again as XLSX or CSV."),
)
OVERSIZED = Rule(
    "list-oversized",
    "error",
    ("rows", "columns"),
    Phrase(
        "une feuille va jusqu'à la ligne {rows} et à la colonne {columns}, ou le classeur est "
        "trop grand une fois ouvert.",
        "a sheet goes to line {rows} and column {columns}, or the workbook is too large once open.",
    ),
    Phrase(
        "Un classeur a au plus 40 millions de cases, les vides comprises.",
        "A workbook has at most 40 million cells, empty ones included.",
    ),
    Phrase(
        "Supprimez les cases isolées loin de la liste, ou exportez-la en CSV.",
        "Delete lone cells far from the list, or export it as CSV.",
    ),
)
UNKNOWN_LIST = Rule(
    "list-unknown",
    "error",
    ("found",),
    Phrase(
        "il manque une colonne nécessaire (non reconnues : {found}).",
        "a needed column is missing (not recognised: {found}).",
    ),
    Phrase(
        "Une liste de factures a au moins un client, un numéro ou une échéance, une date et un "
        "montant.",
        "A list of invoices has at least a customer, a number or a due date, a date and an amount.",
    ),
    Phrase(
        'Dites quelle colonne est laquelle, par exemple --map amount="Total TTC".',
        'Say which column is which, for instance --map amount="Total TTC".',
    ),
)
NAMELESS = Rule(
    "list-nameless",
    "error",
    ("count", "lines"),
    Phrase(
        "{count} ligne(s) sur {lines} sans client : ce n'est sans doute pas une liste de factures.",
        "{count} line(s) of {lines} without a customer: this is hardly a list of invoices.",
    ),
    Phrase("Chaque facture a un client.", "Each invoice has a customer."),
    Phrase(
        "Exportez une ligne par facture, avec le client sur chaque ligne.",
        "Export one line for each invoice, with the customer on every line.",
    ),
)
AMBIGUOUS = Rule(
    "list-ambiguous",
    "error",
    ("field", "headings", "found"),
    Phrase(
        "plusieurs colonnes pour {field} : {headings} (colonnes trouvées : {found}).",
        "several columns for {field}: {headings} (columns found: {found}).",
    ),
    Phrase("Chaque champ vient d'une seule colonne.", "Each field comes from a single column."),
    Phrase(
        'Choisissez avec --map {field}="colonne".',
        'Choose with --map {field}="column".',
    ),
)
NO_SUCH_FIELD = Rule(
    "list-no-such-field",
    "error",
    ("field", "heading", "known"),
    Phrase(
        "--map {field}={heading} : champ inconnu.",
        "--map {field}={heading}: no such field.",
    ),
    Phrase("Les champs sont : {known}.", "The fields are: {known}."),
    Phrase("Corrigez le nom du champ.", "Mend the name of the field."),
)
NO_SUCH_COLUMN = Rule(
    "list-no-such-column",
    "error",
    ("field", "heading", "found"),
    Phrase(
        "--map {field}={heading} : colonne absente ; colonnes trouvées : {found}.",
        "--map {field}={heading}: no such column; columns found: {found}.",
    ),
    Phrase("La colonne se nomme comme dans le fichier.", "The column is named as in the file."),
    Phrase("Corrigez le nom de la colonne.", "Mend the name of the column."),
)
WIDTH = Rule(
    "list-width",
    "error",
    ("fields", "expected", "start"),
    Phrase(
        "{fields} champs au lieu de {expected} : « {start} ».",
        "{fields} fields instead of {expected}: '{start}'.",
    ),
    Phrase(
        "Chaque ligne a autant de champs que l'en-tête.",
        "Each line has as many fields as the heading.",
    ),
    SET_ASIDE,
)
AMOUNT = Rule(
    "list-amount",
    "error",
    ("column", "found"),
    Phrase("{column} illisible : « {found} ».", "{column} unreadable: '{found}'."),
    Phrase(
        "Un montant s'écrit en chiffres, avec au plus les décimales de sa devise, "
        "et reste sous mille milliards.",
        "An amount is digits with at most its currency's decimals, below a thousand billion.",
    ),
    SET_ASIDE,
)
DATE = Rule(
    "list-date",
    "error",
    ("column", "found", "example"),
    Phrase("{column} illisible : « {found} ».", "{column} unreadable: '{found}'."),
    Phrase(
        "Une date existe au calendrier et s'écrit comme les autres de sa colonne : {example}.",
        "A date exists in the calendar and is written as the others of its column: {example}.",
    ),
    SET_ASIDE,
)
MISSING = Rule(
    "list-missing",
    "error",
    ("column",),
    Phrase("{column} absent.", "{column} missing."),
    Phrase(
        "Une facture a un client, une date et un montant.",
        "An invoice has a customer, a date and an amount.",
    ),
    SET_ASIDE,
)
TERMS = Rule(
    "list-terms",
    "error",
    ("found",),
    Phrase("conditions illisibles : « {found} ».", "unreadable terms: '{found}'."),
    Phrase(
        "Des conditions s'écrivent 30, 45 EOM, EOM 45, 30 EOM 10 ou 30% 15 + 70% 45.",
        "Terms are written 30, 45 EOM, EOM 45, 30 EOM 10 or 30% 15 + 70% 45.",
    ),
    Phrase(
        "Les conditions de tous s'appliquent à ce client ; corrigez la ligne.",
        "Everybody's terms apply to this customer; mend the line.",
    ),
)
TOTAL_LINE = Rule(
    "list-total-line",
    "warning",
    ("found",),
    Phrase("ligne de total laissée de côté : « {found} ».", "total line left out: '{found}'."),
    Phrase("Un total n'est pas une facture.", "A total is not an invoice."),
    Phrase("Rien à faire.", "Nothing to do."),
)
DAY_FIRST = Rule(
    "list-day-first",
    "warning",
    ("column", "found"),
    Phrase(
        "{column} : aucun jour après le 12, « {found} » est lu jour/mois.",
        "{column}: no day after the 12th, '{found}' is read as day/month.",
    ),
    Phrase(
        "Une date chiffrée peut se lire dans les deux ordres.",
        "A date in figures can be read in both orders.",
    ),
    Phrase(
        "Si le mois vient d'abord, exportez les dates en AAAA-MM-JJ.",
        "If the month comes first, export the dates as YYYY-MM-DD.",
    ),
)
