"""The customers: terms, weight, and the way each of them pays."""

from dataclasses import dataclass

from generator.identifiers import party_iban

# code | name | town | kind | terms | turnover k€ a year | invoices a year | habit | means |
# days of the month on which it pays | share of invoices at 10 % VAT, in percent
TABLE = """
C001|Hôtels Bellecour|69002 Lyon|entreprise|30|330|72|deteriorating|VIR|10,25|0
C002|Entreprise Générale Montchat|69003 Lyon|entreprise|45 EOM|290|66|slow|VIR|10,20,30|0
C003|Rhône Agencement & Décor|69100 Villeurbanne|entreprise|60|262|62|hard|VIR|15,30|0
C004|Électricité Guillotière|69007 Lyon|entreprise|30 EOM 10|228|80|punctual|LCR||0
C005|Promotion Confluence|69002 Lyon|entreprise|45 EOM|205|40|late|VIR|10,25|0
C006|Magasins Le Cèdre|38000 Grenoble|entreprise|30|186|58|hard|VIR|5,20|0
C007|Atelier Jouvence Architectes|69001 Lyon|entreprise|30|165|46|very_slow|VIR|15,30|0
C008|CHU des Trois-Rivières|42000 Saint-Étienne|public|50|152|42|public|VIR||0
C009|Scénographies du Rhône|69009 Lyon|entreprise|30|140|44|very_slow|VIR|30|0
C010|Résidences Les Terrasses|74000 Annecy|entreprise|30 EOM 10|122|30|late|VIR|10,25|10
C011|Brunel Électricité|73000 Chambéry|entreprise|30 EOM 10|74|34|punctual|LCR||0
C012|Mairie de Valmont-sur-Azergues|69380 Valmont-sur-Azergues|public|30|70|20|public|VIR||0
C013|Bistrots Réunis|69006 Lyon|entreprise|30|60|30|very_slow|VIR|15,30|0
C014|L'Atelier d'Hélène|71000 Mâcon|entreprise|30|54|32|plus_8|VIR||0
C015|SARL "Le Petit Bouchon"|69005 Lyon|entreprise|30|20|14|slow|CHQ||0
C016|Cuisines Ravier|01000 Bourg-en-Bresse|entreprise|30|52|26|punctual|VIR|30|0
C017|Garage Vuillermoz & Fils|01100 Oyonnax|entreprise|30|16|12|plus_8|CHQ||0
C018|Lycée Claudius-Perrin|38200 Vienne|public|30|50|14|public|VIR||0
C019|Pharmacies du Parc|69006 Lyon|entreprise|30|42|22|discount|VIR||0
C020|Ferronnerie d'Art Chazelle|69170 Tarare|entreprise|60|48|20|hard|VIR|15,30|0
C021|Optique Saint-Jean|69005 Lyon|entreprise|30|32|20|plus_8|VIR||0
C022|Domaine de la Croix-Blanche|69400 Villefranche|entreprise|30 EOM 10|44|18|slow|VIR|10|0
C023|Maçonnerie Da Silva|69200 Vénissieux|entreprise|30|34|22|slow|VIR||0
C024|Boulangeries Fontanel|69004 Lyon|entreprise|30|28|24|plus_8|CHQ||0
C025|Théâtre des Pentes|69001 Lyon|entreprise|30|40|18|very_slow|VIR|15|0
C026|Clinique Vétérinaire de l'Ouest|69130 Écully|entreprise|30|20|16|punctual|VIR||0
C027|Cinémas Lux & Cie|69008 Lyon|entreprise|30|52|24|hard|VIR|10,25|0
C028|Cave des Pierres Grises|69210 L'Arbresle|entreprise|30|24|16|punctual|CHQ||0
C029|Bureau d'études Ohm-Lumen|38000 Grenoble|entreprise|60|34|16|plus_8|VIR|30|0
C030|Immobilière Saône-Azur|69009 Lyon|entreprise|45 EOM|42|18|slow|VIR|15,30|15
C031|Menuiserie Perrachon|69770 Montrottier|entreprise|30|18|14|plus_8|CHQ||0
C032|Fleurs & Lumières|21000 Dijon|entreprise|30|0|0|plus_8|VIR||0
C033|Galerie Œil-de-Bœuf|69001 Lyon|entreprise|30|16|12|slow|VIR||0
C034|Spa Thermal des Alpes|73100 Aix-les-Bains|entreprise|30 EOM 10|38|16|punctual|LCR||0
C035|Transports Thévenet|69800 Saint-Priest|entreprise|30|24|16|plus_8|VIR||0
C036|Hôtel-Restaurant Au Vieux Moulin|01800 Pérouges|entreprise|30|22|14|slow|CHQ||0
C037|Fondation Ateliers de Soie|69004 Lyon|entreprise|30|26|12|punctual|VIR||0
C038|Coiffure Élégance|69003 Lyon|entreprise|30|7|10|punctual|CHQ||0
C039|École de danse Arabesque|69008 Lyon|entreprise|30|8|10|plus_8|CHQ||0
C040|Cabinet Morestel Syndic|69006 Lyon|entreprise|30|32|22|plus_8|VIR|5,20|85
C041|Concept Stores Nacre|69002 Lyon|entreprise|60|46|20|very_slow|VIR|30|0
C042|M. Théodore Vasseur|69110 Sainte-Foy-lès-Lyon|particulier|30|3|4|punctual|CHQ||90
C043|Mme Anaïs Berthelot|69300 Caluire-et-Cuire|particulier|30|4|4|plus_8|CHQ||90
C044|M. et Mme Lagrange|69160 Tassin-la-Demi-Lune|particulier|30|2|3|punctual|CHQ||90
C045|Brasserie Le Zinc d'Ainay|69002 Lyon|entreprise|30|0|0|slow|VIR||0
C046|Studio Photo Clair-Obscur|69007 Lyon|entreprise|30|11|12|plus_8|VIR||0
C047|Équipements Scéniques Morel|38300 Bourgoin-Jallieu|entreprise|45 EOM|28|14|slow|VIR|15,30|0
"""


@dataclass(frozen=True)
class Customer:
    """One customer; `turnover` is what it buys in a year, in cents and without VAT."""

    code: str
    name: str
    postcode: str
    town: str
    kind: str
    terms: str
    turnover: int
    invoices: int
    habit: str
    means: str
    pay_days: tuple[int, ...]
    reduced_percent: int
    iban: str


def read_customer(row: str) -> Customer:
    """One row of the table."""
    code, name, place, kind, terms, turnover, invoices, habit, means, days, reduced = row.split("|")
    postcode, _, town = place.partition(" ")
    return Customer(
        code=code,
        name=name,
        postcode=postcode,
        town=town,
        kind=kind,
        terms=terms,
        turnover=int(turnover) * 100_000,
        invoices=int(invoices),
        habit=habit,
        means=means,
        pay_days=tuple(int(day) for day in days.split(",") if day),
        reduced_percent=int(reduced),
        iban=party_iban(code, "FR"),
    )


CUSTOMERS = {row[:4]: read_customer(row) for row in TABLE.strip().splitlines()}
