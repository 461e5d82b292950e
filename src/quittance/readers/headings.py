"""The usual French and English headings of invoice, payment and customer lists.

A heading is compared without case, accents, spaces or punctuation. Each field has its headings in
order of preference: when a list has two columns for one field, the better ranked is taken, and two
of the same rank are an ambiguity that a person settles with `--map field=heading`.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

# Per field, ranks of equivalent headings, the most precise first.
HEADINGS: dict[str, tuple[str, ...]] = {
    "key": ("id",),
    "customer": (
        "codeclient codetiers numeroclient noclient nclient compteclient compteauxiliaire "
        "compauxnum customerid customercode customernumber customerno accountnumber clientid "
        "codecompte ncompte numerodeclient refclient referenceclient refduclient codeduclient "
        "reftiers customerref customerreference clientref",
        "client tiers customer debtor debiteur",
        "compte comptetiers account",
        "code",
    ),
    "name": (
        "nomclient raisonsociale nomduclient customername libelleclient intituleclient compauxlib "
        "intitulecompte libelletiers customerfullname intituleducompte raisonsoc rsociale "
        "nomtiers",
        "nom name intitule company societe denomination",
        "contactname",  # the contact's, where another column names the customer
    ),
    "document": (
        "numerofacture nofacture nfacture facture numerodefacture invoicenumber invoiceno "
        "invnumber numfacture invoice referencefacture documentnumber documentno docno facturen "
        "ndefacture",
        "numeropiece npiece ndepiece nopiece piece pieceref document numero number no num",
        "reference ref",
    ),
    "issue_date": (
        "datefacture datedefacture dateemission datedemission invoicedate issuedate "
        "datedefacturation datefact emisele emisle factureele facturele dateemis issuedon "
        "invoicedon",
        "datepiece documentdate postingdate transdate datecomptable dateecriture",
        "date",
    ),
    "due_date": (
        "dateecheance datedecheance duedate echeance echeancele dateech apayerle payablele "
        "areglerle apayeravantle datelimitedepaiement dateexigibilite dueon payby",
        "due ech datelimite paymentdue",
    ),
    "amount": (
        "montantttc ttc totalttc amountinclvat grossamount totalinclvat netapayer montantfacture "
        "invoiceamount amounttc",
        "montant amount total",
        "debit",
    ),
    "credit": ("credit",),  # beside a debit: the movements of a ledger
    "open_amount": (
        "resteapayer restedu soldedu montantdu montantrestant reste restant openamount "
        "outstandingamount amountdue outstanding residual balancedue openbalance restantdu "
        "montantrestantdu soldeouvert amountoutstanding",
        "solde balance encours",
    ),
    "paid_amount": (
        "dejaregle dejapaye montantregle montantpaye regle paye paidamount amountpaid paid "
        "acompte alreadypaid",
    ),
    "currency": ("devise currency curr codedevise monnaie currencycode",),
    "kind": ("typepiece typedocument documenttype type nature typedepiece",),
    "payment_date": (
        "datereglement datedereglement datepaiement datedepaiement paymentdate paydate "
        "settleddate paidon dateencaissement datedencaissement reglele payele",
    ),
    "invoice_key": ("invoiceid idfacture factureid",),
    "terms": (
        "conditions conditionsdereglement conditiondereglement paymentterms terms "
        "delai delaidereglement delaidepaiement",
    ),
    "customer_kind": ("typeclient typedeclient customertype customerkind",),
    "siren": ("siren nsiren numerosiren numerodesiren",),
    "siret": ("siret nsiret numerosiret numerodesiret",),
    "vat": (
        "vatnumber vat vatno vatid taxid numerotva ntva notva numtva numerodetva idtva tvaintra "
        "tvaintracom tvaintracommunautaire ntvaintra ntvaintracom ntvaintracommunautaire "
        "numerotvaintra numerotvaintracommunautaire numerodetvaintracommunautaire "
        "ndetvaintracommunautaire ndetva identifianttva nidentifiant",
    ),
    "iban": ("iban ibanclient codeiban numeroiban compteiban",),
    "country": (
        "codepays countrycode paysiso codepaysfacturation",
        "pays country paysfacturation paysdefacturation billingcountry",
    ),
    "language": ("langue language lang codelangue locale",),
    "segment": (
        "segment segmentclient customersegment segmentation",
        "categorie categorieclient category customercategory",
        "famille familleclient familleclients famillesclients codefamille secteur industry",
    ),
    "group": (
        "groupe groupeclient groupedeclients group customergroup maisonmere societemere "
        "parentcompany",
    ),
    "collector": (
        "emailchargederecouvrement collectoremail",
        "chargederecouvrement chargerecouvrement recouvreur gestionnairerecouvrement collector "
        "creditcontroller gestionnairecredit",
        "gestionnaire",
    ),
    "salesperson": (
        "emailcommercial emailducommercial salespersonemail",
        "commercial commerciaux vendeur representant nomrepresentant nomducommercial salesperson "
        "salesrep accountmanager",
    ),
    "contact_name": (
        "contact nomcontact nomducontact contactprincipal interlocuteur correspondant "
        "contactperson maincontact primarycontact contactlastname personneacontacter",
    ),
    "contact_first_name": ("prenomcontact prenomducontact contactfirstname", "prenom firstname"),
    "contact_role": (
        "fonctioncontact fonctionducontact contactrole roleducontact contactfunction",
        "fonction role postefonction jobtitle jobposition",
    ),
    "email": (
        "emailcontact emailducontact contactemail mailcontact emailfacturation "
        "emaildefacturation billingemail emailcontactfacturation emailcomptabilite",
        "email mail courriel adressemail adresseemail emailaddress emails",
    ),
    "phone": (
        "telephonecontact telephoneducontact contactphone telcontact",
        "telephone tel phone phonenumber telephonefixe telfixe numerodetelephone ntelephone "
        "telephone1 tel1 telephonefixecontactfacturation",
    ),
    "mobile": (
        "mobile portable telephoneportable telportable telephonemobile mobilephone gsm "
        "telephoneportablecontactfacturation",
    ),
    "address": (
        "adressefacturation adressedefacturation billingaddress adresse1facturation "
        "billingstreet",
        "adresse address rue street adresse1 address1 street1 adresseligne1 addressline1",
    ),
    "address_more": (
        "adresse2 address2 street2 rue2 adresseligne2 addressline2 complement "
        "complementadresse complementdadresse adresse2facturation",
    ),
    "postcode": (
        "codepostalfacturation codepostaldefacturation billingzip billingpostcode",
        "codepostal cp postcode postalcode zip zipcode",
    ),
    "city": (
        "villefacturation villedefacturation billingcity",
        "ville city town localite commune",
    ),
}  # fmt: skip
KNOWN = {
    word: (field, rank)
    for field, ranks in HEADINGS.items()
    for rank, words in enumerate(ranks)
    for word in words.split()
}
MINOR_SUFFIX = re.compile(r"(?:cents|centimes|minor)$")
UNIT_SUFFIX = re.compile(r"(?:cents|centimes|minor|eur|euros)$")


@dataclass(frozen=True)
class Mapping:
    """Which heading holds which field, and the fields that several headings could hold."""

    columns: dict[str, str]  # field → heading
    ambiguous: dict[str, tuple[str, ...]]  # field → headings of the same rank
    minor: frozenset[str]  # fields already in minor units (amount_cents)


def bare(heading: str) -> str:
    """A heading without case, accents, spaces or punctuation.

    >>> bare("N° facture"), bare("Date d'échéance")
    ('nfacture', 'datedecheance')
    """
    plain = unicodedata.normalize("NFKD", heading.replace("°", "")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]", "", plain.decode().lower())


def mapped(headings: Sequence[str], declared: dict[str, str]) -> Mapping:
    """The mapping of a list's headings; what a person declared comes first."""
    candidates: dict[str, list[tuple[int, str]]] = {}
    for heading in headings:
        known = KNOWN.get(stem_of(heading))
        if known and heading not in declared.values():
            candidates.setdefault(known[0], []).append((known[1], heading))
    columns, ambiguous = dict(declared), {}
    for field, found in candidates.items():
        best = min(rank for rank, _ in found)
        named = tuple(dict.fromkeys(heading for rank, heading in found if rank == best))
        if field in columns:
            continue
        if len(named) > 1:
            ambiguous[field] = named
        columns[field] = named[0]
    two_sided(columns, declared)
    if "contact_name" not in columns:
        columns |= of_contact(headings, columns)
    minor = frozenset(f for f, h in columns.items() if MINOR_SUFFIX.search(bare(h)))
    return Mapping(columns, ambiguous, minor)


