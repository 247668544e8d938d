//! A vacancy in, its facts as data out, for JSON Feed's `_shelfwire` and the XML extension.
//!
//! Every field is described in docs/extension.md; a change of meaning needs a new [`NAMESPACE`].

use serde::Serialize;
use serde_json::Value;

use crate::posting::{Closing, ClosingKind, EmploymentType, Mlis, Place, Remote, Salary, SalaryUnit};
use crate::text::squash;

use super::item::{Merged, Source};

/// The XML namespace of the extension: a UUID (RFC 9562), since it must be nobody else's and need
/// no domain name that could lapse.
pub const NAMESPACE: &str = "urn:uuid:a124522e-427d-44db-9a89-b2386b259266";

/// The prefix that pages bind to the namespace.
pub(super) const PREFIX: &str = "shelfwire";

/// A vacancy's facts. Names as in the common schema; nothing unknown is written.
#[derive(Serialize)]
pub(super) struct Facts {
    vacancy: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    employer: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<PlaceFact>,
    remote: Remote,
    #[serde(skip_serializing_if = "Option::is_none")]
    salary: Option<SalaryFact>,
    posted: String,
    closing: ClosingFact,
    #[serde(skip_serializing_if = "Option::is_none")]
    closes: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    employment_types: Vec<EmploymentType>,
    mlis: Mlis,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    regions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    apply_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    apply_email: Option<String>,
    postings: Vec<PostingFact>,
}

#[derive(Serialize)]
struct PlaceFact {
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
}

#[derive(Serialize)]
struct SalaryFact {
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<Value>,
    currency: String,
    unit: SalaryUnit,
}

#[derive(Serialize)]
struct ClosingFact {
    kind: ClosingKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

#[derive(Serialize)]
struct PostingFact {
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

pub(super) fn read(merged: &Merged, sources: &[Source]) -> Facts {
    let vacancy = merged.vacancy;
    Facts {
        vacancy: squash(&vacancy.id),
        title: merged.title.clone(),
        employer: merged.employer.clone(),
        places: merged.places.iter().map(PlaceFact::new).collect(),
        remote: merged.remote,
        salary: merged.salary.and_then(SalaryFact::new),
        posted: super::item::time(vacancy.posted).format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        closing: ClosingFact::new(merged.closing),
        closes: vacancy.closes().map(|day| day.to_string()),
        employment_types: merged.employment_types.to_vec(),
        mlis: merged.mlis,
        tags: merged.tags.iter().map(|slug| squash(slug)).collect(),
        regions: vacancy.regions.iter().map(|slug| squash(slug)).collect(),
        apply_url: merged.apply_url.clone(),
        apply_email: merged.apply_email.clone(),
        postings: sources.iter().map(PostingFact::new).collect(),
    }
}

impl PlaceFact {
    fn new(place: &Place) -> Self {
        let text = |part: &Option<String>| part.as_deref().map(squash);
        PlaceFact { city: text(&place.city), region: text(&place.region), country: text(&place.country) }
    }
}

impl SalaryFact {
    /// Whole amounts without a fraction: `55000`, not `55000.0`.
    fn new(salary: &Salary) -> Option<Self> {
        let amount = |amount: Option<f64>| {
            let amount = amount.filter(|amount| (0.0..1e12).contains(amount))?;
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 1e12")]
            Some(if amount.fract() == 0.0 { Value::from(amount as i64) } else { Value::from(amount) })
        };
        let (min, max) = (amount(salary.min), amount(salary.max));
        let known = min.is_some() || max.is_some();
        known.then(|| SalaryFact { min, max, currency: squash(&salary.currency), unit: salary.unit })
    }
}

impl ClosingFact {
    fn new(closing: &Closing) -> Self {
        let text = closing.text.as_deref().map(squash);
        ClosingFact { kind: closing.kind, date: closing.date.map(|day| day.to_string()), text }
    }
}

impl PostingFact {
    fn new(source: &Source) -> Self {
        PostingFact { source: source.name.clone(), url: source.url.clone() }
    }
}

impl Facts {
    /// For JSON Feed, which wants an address that tells what the object is (1.1, "Extensions").
    pub(super) fn json(&self, about: &str) -> Value {
        #[derive(Serialize)]
        struct About<'a> {
            about: &'a str,
            #[serde(flatten)]
            facts: &'a Facts,
        }
        value(&About { about, facts: self })
    }

    /// For XML: the same names, but a list is its elements, each under the name of one.
    pub(super) fn element(&self) -> Element {
        element("vacancy", &value(self))
    }
}

fn value(facts: &impl Serialize) -> Value {
    serde_json::to_value(facts).expect("text, numbers and lists have a JSON form")
}

/// An XML element of the extension, without attributes.
pub(super) struct Element {
    pub name: String,
    pub text: Option<String>,
    pub children: Vec<Element>,
}

/// The name of one element of a list.
const SINGULAR: [(&str, &str); 5] = [
    ("places", "place"),
    ("employment_types", "employment_type"),
    ("tags", "tag"),
    ("regions", "region"),
    ("postings", "posting"),
];

fn element(name: &str, value: &Value) -> Element {
    let mut new = Element { name: name.to_owned(), text: None, children: Vec::new() };
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::Array(values) => {
                        let one =
                            SINGULAR.iter().find(|(many, _)| many == name).map_or(name.as_str(), |it| it.1);
                        new.children.extend(values.iter().map(|value| element(one, value)));
                    }
                    value => new.children.push(element(name, value)),
                }
            }
        }
        Value::String(text) => new.text = Some(text.clone()),
        other => new.text = Some(other.to_string()),
    }
    new
}
