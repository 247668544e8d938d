//! The name of an element of a job in, the field of an entry that it holds out.

use crate::parse::name::{self, Field};

/// Elements that are a job. Names are compared in lower case without `_` and `-`.
const JOBS: [&str; 24] = [
    "ad",
    "advert",
    "advertisement",
    "annonce",
    "job",
    "jobad",
    "jobadvert",
    "jobitem",
    "joblisting",
    "joboffer",
    "jobopening",
    "jobposting",
    "jobpost",
    "listing",
    "offer",
    "offre",
    "opening",
    "position",
    "positionopening",
    "posting",
    "stelle",
    "stellenangebot",
    "vacancy",
    "vacature",
];

/// Root elements of lists of jobs, whatever the jobs in them are called: Indeed's and ZipRecruiter's
/// `source`, Jooble's and Jobrapido's `jobs`, Trovit's `trovit`, HR-XML's `ShowPositionOpening`.
const ROOTS: [&str; 16] = [
    "ads",
    "jobads",
    "jobboard",
    "jobfeed",
    "joblist",
    "joblistings",
    "jobpostings",
    "jobs",
    "listings",
    "positions",
    "postings",
    "showpositionopening",
    "source",
    "trovit",
    "vacancies",
    "vacatures",
];

/// Where a name may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Right in the job.
    Job,
    /// Wherever in the job: long names that mean one thing.
    Anywhere,
}

/// What the names of feeds ([`name::field`]) lack, sorted: names in lower case without `_` and `-`,
/// the field, its rank among the names of that field, and where it may stand.
///
/// Sources: Indeed's XML feed, and its dialects of ZipRecruiter, Jooble, Jobrapido and Trovit; HR-XML
/// 3.1 as USAJOBS sends it.
const NAMES: &[(&str, Field, u8, At)] = {
    use At::{Anywhere, Job};
    use Field::*;
    &[
        ("address", Place, 5, Job),
        ("advertiser", Employer, 6, Job),
        ("agency", Employer, 7, Job),
        ("agencymarketingstatement", Section, 0, Anywhere),
        ("applicationclosedate", Closing, 1, Job),
        ("applicationclosingdate", Closing, 1, Job),
        ("appointmentdurationtext", Employment, 6, Anywhere),
        ("body", Content, 2, Job),
        ("category", Category, 0, Job),
        ("closedate", Closing, 2, Job),
        ("contract", Employment, 5, Job),
        ("contracttype", Employment, 4, Job),
        ("deeplink", Link, 4, Job),
        ("detailsurl", Link, 3, Job),
        ("detailurl", Link, 3, Job),
        ("documentid", Key, 0, Job),
        ("education", Section, 0, Anywhere),
        ("enddate", Closing, 8, Anywhere),
        ("expdate", Closing, 8, Job),
        ("experience", Section, 0, Job),
        ("expirationdatetime", Closing, 3, Job),
        ("expire", Closing, 7, Job),
        ("function", Category, 5, Job),
        ("howtoapply", Section, 0, Anywhere),
        ("industry", Category, 6, Job),
        ("jobcategorycode", Category, 0, Anywhere),
        ("jobdescription", Description, 1, Job),
        ("joblink", Link, 2, Job),
        ("jobreference", Key, 2, Job),
        ("jobsummary", Description, 2, Anywhere),
        ("jobtitle", Title, 1, Job),
        ("joburl", Link, 2, Job),
        ("keyrequirement", Section, 0, Anywhere),
        ("lastmodified", Updated, 3, Job),
        ("lastupdated", Updated, 3, Job),
        ("locationname", Place, 0, Anywhere),
        ("majorduties", Section, 0, Anywhere),
        ("name", Title, 3, Job),
        ("opendate", Published, 5, Job),
        ("organizationname", Employer, 0, Anywhere),
        ("otherinformation", Section, 0, Anywhere),
        ("position", Title, 2, Job),
        ("positionid", Key, 5, Anywhere),
        ("positionofferingtypecode", Employment, 5, Anywhere),
        ("positionscheduletypecode", Employment, 0, Anywhere),
        ("positiontitle", Title, 0, Anywhere),
        ("posted", Published, 4, Job),
        ("posteddate", Published, 3, Job),
        ("publicationdate", Published, 2, Job),
        ("publishdate", Published, 1, Job),
        ("qualifications", Section, 0, Anywhere),
        ("ref", Key, 4, Job),
        ("reference", Key, 3, Job),
        ("referenceid", Key, 2, Job),
        ("referencenumber", Key, 0, Job),
        ("remotetype", Section, 0, Job),
        ("remunerationmaximumamount", SalaryHigh, 0, Anywhere),
        ("remunerationminimumamount", SalaryLow, 0, Anywhere),
        ("remunerationrateintervalcode", SalaryInterval, 0, Anywhere),
        ("requirements", Section, 0, Anywhere),
        ("requisitionid", Key, 3, Job),
        ("requisitionnumber", Key, 3, Job),
        ("salarymax", SalaryHigh, 1, Job),
        ("salarymin", SalaryLow, 1, Job),
        ("salaryperiod", SalaryInterval, 1, Job),
        ("sector", Category, 6, Job),
        ("startdate", Published, 7, Anywhere),
        ("street", Place, 9, Job),
        ("streetaddress", Place, 9, Job),
        ("uri", Link, 5, Job),
        ("url", Link, 1, Job),
        ("validuntil", Closing, 6, Job),
        ("workinghours", Employment, 4, Job),
    ]
};

