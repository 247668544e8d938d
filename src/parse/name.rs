//! The name of an XML element in, the field of an entry that it holds out.

/// What an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Key,
    Link,
    Title,
    Description,
    Content,
    Summary,
    /// A part of the text that has an element of its own.
    Section,
    Author,
    Published,
    Updated,
    Language,
    Category,
    Employer,
    Place,
    City,
    State,
    Country,
    Employment,
    Salary,
    SalaryLow,
    SalaryHigh,
    SalaryCurrency,
    SalaryInterval,
    Closing,
    /// A closing time that is in UTC without saying so.
    ClosingUtc,
    Apply,
}

impl Field {
    /// Whether its text is long, and read by feed-rs anyway.
    pub fn is_long(self) -> bool {
        use Field::*;
        matches!(self, Title | Description | Content | Summary | Section)
    }

    /// Whether Dublin Core's element of a name means what the name means elsewhere: its `type` is
    /// no kind of employment, its `description` no text of the entry.
    fn is_dublin_core(self) -> bool {
        use Field::*;
        matches!(self, Key | Author | Published | Updated | Language | Category)
    }
}

/// Names in lower case without `_` and `-`, sorted; the field; and the rank among the names of that
/// field, the lowest is taken first.
///
/// Sources: RSS 0.9x to 2.0, RSS 1.0, Atom 0.3 and 1.0, Dublin Core; NEOGOV (`joblisting:*`), WP Job
/// Manager (`job_listing:*`), Google Base (`g:*`), and the bare names of jobboard software.
const NAMES: &[(&str, Field, u8)] = {
    use Field::*;
    &[
        ("advertisefromdate", Published, 6),
        ("advertisetodatetime", Closing, 0),
        ("advertisetodatetimeutc", ClosingUtc, 0),
        ("applicationdeadline", Closing, 1),
        ("applicationurl", Apply, 2),
        ("applyby", Closing, 5),
        ("applylink", Apply, 1),
        ("applyurl", Apply, 0),
        ("author", Author, 0),
        ("basesalary", Salary, 1),
        ("benefits", Section, 0),
        ("categories", Category, 1),
        ("city", City, 0),
        ("closes", Closing, 6),
        ("closingdate", Closing, 2),
        ("company", Employer, 0),
        ("companyname", Employer, 1),
        ("compensation", Salary, 3),
        ("content", Content, 1),
        ("country", Country, 0),
        ("created", Published, 5),
        ("creator", Author, 1),
        ("date", Published, 4),
        ("dateposted", Published, 3),
        ("deadline", Closing, 4),
        ("department", Category, 3),
        ("description", Description, 0),
        ("employer", Employer, 2),
        ("employmenttype", Employment, 1),
        ("encoded", Content, 0),
        ("examplesofduties", Section, 0),
        ("expirationdate", Closing, 3),
        ("expires", Closing, 7),
        ("expirydate", Closing, 8),
        ("guid", Key, 0),
        ("hiringorganization", Employer, 3),
        ("id", Key, 1),
        ("identifier", Key, 3),
        ("issued", Published, 2),
        ("jobcategory", Category, 2),
        ("joblocation", Place, 0),
        ("jobtype", Employment, 0),
        ("jobtypes", Employment, 2),
        ("lang", Language, 1),
        ("language", Language, 0),
        ("link", Link, 0),
        ("location", Place, 1),
        ("maximumsalary", SalaryHigh, 0),
        ("minimumsalary", SalaryLow, 0),
        ("modified", Updated, 1),
        ("organization", Employer, 4),
        ("pubdate", Published, 0),
        ("published", Published, 1),
        ("qualifications", Section, 0),
        ("region", State, 1),
        ("responsibilities", Section, 0),
        ("salary", Salary, 0),
        ("salarycurrency", SalaryCurrency, 0),
        ("salaryinterval", SalaryInterval, 0),
        ("salaryrange", Salary, 2),
        ("state", State, 0),
        ("subject", Category, 1),
        ("summary", Summary, 0),
        ("supplementalinformation", Section, 0),
        ("title", Title, 0),
        ("type", Employment, 3),
        ("updated", Updated, 0),
        ("validthrough", Closing, 9),
    ]
};

/// Prefixes of vocabularies of other things, in which `location` or `type` mean something else.
const FOREIGN: [&str; 9] =
    ["media", "itunes", "podcast", "geo", "georss", "gml", "prism", "slash", "googleplay"];

/// The longest name in the table.
const LONGEST: usize = 24;

/// The field that an element holds, and its rank; `own` is whether its prefix is the item's own.
pub fn field(prefix: &str, local: &str, own: bool) -> Option<(Field, u8)> {
    use Field::*;
    if FOREIGN.contains(&prefix) {
        return None;
    }
    let mut folded = [0; LONGEST];
    let mut length = 0;
    for byte in local.bytes().filter(|b| !matches!(b, b'_' | b'-')) {
        *folded.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    let at = NAMES.binary_search_by(|(name, ..)| name.as_bytes().cmp(&folded[..length])).ok()?;
    let (_, field, rank) = NAMES[at];
    let fits = match field {
        // A link or a title in another vocabulary is not the entry's.
        Link | Title | Description | Summary => own,
        Content => own || local == "encoded",
        field if matches!(prefix, "dc" | "dcterms") => field.is_dublin_core(),
        _ => true,
    };
    fits.then_some((field, rank))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_searched() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(NAMES.iter().all(|(name, ..)| name.len() <= LONGEST));
    }

    #[test]
    fn names_are_known_in_every_spelling() {
        assert_eq!(field("job_listing", "job_type", false), Some((Field::Employment, 0)));
        assert_eq!(field("", "jobType", true), Some((Field::Employment, 0)));
        assert_eq!(field("joblisting", "advertiseToDateTimeUTC", false), Some((Field::ClosingUtc, 0)));
    }

    #[test]
    fn names_of_other_vocabularies_are_not_taken() {
        assert_eq!(field("dc", "type", false), None);
        assert_eq!(field("media", "description", false), None);
        assert_eq!(field("atom", "link", false), None);
        assert_eq!(field("dc", "date", false), Some((Field::Published, 4)));
    }
}
