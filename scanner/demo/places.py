"""Streets, villages and towns with postal codes, as Swedish customers have them."""

from __future__ import annotations

STREETS = (
    "Storgatan", "Kungsgatan", "Drottninggatan", "Nygatan", "Skolgatan", "Kyrkogatan", "Järnvägsgatan",
    "Trädgårdsgatan", "Östra Ågatan", "Västra Hamngatan", "Norra Barrgatan", "Ringvägen", "Björkvägen",
    "Lingonstigen", "Blåbärsstigen", "Kantarellvägen", "Solrosvägen", "Ekbacken", "Lövängsvägen", "Sjövägen",
    "Strandvägen", "Hamnplan", "Kvarngränd", "Smedjegatan", "Garvargränd", "Prästgårdsvägen", "Ivar Munks Väg",
    "Sankt Eriksgatan", "S:t Olofsgatan", "Olof Skötkonungs gata", "Gamla Landsvägen", "Lilla Torget",
    "Stora Torget", "Tallåsvägen", "Talltitevägen", "Svalgränd", "Trastvägen", "Örnstigen", "Falkgatan",
    "Vintergatan", "Höstvägen", "Midsommarvägen", "Klockarvägen", "Mossvägen", "Hagalundsgatan", "Fabriksgatan",
    "Bangårdsgatan", "Kaserngatan", "Sergeantgatan", "Amiralsgatan", "Fiskargatan", "Lotsgatan", "Skepparstigen",
    "Kaptensgatan", "Musselvägen", "Ålgatan", "Björnvägen", "Rävstigen", "Älgvägen", "Uttervägen", "Flygarallén",
    "Lindallén", "Parkvägen", "Slottsgatan", "Södra Esplanaden", "Backavägen", "Nedre Långvinkelsgatan",
)  # fmt: skip
SHORT = {"gatan": "g.", "vägen": "v.", "gata": "g.", "stigen": "st."}
"""How the last part of a street is abbreviated."""
VILLAGES = (
    "Ottsjö",
    "Västra Hälla",
    "Norrbyn",
    "Lilla Rud",
    "Ängen",
    "Nedre Sävsjö",
    "Uggleboda",
    "Torpa Mellangård",
    "Kvarnåsen",
)
TOWNS = (
    ("Stockholm", ("111 22", "113 31", "114 55", "118 26")), ("Göteborg", ("411 03", "413 01", "416 55")),
    ("Malmö", ("211 20", "214 20")), ("Uppsala", ("753 20", "754 40")), ("Västerås", ("722 11", "723 35")),
    ("Örebro", ("702 10", "703 61")), ("Linköping", ("582 22",)), ("Helsingborg", ("252 20", "254 40")),
    ("Jönköping", ("553 16",)), ("Norrköping", ("602 21",)), ("Lund", ("222 21", "224 60")),
    ("Umeå", ("903 26", "907 30")), ("Gävle", ("803 20",)), ("Borås", ("503 30",)), ("Södertälje", ("151 71",)),
    ("Eskilstuna", ("632 20",)), ("Halmstad", ("302 42",)), ("Växjö", ("352 30",)), ("Karlstad", ("652 24",)),
    ("Sundsvall", ("852 30",)), ("Trollhättan", ("461 30",)), ("Östersund", ("831 31",)), ("Borlänge", ("784 33",)),
    ("Falun", ("791 71",)), ("Kalmar", ("392 32",)), ("Skövde", ("541 30",)), ("Kristianstad", ("291 31",)),
    ("Karlskrona", ("371 32",)), ("Skellefteå", ("931 31",)), ("Uddevalla", ("451 40",)), ("Luleå", ("972 31",)),
    ("Lidingö", ("181 31",)), ("Nacka", ("131 30",)), ("Täby", ("183 30",)), ("Kiruna", ("981 31",)),
    ("Visby", ("621 57",)), ("Ystad", ("271 42",)), ("Varberg", ("432 41",)), ("Motala", ("591 30",)),
    ("Mora", ("792 30",)), ("Arvika", ("671 31",)), ("Lerum", ("443 30",)), ("Sala", ("733 30",)),
    ("Järpen", ("837 31",)), ("Höör", ("243 30",)), ("Bollnäs", ("821 30",)),
)  # fmt: skip
COORDINATES = {
    "Stockholm": (59.33, 18.06),
    "Göteborg": (57.71, 11.97),
    "Malmö": (55.60, 13.00),
    "Umeå": (63.82, 20.26),
    "Kiruna": (67.86, 20.23),
}
"""WGS84 of some towns; the others get a point in the middle of the country."""
