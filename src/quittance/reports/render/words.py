"""Every fixed word that the renderers add to a report, in both languages."""

from quittance.core.phrase import Phrase

# Dates and totals
POSITION_AT = Phrase("Situation au {date}", "Position at {date}")
TOTAL = Phrase("Total", "Total")
CURRENCY = Phrase("Devise", "Currency")
AMOUNTS_IN = Phrase("Montants en {currency}", "Amounts in {currency}")

# Key figures
FIGURES = Phrase("Chiffres clés", "Key figures")
FIGURE = Phrase("Indicateur", "Figure")
VALUE = Phrase("Valeur", "Value")
FORMULA = Phrase("Formule", "Formula")
COMMENT = Phrase("Commentaire", "Comment")
NOT_COMPUTABLE = Phrase("non calculable", "not computable")
YES = Phrase("oui", "yes")
NO = Phrase("non", "no")

# Units
DAYS_SHORT = Phrase("j", "d")

# Tables
ONE_ROW = Phrase("1 ligne", "1 row")
ROWS = Phrase("{count} lignes", "{count} rows")
NO_ROW = Phrase("Aucune ligne à présenter.", "No row to show.")
MORE_ROWS_TERMINAL = Phrase(
    "… et {count} autres lignes (option -o ou --format csv pour tout obtenir)",
    "… {count} more rows (use -o or --format csv)",
)
ONE_MORE_ROW_TERMINAL = Phrase(
    "… et 1 autre ligne (option -o ou --format csv pour tout obtenir)",
    "… 1 more row (use -o or --format csv)",
)
ROWS_LEFT_OUT = Phrase(
    "Cette page présente les {shown} premières lignes sur {count} ; "
    "les exports CSV et XLSX les contiennent toutes. Les totaux portent sur l'ensemble.",
    "This page shows the first {shown} of {count} rows; "
    "the CSV and XLSX exports hold them all. The totals cover every row.",
)
COLUMN_HINTS = Phrase("Définition des colonnes", "What the columns hold")
SHOW_MORE_ROWS = Phrase("Afficher les {count} lignes suivantes", "Show the next {count} rows")
TABLE_OF = Phrase("Tableau : {title}", "Table: {title}")
CONTINUED = Phrase("suite des colonnes", "columns continued")

# Notes
NOTES = Phrase("Hypothèses et remarques", "Assumptions and notes")

# Problems
PROBLEMS = Phrase("Anomalies relevées", "Problems found")
PROBLEMS_COUNTED = Phrase("Anomalies relevées : {counts}", "Problems found: {counts}")
ONE_ERROR = Phrase("1 erreur", "1 error")
ERRORS = Phrase("{count} erreurs", "{count} errors")
ONE_WARNING = Phrase("1 avertissement", "1 warning")
WARNINGS = Phrase("{count} avertissements", "{count} warnings")
ONE_LINE_SET_ASIDE = Phrase("1 ligne écartée", "1 line set aside")
LINES_SET_ASIDE = Phrase("{count} lignes écartées", "{count} lines set aside")
MORE_PROBLEMS = Phrase(
    "… et {count} de plus : quittance problems", "… and {count} more: quittance problems"
)
SEVERITY_ERROR = Phrase("Erreur", "Error")
SEVERITY_WARNING = Phrase("Avertissement", "Warning")
FILE = Phrase("Fichier", "File")
LINE = Phrase("Ligne", "Line")
LINES = Phrase("Lignes écartées", "Lines set aside")
CODE = Phrase("Code", "Code")
SEVERITY = Phrase("Gravité", "Severity")
FOUND = Phrase("Constat", "Found")
RULE = Phrase("Règle", "Rule")
REMEDY = Phrase("Remède", "Remedy")

SHOW_MORE_PROBLEMS = Phrase("Afficher les {count} suivantes", "Show the next {count}")
FILES_SET_ASIDE = Phrase(
    "Rien n'est corrigé ni deviné : une ligne écartée n'entre dans aucun montant.",
    "Nothing is mended or guessed: a line set aside is in no amount.",
)

# Page
CONTENTS = Phrase("Sommaire", "Contents")
SKIP_TO_CONTENT = Phrase("Aller au contenu", "Skip to content")
MADE_BY = Phrase("Établi avec Quittance {version}", "Made with Quittance {version}")

# Workbook
SUMMARY = Phrase("Synthèse", "Summary")

# Charts
CHART_VALUE = Phrase("{label} : {value}", "{label}: {value}")
CHART_SERIES = Phrase("{series} — {values}", "{series} — {values}")
NO_VALUE = Phrase("sans valeur", "no value")
NOTHING_TO_DRAW = Phrase("Aucune donnée à représenter", "Nothing to draw")

MONTHS = (
    Phrase("janv.", "Jan"),
    Phrase("févr.", "Feb"),
    Phrase("mars", "Mar"),
    Phrase("avr.", "Apr"),
    Phrase("mai", "May"),
    Phrase("juin", "Jun"),
    Phrase("juil.", "Jul"),
    Phrase("août", "Aug"),
    Phrase("sept.", "Sep"),
    Phrase("oct.", "Oct"),
    Phrase("nov.", "Nov"),
    Phrase("déc.", "Dec"),
)
