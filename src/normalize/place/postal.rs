//! A postal code in, the region that it belongs to out.
//!
//! United States: the first three digits (USPS Publication 65, "3-digit ZIP code prefix groups");
//! Canada: the first letter of the forward sortation area; United Kingdom: the letters of the
//! outward code (postcode area); Australia: the ranges of the states; Germany: the first two digits.

/// What a postal code says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Postal {
    pub country: &'static str,
    pub region: Option<&'static str>,
    /// Where a code's area has one town alone.
    pub town: Option<&'static str>,
}

/// First prefix, last prefix, state.
const ZIP: [(u16, u16, &str); 67] = [
    (5, 5, "US-NY"),
    (6, 7, "US-PR"),
    (8, 8, "US-VI"),
    (9, 9, "US-PR"),
    (10, 27, "US-MA"),
    (28, 29, "US-RI"),
    (30, 38, "US-NH"),
    (39, 49, "US-ME"),
    (50, 54, "US-VT"),
    (55, 55, "US-MA"),
    (56, 59, "US-VT"),
    (60, 69, "US-CT"),
    (70, 89, "US-NJ"),
    (100, 149, "US-NY"),
    (150, 196, "US-PA"),
    (197, 199, "US-DE"),
    (200, 200, "US-DC"),
    (201, 201, "US-VA"),
    (202, 205, "US-DC"),
    (206, 219, "US-MD"),
    (220, 246, "US-VA"),
    (247, 268, "US-WV"),
    (270, 289, "US-NC"),
    (290, 299, "US-SC"),
    (300, 319, "US-GA"),
    (320, 339, "US-FL"),
    (341, 349, "US-FL"),
    (350, 369, "US-AL"),
    (370, 385, "US-TN"),
    (386, 397, "US-MS"),
    (398, 399, "US-GA"),
    (400, 427, "US-KY"),
    (430, 459, "US-OH"),
    (460, 479, "US-IN"),
    (480, 499, "US-MI"),
    (500, 528, "US-IA"),
    (530, 549, "US-WI"),
    (550, 567, "US-MN"),
    (570, 577, "US-SD"),
    (580, 588, "US-ND"),
    (590, 599, "US-MT"),
    (600, 629, "US-IL"),
    (630, 658, "US-MO"),
    (660, 679, "US-KS"),
    (680, 693, "US-NE"),
    (700, 714, "US-LA"),
    (716, 729, "US-AR"),
    (730, 732, "US-OK"),
    (733, 733, "US-TX"),
    (734, 749, "US-OK"),
    (750, 799, "US-TX"),
    (800, 816, "US-CO"),
    (820, 831, "US-WY"),
    (832, 838, "US-ID"),
    (840, 847, "US-UT"),
    (850, 865, "US-AZ"),
    (870, 884, "US-NM"),
    (885, 885, "US-TX"),
    (889, 898, "US-NV"),
    (900, 908, "US-CA"),
    (910, 961, "US-CA"),
    (967, 968, "US-HI"),
    (969, 969, "US-GU"),
    (970, 979, "US-OR"),
    (980, 986, "US-WA"),
    (988, 994, "US-WA"),
    (995, 999, "US-AK"),
];

/// Prefixes whose area is one town, of those whose town readers look for by boroughs.
const ZIP_TOWNS: [(u16, u16, &str); 8] = [
    (100, 102, "New York"),
    (103, 103, "Staten Island"),
    (104, 104, "Bronx"),
    (111, 111, "Queens"),
    (112, 112, "Brooklyn"),
    (113, 114, "Queens"),
    (116, 116, "Queens"),
    (202, 205, "Washington"),
];

const CANADA: [(char, &str); 17] = [
    ('A', "CA-NL"),
    ('B', "CA-NS"),
    ('C', "CA-PE"),
    ('E', "CA-NB"),
    ('G', "CA-QC"),
    ('H', "CA-QC"),
    ('J', "CA-QC"),
    ('K', "CA-ON"),
    ('L', "CA-ON"),
    ('M', "CA-ON"),
    ('N', "CA-ON"),
    ('P', "CA-ON"),
    ('R', "CA-MB"),
    ('S', "CA-SK"),
    ('T', "CA-AB"),
    ('V', "CA-BC"),
    ('Y', "CA-YT"),
];