def fields_of(headings: Sequence[str]) -> set[str]:
    """The different fields that the headings of a line name."""
    return {KNOWN[word][0] for word in map(stem_of, headings) if word in KNOWN}


def two_sided(columns: dict[str, str], declared: Collection[str]) -> None:
    """Keep a credit column only beside a debit one; a balance beside them runs line by line."""
    if bare(columns.get("amount", "")) != "debit":
        columns.pop("credit", None)
    elif "credit" in columns and "open_amount" not in declared:
        columns.pop("open_amount", None)


def of_contact(headings: Sequence[str], columns: dict[str, str]) -> dict[str, str]:
    """The column called *contact name*, where it is not the one that names the customer."""
    taken = set(columns.values())
    found = [one for one in headings if bare(one) == "contactname" and one not in taken]
    return {"contact_name": found[0]} if found else {}


def unrecognised(headings: Sequence[str], mapping: Mapping) -> list[str]:
    """The headings that no field of a mapping has and that name none by themselves."""
    taken = set(mapping.columns.values())
    return [one for one in headings if one not in taken and stem_of(one) not in KNOWN]


def score(headings: Sequence[str]) -> int:
    """How many different fields the headings of a line name."""
    return len(fields_of(headings))


def stem_of(heading: str) -> str:
    """The heading as `KNOWN` has it, without a suffix that only states the unit."""
    word = bare(heading)
    return word if word in KNOWN else UNIT_SUFFIX.sub("", word)
