//! An XML document of jobs that is no feed in, entries out.
//!
//! Job search engines take lists of jobs in a format that Indeed began (`<source><job>…`) and others
//! vary (ZipRecruiter, Jooble, Jobrapido, Trovit); USAJOBS has HR-XML (`ShowPositionOpening`). What
//! their elements are called differs, and what they mean does not: a table of names
//! ([`names`]) reads all of them.
//!
//! The tokens of `markup` are read as they come, so a document need not be well-formed.

mod names;
mod record;

use std::collections::BTreeSet;

use chrono_tz::Tz;
use url::Url;

use super::markup::{Kind, Token, tokens};
use super::name::Field;
use super::{Error, Parsed};
pub use names::is_root;
use record::Record;

/// Bytes in which the first job is looked for.
const LOOK: usize = 256 * 1024;

/// Elements open at once, at most; deeper ones are text.
const MAX_DEPTH: usize = 100;

/// Where the root element of a list of jobs begins. `any` is whether the jobs may have any name;
/// otherwise they or the root must have one that is used for jobs.
///
/// A job is an element that holds a title and a link or a reference. A root that is used for nothing
/// but jobs may also be empty.
pub fn find(text: &str, any: bool) -> Option<usize> {
    let root = root(text)?;
    (job(&text[root.at..], any).is_some() || names::is_root(root.local())).then_some(root.at)
}

/// The first element with a root's name, which the warnings of a program may precede; or the first.
fn root(text: &str) -> Option<Token<'_>> {
    let elements = || tokens(text).take_while(|token| token.at < LOOK).filter(is_element);
    elements().find(|token| names::is_root(token.local())).or_else(|| elements().next())
}

fn is_element(token: &Token<'_>) -> bool {
    token.whole && matches!(token.kind, Kind::Open | Kind::Empty)
}

/// An element that may be a job, and what it was seen to hold.
struct Candidate<'a> {
    name: &'a str,
    title: bool,
    reference: bool,
}

/// The name of the elements that are jobs: of those that have a job's name, before any other.
fn job(document: &str, any: bool) -> Option<&str> {
    let listed = any || root(document).is_some_and(|root| names::is_root(root.local()));
    look(document, false).or_else(|| if listed { look(document, true) } else { None })
}