/// Parts of a place, also where they stand in an element of the whole place.
const IN_PLACE: [Field; 4] = [Field::Place, Field::City, Field::State, Field::Country];

/// A name in the spelling of the tables.
fn folded(local: &str) -> String {
    local.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect()
}

pub fn is_job(local: &str) -> bool {
    JOBS.contains(&folded(local).as_str())
}

pub fn is_root(local: &str) -> bool {
    ROOTS.contains(&folded(local).as_str())
}

/// The field that an element holds, and its rank. `parent` is the field of the element around it, or
/// `None` for a child of the job itself; inside an element without a field it is `Some(None)`.
pub fn field(local: &str, parent: Option<Option<Field>>) -> Option<(Field, u8)> {
    let known = NAMES.binary_search_by(|(name, ..)| (*name).cmp(folded(local).as_str())).ok();
    let found = match known.map(|at| NAMES[at]) {
        Some((_, field, rank, At::Anywhere)) => return Some((field, rank)),
        Some((_, field, rank, At::Job)) => Some((field, rank)),
        None => name::field("", local, true),
    };
    let (field, _) = found?;
    let fits = match parent {
        None => true,
        Some(Some(Field::Place)) => IN_PLACE.contains(&field),
        Some(Some(Field::Category)) => field == Field::Category,
        Some(_) => false,
    };
    found.filter(|_| fits)
}

/// Whether the values of an element are a number and a name: `0602-Medical Officer`.
pub fn is_code(local: &str) -> bool {
    local.len() > 4 && local.get(local.len() - 4..).is_some_and(|end| end.eq_ignore_ascii_case("code"))
}

/// Codes of USAJOBS for what a salary is paid by, and the words.
const INTERVALS: [(&str, &str); 6] =
    [("PA", "year"), ("PH", "hour"), ("PM", "month"), ("BW", "two weeks"), ("PW", "week"), ("PD", "day")];

/// What a salary is paid by, in words.
pub fn interval(code: &str) -> &str {
    INTERVALS.iter().find(|(known, _)| *known == code).map_or(code, |(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_searched() {
        let unsorted = NAMES.windows(2).find(|pair| pair[0].0 >= pair[1].0);
        assert!(unsorted.is_none(), "{:?}", unsorted.map(|pair| (pair[0].0, pair[1].0)));
    }

    #[test]
    fn names_mean_something_where_they_may_stand() {
        assert_eq!(field("ReferenceNumber", None), Some((Field::Key, 0)));
        assert_eq!(field("PositionTitle", Some(None)), Some((Field::Title, 0)));
        assert_eq!(field("city", Some(Some(Field::Place))), Some((Field::City, 0)));
        assert_eq!(field("city", Some(None)), None);
        assert_eq!(field("name", Some(Some(Field::Employer))), None);
    }
}
