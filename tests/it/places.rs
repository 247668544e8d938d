//! Words of places in, towns and ISO codes out.

use proptest::prelude::*;
use shelfwire::iso;
use shelfwire::normalize::place::{self, Hint};
use shelfwire::posting::Place;

use crate::cases;

/// `Bronx US-NY; London GB-ENG; US`: the country stands alone only where there is no region.
fn show(places: &[Place]) -> String {
    let show = |place: &Place| {
        let code = place.region.as_ref().or(place.country.as_ref()).cloned().unwrap_or_default();
        place.city.iter().cloned().chain((!code.is_empty()).then_some(code)).collect::<Vec<_>>().join(" ")
    };
    places.iter().map(show).collect::<Vec<_>>().join("; ")
}

/// A case's hint stands before its text: `[US]`, `[US-NY]`, `[US @US-VA]` with the employer's region.
fn hinted(case: &str, read: impl Fn(&str, &Hint) -> Vec<Place>) -> String {
    let (code, text) = case.strip_prefix('[').and_then(|rest| rest.split_once("] ")).unwrap_or(("", case));
    let (code, employer) =
        code.split_once('@').map_or((code, None), |(code, seat)| (code.trim(), Some(seat)));
    let country = code.get(..2);
    show(&read(text, &Hint { country, region: Some(code).filter(|code| code.len() > 2), employer }))
}

#[test]
fn fields_are_read() {
    cases::table("places/read.tsv", |case| hinted(case, place::read));
}

/// Fields of boards all over the world, by what is hard about them.
fn world(table: &str) {
    cases::table(&format!("places/{table}.tsv"), |case| hinted(case, place::read));
}

#[test]
fn fields_of_the_united_states_are_read() {
    world("us");
}

#[test]
fn fields_of_canada_are_read() {
    world("canada");
}

#[test]
fn fields_of_the_isles_are_read() {
    world("uk");
}

#[test]
fn fields_of_oceania_are_read() {
    world("oceania");
}

#[test]
fn fields_of_other_countries_are_read() {
    world("world");
}

#[test]
fn fields_of_several_places_are_read() {
    world("several");
}

#[test]
fn fields_without_a_place_are_empty() {
    world("nothing");
}

#[test]
fn names_are_looked_into() {
    cases::table("places/find.tsv", |case| hinted(case, place::find));
}

#[test]
fn employers_are_looked_into() {
    cases::table("places/employers.tsv", |case| hinted(case, place::find));
}

#[test]
fn running_text_is_scanned() {
    cases::table("places/scan.tsv", |case| hinted(case, place::scan));
}

#[test]
fn addresses_tell_countries() {
    cases::table("places/host.tsv", |address| place::country_of(address).unwrap_or("-").to_owned());
}

#[test]
fn countries_have_names() {
    cases::table("places/country.tsv", |name| iso::country(name).unwrap_or("-").to_owned());
}

#[test]
fn regions_have_names() {
    cases::table("places/region.tsv", |case| {
        let (country, name) =
            case.split_once(": ").map_or((None, case), |(country, name)| (Some(country), name));
        iso::region(name, country).unwrap_or("-").to_owned()
    });
}

#[test]
fn codes_are_told_from_other_words() {
    assert!(iso::is_country("US") && iso::is_country("GB") && iso::is_country("PR"));
    assert!(
        !iso::is_country("us") && !iso::is_country("UK") && !iso::is_country("US-NY") && !iso::is_country("")
    );
    assert!(
        iso::is_region("US-NY")
            && iso::is_region("US-PR")
            && iso::is_region("GB-ENG")
            && iso::is_region("DE-BE")
    );
    assert!(!iso::is_region("US-XX") && !iso::is_region("NY") && !iso::is_region("us-ny"));
    assert_eq!(iso::country_name("GB"), Some("United Kingdom"));
    assert_eq!(iso::region_name("CA-QC"), Some("Quebec"));
    assert_eq!(iso::region_name("CA-XX"), None);
}

/// Every state of the United States and every province of Canada is read by name and by code.
#[test]
fn states_are_read_by_name_and_code() {
    let codes = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC \
                 ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP";
    let provinces = "AB BC MB NB NL NS NT NU ON PE QC SK YT";
    let of = |country: &str, codes: &str| -> Vec<String> {
        codes.split_whitespace().map(|code| format!("{country}-{code}")).collect()
    };
    for code in of("US", codes).into_iter().chain(of("CA", provinces)) {
        let name = iso::region_name(&code).unwrap_or_else(|| panic!("{code} has no name"));
        assert_eq!(iso::region(name, Some(&code[..2])), Some(&*code).map(|_| code.as_str()));
        assert_eq!(iso::region(&code[3..], None), Some(code.as_str()));
        let field = format!("Nowhereville, {}", &code[3..]);
        let expected =
            if code == "US-DC" { "Washington US-DC".to_owned() } else { format!("Nowhereville {code}") };
        assert_eq!(show(&place::read(&field, &Hint::default())), expected, "{field}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Codes that come out are ISO's, a region lies in its country, no place is empty or there twice.
    #[test]
    fn hostile_text_gives_sound_places(
        text in r"([A-Za-z.]{0,7}|New York|NY|CA|, |; | / | - |\(|\)|[0-9]{5}|University of |Québec|\PC|\n| and | OR ){0,24}",
        country in prop::option::of("US|CA|GB|XX"),
    ) {
        let hint = Hint { country: country.as_deref(), ..Hint::default() };
        for places in [place::read(&text, &hint), place::find(&text, &hint), place::scan(&text, &hint)] {
            for (at, place) in places.iter().enumerate() {
                prop_assert!(!places[..at].contains(place));
                prop_assert!(place.city.is_some() || place.region.is_some() || place.country.is_some());
                prop_assert!(place.city.as_ref().is_none_or(|city| !city.trim().is_empty()));
                prop_assert!(place.country.as_ref().is_none_or(|code| iso::is_country(code)));
                if let Some(region) = &place.region {
                    prop_assert!(iso::is_region(region));
                    prop_assert_eq!(place.country.as_deref(), Some(&region[..2]));
                }
            }
        }
    }
}