const SCOTLAND: [&str; 16] =
    ["AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "TD", "ZE"];
const WALES: [&str; 5] = ["CF", "LD", "LL", "NP", "SA"];
/// Areas on both sides of a border.
const BORDER: [&str; 4] = ["CH", "HR", "SY", "TD"];
const ENGLAND: [&str; 94] = [
    "AL", "B", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "CA", "CB", "CM", "CO", "CR", "CT", "CV",
    "CW", "DA", "DE", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EN", "EX", "FY", "GL", "GU", "HA", "HD",
    "HG", "HP", "HU", "HX", "IG", "IP", "KT", "L", "LA", "LE", "LN", "LS", "LU", "M", "ME", "MK", "N", "NE",
    "NG", "NN", "NR", "NW", "OL", "OX", "PE", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SE", "SG", "SK",
    "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "TA", "TF", "TN", "TQ", "TR", "TS", "TW", "UB",
    "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS",
];

fn in_table(table: &'static [(u16, u16, &'static str)], prefix: u16) -> Option<&'static str> {
    table.iter().find(|(first, last, _)| (*first..=*last).contains(&prefix)).map(|(_, _, found)| *found)
}

/// `10458` or `10458-2213`.
pub(super) fn zip(word: &str) -> Option<Postal> {
    let (five, more) = word.split_once('-').unwrap_or((word, "0000"));
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(five, 5) || !digits(more, 4) {
        return None;
    }
    let prefix = five[..3].parse().ok()?;
    let region = in_table(&ZIP, prefix)?;
    Some(Postal { country: "US", region: Some(region), town: in_table(&ZIP_TOWNS, prefix) })
}

/// Australian postcodes: first, last, state (Australia Post's ranges; the capital's stand before those
/// of the state around it).
const AUSTRALIA: [(u16, u16, &str); 11] = [
    (200, 299, "AU-ACT"),
    (800, 999, "AU-NT"),
    (2600, 2618, "AU-ACT"),
    (2900, 2920, "AU-ACT"),
    (1000, 2999, "AU-NSW"),
    (3000, 3999, "AU-VIC"),
    (4000, 4999, "AU-QLD"),
    (5000, 5999, "AU-SA"),
    (6000, 6999, "AU-WA"),
    (7000, 7999, "AU-TAS"),
    (8000, 8999, "AU-VIC"),
];

/// The first two digits of German postal codes that lie in one state: first, last, state.
const GERMANY: [(u16, u16, &str); 15] = [
    (1, 2, "DE-SN"),
    (4, 4, "DE-SN"),
    (8, 9, "DE-SN"),
    (10, 10, "DE-BE"),
    (12, 13, "DE-BE"),
    (20, 20, "DE-HH"),
    (22, 22, "DE-HH"),
    (24, 25, "DE-SH"),
    (40, 47, "DE-NW"),
    (50, 52, "DE-NW"),
    (60, 60, "DE-HE"),
    (66, 66, "DE-SL"),
    (70, 78, "DE-BW"),
    (80, 87, "DE-BY"),
    (90, 95, "DE-BY"),
];

/// A code that is one only in its country: four digits in Australia, five in Germany, the first half
/// of a British one.
pub(super) fn at_home(word: &str, country: &str) -> Option<Postal> {
    let number = |length: usize| {
        (word.len() == length).then_some(())?;
        word.bytes().all(|b| b.is_ascii_digit()).then(|| word.parse::<u32>().ok())?
    };
    let (country, region) = match country {
        "AU" => ("AU", in_table(&AUSTRALIA, u16::try_from(number(4)?).ok()?)?),
        "DE" => ("DE", in_table(&GERMANY, u16::try_from(number(5)? / 1000).ok()?)?),
        "GB" => return halves(word, "1AA"),
        _ => return None,
    };
    Some(Postal { country, region: Some(region), town: None })
}

/// The two halves of a code that is written in two words: `M5V 2T6`, `WC1E 6BT`.
pub(super) fn halves(outward: &str, inward: &str) -> Option<Postal> {
    let shape = |text: &str| -> String {
        text.chars()
            .map(|c| {
                if c.is_ascii_digit() {
                    '9'
                } else if c.is_ascii_uppercase() {
                    'A'
                } else {
                    '-'
                }
            })
            .collect()
    };
    match (shape(outward).as_str(), shape(inward).as_str()) {
        ("A9A", "9A9") => {
            let first = outward.chars().next()?;
            let region = CANADA.iter().find(|(letter, _)| *letter == first).map(|(_, region)| *region);
            (region.is_some() || first == 'X').then_some(Postal { country: "CA", region, town: None })
        }
        ("A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A", "9AA") => {
            let area = outward.split(|c: char| c.is_ascii_digit()).next()?;
            let gb = |region| Some(Postal { country: "GB", region, town: None });
            match area {
                "BT" => gb(Some("GB-NIR")),
                area if BORDER.contains(&area) => gb(None),
                area if SCOTLAND.contains(&area) => gb(Some("GB-SCT")),
                area if WALES.contains(&area) => gb(Some("GB-WLS")),
                area if ENGLAND.contains(&area) => gb(Some("GB-ENG")),
                _ => None,
            }
        }
        _ => None,
    }
}
