"""What is mended in the shared facts or left out of them, each with its reason."""

import re

# Texts of the shared table that are left out, by reason.
DROPPED_NAMES = {
    "transnational, based nowhere": "Al Qaeda;al-Qaeda;al-Qaida",
    "the continent, not the EU": "European",
    "a common word, a given name or another place far more often": (
        "Oz;Down Under;Gold Coast;United Provinces;Antigua Guatemala;Glass House;the Hill;Fano;"
        "November 17;3R;Hasm;The Lodge;Arg;Male;CR;EC;FACT;MEND;ANDES;Kan;Cortes;Sabor;Vesti;"
        "Meari;Arirang;Kabar;Komala;Unita;Balfour Street;Europa building;Champ de Mars;Nippon;"
        "United Front;The Resistance Front;National Resistance Front;National Salvation Front;"
        "Islamic Emirate;Lions' Den;Popular Resistance Committees;Rocket Force;Curia;Qiushi;"
        "the Kingdom;the Emirates;Libya Dawn;Eastern Republic of Uruguay"
    ),
    "heard of in no government's name": (
        "Burkinabè;Vaticans;Malawis;Mosothos;Nigerans;Turkmenis;Dominicanos;Hong Kongese;"
        "I Coast;N Zealand;Tajikistanis"
    ),
    "places that speak for no government": "New York;Jeddah;Strasbourg;City of Victoria;Tifariti",
    "generic names of parliaments and ministries in many countries": (
        "National Assembly;Chamber of Deputies;Federal Council;Shura Council;Security Bureau"
    ),
    "a description, not a name": "Presidential Palace in Kabul;Naypyidaw government",
    "Djibouti City and San Marino's stand with the country": "City of San Marino",
}
# The name that stands for a country or body, where the first of the shared table will not do.
MAIN_NAMES = {
    "ATG": "Antigua and Barbuda",
    "BHS": "Bahamas",
    "BIH": "Bosnia and Herzegovina",
    "CIV": "Ivory Coast",
    "COD": "Democratic Republic of the Congo",
    "COG": "Republic of the Congo",
    "CPV": "Cape Verde",
    "ESH": "Western Sahara",
    "FSM": "Micronesia",
    "GBR": "United Kingdom",
    "GNB": "Guinea-Bissau",
    "KOR": "South Korea",
    "LAO": "Laos",
    "MKD": "North Macedonia",
    "MMR": "Myanmar",
    "NLD": "Netherlands",
    "NOR": "Norway",
    "NZL": "New Zealand",
    "PRK": "North Korea",
    "PSE": "Palestine",
    "SSD": "South Sudan",
    "TLS": "Timor-Leste",
    "TTO": "Trinidad and Tobago",
    "TWN": "Taiwan",
    "USA": "United States",
    "VAT": "Vatican",
    "VNM": "Vietnam",
    "MAC": "Macau",
    "ASEAN": "Association of Southeast Asian Nations",
    "BRICS": "BRICS",
    "G20": "Group of 20",
    "G7": "Group of Seven",
    "GCC": "Gulf Cooperation Council",
    "INTERPOL": "Interpol",
    "NATO": "North Atlantic Treaty Organization",
    "OAS": "Organization of American States",
    "OIC": "Organization of Islamic Cooperation",
    "OSCE": "Organization for Security and Cooperation in Europe",
    "SCO": "Shanghai Cooperation Organization",
    "WHO": "World Health Organization",
    "WTO": "World Trade Organization",
}
# Capitals and four-letter abbreviations known well enough to stand without their country.
_KNOWN = """UAE DRC USA PLA IDF KPA CIA FBI NSA MI5 MI6 RAF FSB GRU SVR KGB IRGC KCNA KCTV TASS IRNA
ISNA IRIB SANA M23 PKK YPG FARC LTTE TTP PLO KRG TPLF NPC PLAN CCP CPC FCDO FCO GCHQ DFAT
SBU BBC VOA NHK CCTV CGTN RIA TRT WAFA WAM PTI AKP GOP ANC BJP LRA ELN HTS SDF NIS WPK KMT
DUP MILF ISIS ISIL JNIM KNU SPLM SPLA USFK KFOR ISAF ECB EEAS NORAD RCMP DGSE AEOI METI JSDF"""
KNOWN_ABBREVIATIONS = frozenset(_KNOWN.split())

# Persons listed under a country that they never served, and the reason.
WRONG_CODES = {
    ("Nikki Kaye", "SWE"): "of New Zealand",
    ("Natan Sharansky", "FRA"): "of Israel",
    ("Thoko Didiza", "AUS"): "of South Africa",
    ("Tito Mboweni", "ETH"): "of South Africa",
    ("Alexandru Nazare", "AUT"): "of Romania",
    ("Marlene Malahoo Forte", "LCA"): "of Jamaica",
    ("Henry Puna", "NZL"): "of the Cook Islands",
}
# Officials of dependent territories count for the parent state, as their names do.
PARENTS = {
    territory: state
    for state, territories in {
        "GBR": "AIA BMU CYM FLK GIB GGY IMN JEY MSR SHN TCA VGB PCN",
        "NLD": "ABW CUW SXM",
        "USA": "GUM ASM MNP PRI VIR",
        "FRA": "NCL PYF WLF",
        "DNK": "FRO GRL",
        "NZL": "TKL",
        "AUS": "NFK",
    }.items()
    for territory in territories.split()
}
# Not a person, or a person behind words of an office that the Factbook ran into the name.
NO_PERSON = re.compile(
    r"\b(?:Authority|Movement|Assembly|Ministry|Committee|In Charge|High Commissioner|Presidents"
    r"|formerly|Homeland|Speaker of|Foreign Affairs|Heir Apparent|Interior|Co-prince|and"
    r"|New Zealand|Vacant|unopposed)\b|[()]"
)
OFFICE_BEFORE = re.compile(
    r"^(?:(?:House Speaker|National Security Advisor|Lietenant-General|Lieutenant-General|General"
    r"|Gen\.?|Colonel|Col\.|Lt\. Gen\.|Maj\. Gen\.|Brig\. Gen\.|Holiness|Mr\.?|Mrs\.?|Ms\.?|Dr\.?"
    r"|Dame|Sir|Crown Prince|Gov\.|Sheikha?|Samdech) )+"
)
# Rows whose dates are wrong: (name, code, office, start as it stands) -> (start, end), by reason.
MENDED_TERMS = {
    # The Wikipedia list stops at the first of his two spells as head of government.
    ("Hun Sen", "KHM", "government", "1985-01-14"): ("1985-01-14", "2023-08-22"),
}
