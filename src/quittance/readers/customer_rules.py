"""The kinds of problem that the fields of a list of customers can show, in words."""

from quittance.core.phrase import Phrase
from quittance.core.problems import Rule

REST_IS_READ = Phrase(
    "Cette valeur n'est pas lue, le reste de la ligne l'est ; corrigez-la, ici ou sur la fiche.",
    "This value is not read, the rest of the line is; mend it, here or on the customer's card.",
)
UNREADABLE = Rule(
    "list-identifier",
    "error",
    ("cause_fr", "cause_en"),
    Phrase("{cause_fr}", "{cause_en}"),
    Phrase(
        "Identifiants et coordonnées sont vérifiés comme à l'écran.",
        "Identifiers and addresses are checked as they are on the screens.",
    ),
    REST_IS_READ,
)
CONTRADICTION = Rule(
    "list-contradiction",
    "error",
    ("cause_fr", "cause_en"),
    Phrase("{cause_fr}", "{cause_en}"),
    Phrase(
        "Le SIREN, le SIRET et le n° de TVA d'un client sont ceux d'une même entreprise.",
        "The SIREN, SIRET and VAT number of a customer are those of one company.",
    ),
    Phrase(
        "Le SIREN est gardé, l'autre numéro non ; corrigez la ligne.",
        "The SIREN is kept, the other number is not; mend the line.",
    ),
)
POSTCODE = Rule(
    "list-postcode",
    "warning",
    ("cause_fr", "cause_en"),
    Phrase("{cause_fr}", "{cause_en}"),
    Phrase(
        "Un code postal s'écrit comme dans son pays.",
        "A postal code is written as its country does.",
    ),
    Phrase(
        "L'adresse est gardée telle quelle ; vérifiez-la.",
        "The address is kept as it stands; check it.",
    ),
)
LANGUAGE = Rule(
    "list-language",
    "error",
    ("column", "found", "known"),
    Phrase("{column} : « {found} » n'est pas proposé.", "{column}: '{found}' is not offered."),
    Phrase("Les langues sont : {known}.", "The languages are: {known}."),
    REST_IS_READ,
)
LONG = Rule(
    "list-long",
    "error",
    ("column", "count", "most"),
    Phrase(
        "{column} : {count} caractères, au plus {most}.",
        "{column}: {count} characters, at most {most}.",
    ),
    Phrase("Chaque champ a une longueur.", "Each field has a length."),
    REST_IS_READ,
)