/// [`job`] among elements with the name of a job or, if `listed`, with any.
fn look(document: &str, listed: bool) -> Option<&str> {
    let mut open: Vec<Candidate<'_>> = Vec::new();
    for token in tokens(document).take_while(|token| token.at < LOOK) {
        match token.kind {
            Kind::Open | Kind::Empty if token.whole && open.len() < MAX_DEPTH => {
                if let Some(name) = note(&mut open, &token, listed) {
                    return Some(name);
                }
                if token.kind == Kind::Open {
                    let reference = has_reference(&token);
                    open.push(Candidate { name: token.name(), title: false, reference });
                }
            }
            Kind::Close => {
                if let Some(at) = open.iter().rposition(|element| element.name == token.name()) {
                    open.truncate(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Notes what an element says of those around it; answers with the name of one that is a job.
fn note<'a>(open: &mut [Candidate<'a>], token: &Token<'a>, listed: bool) -> Option<&'a str> {
    let depth = open.len();
    for (at, element) in open.iter_mut().enumerate().rev() {
        let local = super::markup::local(element.name);
        let named = names::is_job(local);
        // A root and a channel have titles and links of their own.
        let fits = named || listed && at > 0 && !matches!(local, "channel" | "header" | "publisher");
        if !fits {
            continue;
        }
        let place = if at + 1 == depth { None } else { Some(None) };
        match names::field(token.local(), place) {
            Some((Field::Title, _)) => element.title = true,
            Some((Field::Link | Field::Key | Field::Apply, _)) => element.reference = true,
            _ => {}
        }
        if element.title && element.reference {
            return Some(element.name);
        }
    }
    None
}

fn has_reference(token: &Token<'_>) -> bool {
    token.attribute("id").or_else(|| token.attribute("ID")).is_some_and(|id| !id.trim().is_empty())
}

/// Reads a document that begins with its root element. `location` is where it came from, `zone` that
/// of dates which name none.
///
/// # Errors
/// [`Error::NotAFeed`] if it holds no job and its root is none that only lists of jobs have.
pub fn parse(document: &str, location: &str, zone: Option<Tz>) -> Result<Parsed, Error> {
    let root = root(document).ok_or(Error::Empty)?;
    let name = job(document, true);
    if name.is_none() && !names::is_root(root.local()) {
        return Err(Error::NotAFeed(format!("no element in <{}> is a job", root.name())));
    }
    let mut reader = Reader::new(document, name);
    for token in tokens(document) {
        if reader.ended {
            break;
        }
        reader.token(&token);
    }
    let (records, repairs, complete) = reader.finish();
    let base = Url::parse(location).ok().filter(|url| url.has_host());
    let day_first = record::day_first(&records);
    let mut parsed = Parsed { complete, ..Parsed::default() };
    parsed.repairs = repairs.into_iter().map(str::to_owned).collect();
    for record in records {
        parsed.take(record.into_entry(base.as_ref(), day_first, zone));
    }
    Ok(parsed)
}

/// An element that is open.
struct Element<'a> {
    name: &'a str,
    local: &'a str,
    field: Option<(Field, u8)>,
    text: String,
}

/// An element of long text, whose markup is not read.
struct Long<'a> {
    element: Element<'a>,
    from: usize,
    markup: bool,
}

struct Reader<'a> {
    document: &'a str,
    /// The name of the elements that are jobs.
    job: Option<&'a str>,
    open: Vec<Element<'a>>,
    /// Where in `open` the job is.
    depth: Option<usize>,
    record: Record,
    long: Option<Long<'a>>,
    records: Vec<Record>,
    repairs: BTreeSet<&'static str>,
    ended: bool,
}

impl<'a> Reader<'a> {
    fn new(document: &'a str, job: Option<&'a str>) -> Self {
        Reader {
            document,
            job,
            open: Vec::new(),
            depth: None,
            record: Record::default(),
            long: None,
            records: Vec::new(),
            repairs: BTreeSet::new(),
            ended: false,
        }
    }

    fn token(&mut self, token: &Token<'a>) {
        if self.is_in_long(token) {
            return;
        }
        match (token.kind, token.whole) {
            (Kind::Text | Kind::Cdata, _) => self.text(token),
            (Kind::Aside, _) => {}
            (Kind::Open, true) => self.open(token),
            (Kind::Empty, true) => {
                self.open(token);
                self.close(token.name());
            }
            (Kind::Close, true) => self.close(token.name()),
            (_, false) if token.end() == self.document.len() => drop(self.repairs.insert("truncated")),
            (_, false) => self.text(token),
        }
    }

    fn is_job(&self, token: &Token<'_>) -> bool {
        self.job == Some(token.name())
    }

    /// Whether a token belongs to a long text that is being read. Where its end is missing, the next
    /// element of the job ends it, or the job.
    fn is_in_long(&mut self, token: &Token<'a>) -> bool {
        let Some(long) = &mut self.long else { return false };
        let own = token.kind == Kind::Close && token.name() == long.element.name;
        let foreign = match token.kind {
            Kind::Open | Kind::Empty => self.job == Some(token.name()) || record::ends_text(token.local()),
            Kind::Close => self.job == Some(token.name()),
            _ => false,
        };
        if !own && !foreign {
            long.markup |= matches!(token.kind, Kind::Open | Kind::Empty | Kind::Close);
            return true;
        }
        let long = self.long.take().expect("it was there above");
        self.record.text(&long.element, &self.document[long.from..token.at], long.markup);
        if foreign {
            self.repairs.insert("unbalanced tags");
        }
        own
    }

    fn text(&mut self, token: &Token<'a>) {
        if token.kind == Kind::Text && !token.whole {
            self.repairs.insert("stray angle brackets");
        }
        let Some(depth) = self.depth else { return };
        if let Some(element) = self.open.get_mut(depth + 1..).and_then(<[_]>::last_mut) {
            element.text.push_str(&record::text_of(token));
        }
    }

    fn open(&mut self, token: &Token<'a>) {
        if self.is_job(token) {
            // A job cannot begin in a job: the end of that one was forgotten.
            if let Some(depth) = self.depth {
                self.repairs.insert("unbalanced tags");
                self.close_to(depth);
            }
            self.depth = Some(self.open.len());
            self.record = Record::of(token);
        } else if self.depth.is_some() {
            return self.open_child(token);
        }
        self.push(token, None);
    }

    fn open_child(&mut self, token: &Token<'a>) {
        let depth = self.depth.expect("asked by `open`");
        let inner = |open: &[Element<'a>]| {
            open.get(depth + 1..).and_then(<[_]>::last).map(|element| element.field.map(|(field, _)| field))
        };
        // An element of text with an element of the job in it: its end was forgotten.
        let texted = self.open.len() > depth + 1
            && self.open.last().is_some_and(|e| e.field.is_some() && !e.text.trim().is_empty());
        if texted && names::field(token.local(), None).is_some() {
            self.repairs.insert("unbalanced tags");
            self.close_to(self.open.len() - 1);
        }
        let field = names::field(token.local(), inner(&self.open));
        self.record.attributes(token, field);
        if token.kind == Kind::Open
            && field.is_some_and(|(field, _)| field.is_long() && field != Field::Title)
        {
            let (name, local) = (token.name(), token.local());
            let element = Element { name, local, field, text: String::new() };
            self.long = Some(Long { element, from: token.end(), markup: false });
        } else {
            self.push(token, field);
        }
    }

    fn push(&mut self, token: &Token<'a>, field: Option<(Field, u8)>) {
        if self.open.len() < MAX_DEPTH {
            let (name, local) = (token.name(), token.local());
            self.open.push(Element { name, local, field, text: String::new() });
        }
    }

    fn close(&mut self, name: &str) {
        match self.open.iter().rposition(|element| element.name == name) {
            Some(at) => {
                if at + 1 < self.open.len() {
                    self.repairs.insert("unbalanced tags");
                }
                self.close_to(at);
            }
            // One that was too deep to be kept.
            None if self.open.len() == MAX_DEPTH => {}
            None => drop(self.repairs.insert("unbalanced tags")),
        }
    }

    /// Ends every element from the one at `at` inwards.
    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            let element = self.open.pop().expect("longer than `at`");
            match self.depth {
                Some(depth) if self.open.len() == depth => {
                    self.records.push(std::mem::take(&mut self.record));
                    self.depth = None;
                }
                Some(depth) => {
                    let inner = self.open.len() > depth + 1;
                    let parent = self.open.last_mut().filter(|_| inner);
                    match (element.field, parent) {
                        (None, Some(parent)) => record::add_piece(&mut parent.text, &element.text),
                        _ => self.record.value(&element),
                    }
                }
                None => {}
            }
        }
        self.ended = self.open.is_empty();
    }

    /// The jobs, what was mended, and whether the document was whole. A job that has not ended is not
    /// whole, and left out.
    fn finish(mut self) -> (Vec<Record>, BTreeSet<&'static str>, bool) {
        if !self.ended {
            self.repairs.insert("truncated");
        }
        let complete = !self.repairs.contains("truncated");
        (self.records, self.repairs, complete)
    }
}
