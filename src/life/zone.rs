//! A place in, the time zone in which a day ends there out.

use chrono_tz::Tz;

use crate::posting::Place;

/// Of each state and province the zone farthest west, since a day has ended only when it has there.
#[rustfmt::skip]
const REGIONS: [(Tz, &[&str]); 14] = [
    (Tz::America__New_York, &["US-CT", "US-DC", "US-DE", "US-GA", "US-MA", "US-MD", "US-ME", "US-NC",
        "US-NH", "US-NJ", "US-NY", "US-OH", "US-PA", "US-RI", "US-SC", "US-VA", "US-VT", "US-WV", "CA-QC"]),
    // With the parts of Florida, Indiana, Kentucky, Michigan, Ontario and Tennessee that are an hour behind.
    (Tz::America__Chicago, &["US-AL", "US-AR", "US-FL", "US-IA", "US-IL", "US-IN", "US-KY", "US-LA", "US-MI",
        "US-MN", "US-MO", "US-MS", "US-OK", "US-TN", "US-WI", "CA-ON", "CA-MB", "CA-NU"]),
    (Tz::America__Denver, &["US-CO", "US-KS", "US-MT", "US-ND", "US-NE", "US-NM", "US-SD", "US-TX", "US-UT",
        "US-WY", "CA-AB", "CA-SK", "CA-NT"]),
    (Tz::America__Phoenix, &["US-AZ"]),
    (Tz::America__Los_Angeles, &["US-CA", "US-ID", "US-NV", "US-OR", "US-WA", "CA-BC"]),
    (Tz::America__Adak, &["US-AK"]),
    (Tz::Pacific__Honolulu, &["US-HI"]),
    (Tz::America__Puerto_Rico, &["US-PR", "US-VI"]),
    (Tz::Pacific__Guam, &["US-GU", "US-MP"]),
    (Tz::Pacific__Pago_Pago, &["US-AS"]),
    (Tz::America__Halifax, &["CA-NB", "CA-NS", "CA-PE"]),
    (Tz::America__Goose_Bay, &["CA-NL"]),
    (Tz::America__Whitehorse, &["CA-YT"]),
    (Tz::Australia__Perth, &["AU-WA"]),
];

/// Countries whose parts share a zone, or nearly: again the one farthest west.
#[rustfmt::skip]
const COUNTRIES: [(Tz, &[&str]); 28] = [
    (Tz::Europe__London, &["GB", "IE", "IM", "JE", "GG"]),
    (Tz::Europe__Paris, &["FR", "DE", "NL", "BE", "LU", "CH", "AT", "IT", "DK", "SE", "NO", "PL", "CZ", "SK", "HU",
        "SI", "HR", "MT", "MC", "LI", "VA"]),
    (Tz::Atlantic__Canary, &["ES"]),
    (Tz::Atlantic__Azores, &["PT"]),
    (Tz::Europe__Athens, &["GR", "FI", "EE", "LV", "LT", "RO", "BG", "CY"]),
    (Tz::Atlantic__Reykjavik, &["IS"]),
    (Tz::Europe__Istanbul, &["TR"]),
    (Tz::Asia__Jerusalem, &["IL"]),
    (Tz::Asia__Dubai, &["AE", "OM"]),
    (Tz::Asia__Riyadh, &["SA", "QA", "KW", "BH"]),
    (Tz::Asia__Beirut, &["LB"]),
    (Tz::Africa__Cairo, &["EG"]),
    (Tz::Africa__Johannesburg, &["ZA"]),
    (Tz::Africa__Nairobi, &["KE", "UG", "TZ", "ET"]),
    (Tz::Africa__Lagos, &["NG"]),
    (Tz::Africa__Accra, &["GH"]),
    (Tz::Asia__Kolkata, &["IN"]),
    (Tz::Asia__Singapore, &["SG", "MY"]),
    (Tz::Asia__Hong_Kong, &["HK", "MO", "CN", "TW"]),
    (Tz::Asia__Tokyo, &["JP"]),
    (Tz::Asia__Seoul, &["KR"]),
    (Tz::Asia__Manila, &["PH"]),
    (Tz::Pacific__Auckland, &["NZ"]),
    (Tz::America__Jamaica, &["JM"]),
    (Tz::America__Port_of_Spain, &["TT", "BB"]),
    (Tz::Atlantic__Bermuda, &["BM"]),
    (Tz::America__Puerto_Rico, &["PR", "VI"]),
    (Tz::Pacific__Guam, &["GU", "MP"]),
];

/// The zone of a place, where its state or its country has one.
pub(super) fn of(place: &Place) -> Option<Tz> {
    let find = |table: &[(Tz, &[&str])], code: &str| {
        table.iter().find(|(_, codes)| codes.contains(&code)).map(|(zone, _)| *zone)
    };
    let region = place.region.as_deref().and_then(|code| find(&REGIONS, code));
    region.or_else(|| find(&COUNTRIES, place.country.as_deref()?))
}
