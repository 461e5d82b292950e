"""The suppliers: who sells the luminaires, and who sends the bills every company gets."""

from dataclasses import dataclass

from generator.identifiers import party_iban

# code | name | town | country | terms | weight in the purchases of goods
GOODS = """
F001|Luminaires Ardéchois|07000 Privas|FR|30|18
F002|Verrerie des Monts|42120 Le Coteau|FR|30|9
F003|Leuchtenwerk Südheim GmbH|72072 Tübingen|DE|30|14
F004|Optoled Distribution|92000 Nanterre|FR|45|16
F005|Câbles & Gaines du Forez|42600 Montbrison|FR|30|8
F006|Éclairage Technique Savoie|73200 Albertville|FR|45|10
F007|Fonderie d'Art Mercier|69220 Belleville|FR|30|5
F008|Abat-jour des Cévennes|30170 Ganges|FR|30|4
F009|Transfos de l'Isère|38500 Voiron|FR|45|6
F010|Lichttechnik Innsbruck|6020 Innsbruck|AT|30|5
F011|Profilés Alu du Jura|39100 Dole|FR|45|5
"""

# code | name | town | terms | account | amount a month without VAT | VAT percent |
# day of the invoice | every n months | direct debit?
REGULAR = """
F020|SCI du Quai Perrache|69002 Lyon|5|613200|6900|20|1|1|
F021|Énergie Rhodanienne|69003 Lyon|14|606100|1450|20|8|1|yes
F022|Mutuelle du Confluent Assurances|69002 Lyon|15|616000|4050|0|2|3|yes
F023|Saône Location Véhicules|69400 Gleizé|10|613500|2350|20|3|1|yes
F024|Télécom Presqu'île|69002 Lyon|15|626000|720|20|6|1|yes
F025|Cabinet Duroc Expertise comptable|69006 Lyon|30|622600|1650|20|28|1|
F026|Transports Rapides Bressans|01000 Bourg-en-Bresse|30|624100|1850|20|15|1|
F026|Transports Rapides Bressans|01000 Bourg-en-Bresse|30|624100|1850|20|30|1|
F027|Cartes Carburant Pro|92400 Courbevoie|10|606130|2200|20|30|1|yes
F028|Agence Clair Matin|69001 Lyon|45|623000|1500|20|20|1|
F029|Pose & Montage Rhône|69120 Vaulx-en-Velin|30|611000|2900|20|12|1|
F029|Pose & Montage Rhône|69120 Vaulx-en-Velin|30|611000|2900|20|27|1|
F030|Nettoyage Brillance|69100 Villeurbanne|30|615000|620|20|25|1|
F031|Papeterie Bellevue|69007 Lyon|30|606400|260|20|18|1|
F032|Maintenance Chariots Lyonnais|69190 Saint-Fons|30|615000|1140|20|10|3|
"""


@dataclass(frozen=True)
class Supplier:
    """One supplier; a weight of 0 means that it sells no goods for resale."""

    code: str
    name: str
    postcode: str
    town: str
    country: str
    terms: str
    weight: int
    iban: str


@dataclass(frozen=True)
class Contract:
    """A bill that comes back every `every` months."""

    supplier: Supplier
    account: str
    net: int
    vat_percent: int
    day: int
    every: int
    direct_debit: bool


def read_supplier(code: str, name: str, place: str, country: str, *rest: str) -> Supplier:
    """A supplier; `rest` is its terms and its weight."""
    terms, weight = rest
    postcode, _, town = place.partition(" ")
    iban = party_iban(code, country)
    return Supplier(code, name, postcode, town, country, terms, int(weight), iban)


def read_contract(row: str) -> Contract:
    """One row of the table of regular bills."""
    code, name, place, terms, account, net, vat, day, every, debit = row.split("|")
    supplier = read_supplier(code, name, place, "FR", terms, "0")
    return Contract(
        supplier, account, int(net) * 100, int(vat), int(day), int(every), debit == "yes"
    )


GOODS_SUPPLIERS = tuple(read_supplier(*row.split("|")) for row in GOODS.strip().splitlines())
CONTRACTS = tuple(read_contract(row) for row in REGULAR.strip().splitlines())
VAN_DEALER = read_supplier("F040", "Utilitaires de l'Est", "69680 Chassieu", "FR", "30", "0")
SUPPLIERS = {
    supplier.code: supplier
    for supplier in (*GOODS_SUPPLIERS, *(c.supplier for c in CONTRACTS), VAN_DEALER)
}
