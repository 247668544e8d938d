//! Rows of a list in, what their own documents give out: each asked for once, so many in one visit.
//!
//! What a row states stands until its document comes, and fills what that does not state.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use url::Url;

use super::super::visit::fingerprint;
use super::{Follower, Missed, Piece, piece};
use crate::config::{Details, Format, Source};
use crate::fetch::{Error, Request};
use crate::manners::WEEK;
use crate::parse::{self, Entry, Parsed, SkipReason, Skipped};
use crate::store::Detail;

/// Failures in a row after which a host is left alone.
const FAILURES: u32 = 3;

/// The settings that a document which did not come was read with.
const FAILED: u64 = 0;

/// An entry of a list, and what is known of its document.
struct Row {
    /// The number of its list.
    list: usize,
    entry: Entry,
    hash: u64,
    before: Option<Detail>,
}

/// What became of the document of a row.
enum Became {
    Posting(Piece),
    /// There is none, as far as can be told today.
    Nothing(SkipReason, String),
    /// It did not come.
    Failed(String),
    /// robots.txt forbids it.
    Refused(String),
}

/// How many documents were asked for, and how many were not.
#[derive(Default)]
struct Count {
    asked: u32,
    left: u32,
    failed: u32,
    failed_in_a_row: u32,
}

impl Follower<'_> {
    /// Reads the documents that the rows of a list lead to, beside the list.
    pub(super) async fn details(&mut self, lists: Vec<Piece>) -> Vec<Piece> {
        let reader = Arc::new(reader(&self.source, self.rules.details));
        let (mut out, mut count) = (lists, Count::default());
        let mut rows = self.rows(&mut out);
        // Those whose documents failed come last, or three of them would stand before all others for ever.
        rows.sort_by_key(|row| row.before.is_some_and(|detail| detail.settings == FAILED));
        for row in rows {
            let list = row.list;
            if let Ok(parsed) = &mut out[list].parsed {
                // What documents say goes on top of what their rows do.
                let found = self.row(row, &reader, parsed, &mut count).await;
                out.extend(found);
            }
        }
        if count.left > 0 {
            self.trail.missed.push(format!("documents of postings left for the next visits: {}", count.left));
        }
        if count.failed > 0 {
            self.trail.missed.push(format!("documents of postings that did not come: {}", count.failed));
        }
        out
    }

    /// Takes the rows out of lists, each once, but for those that the settings do not take.
    fn rows(&self, lists: &mut [Piece]) -> Vec<Row> {
        let (mut rows, mut seen) = (Vec::new(), HashSet::new());
        for (list, piece) in lists.iter_mut().enumerate() {
            let Ok(parsed) = &mut piece.parsed else { continue };
            for entry in std::mem::take(&mut parsed.entries) {
                let hash = fingerprint(&entry, 0);
                if self.leads(&entry) && seen.insert(hash) {
                    rows.push(Row { list, entry, hash, before: self.ground.details.get(&hash).copied() });
                }
            }
        }
        rows
    }

    /// Whether the settings take an address for that of a posting.
    fn leads(&self, row: &Entry) -> bool {
        let pattern = self.rules.matching.as_deref();
        pattern.is_none_or(|pattern| row.url.as_deref().is_some_and(|url| fits(pattern, url)))
    }

    /// What a row gives beside what it adds to its list.
    async fn row(
        &mut self,
        row: Row,
        reader: &Arc<Source>,
        list: &mut Parsed,
        count: &mut Count,
    ) -> Option<Piece> {
        let Row { entry: row, hash, before, .. } = row;
        if before.is_some_and(|detail| self.is_fresh(&detail)) {
            self.trail.known += 1;
            return None;
        }
        // Of a document that came before, what it said goes on to hold.
        let came = before.is_some_and(|detail| detail.settings != FAILED);
        let name = row.url.clone().unwrap_or_default();
        let Some(request) = self.request(&row) else {
            list.entries.extend(posting(row));
            return None;
        };
        let is_over = self.trail.halted.is_some() || Instant::now() >= self.until;
        if is_over || count.asked >= self.rules.max_details || count.failed_in_a_row >= FAILURES {
            count.left += 1;
            if came {
                self.trail.known += 1;
            } else {
                list.entries.extend(posting(row));
            }
            return None;
        }
        count.asked += 1;
        let became = self.detail(request, reader).await;
        if !matches!(became, Became::Failed(_)) {
            count.failed_in_a_row = 0;
        }
        let mut skip = |reason, why: String| {
            let entry = if why.is_empty() { name.clone() } else { format!("{name}: {why}") };
            list.skipped.push(Skipped { entry, reason });
        };
        match became {
            Became::Posting(found) => {
                self.remember(hash, self.ground.settings, true);
                return Some(filled(found, row));
            }
            Became::Nothing(reason, why) => {
                skip(reason, why);
                self.remember(hash, self.ground.settings, false);
                if reason == SkipReason::NoPosting {
                    list.entries.extend(posting(row));
                }
            }
            Became::Refused(why) => {
                count.asked -= 1;
                skip(SkipReason::NotAllowed, why);
                list.entries.extend(posting(row));
            }
            Became::Failed(why) => {
                count.failed += 1;
                count.failed_in_a_row += 1;
                skip(SkipReason::NoPage, why);
                if !came {
                    self.remember(hash, FAILED, false);
                    list.entries.extend(posting(row));
                }
            }
        }
        None
    }

    /// Whether a document need not be asked for again.
    fn is_fresh(&self, detail: &Detail) -> bool {
        detail.settings == self.ground.settings && (detail.found || self.ground.now - detail.asked < WEEK)
    }

    fn remember(&mut self, row: u64, settings: u64, found: bool) {
        let asked = self.ground.now;
        self.trail.followed.details.push(Detail { row, settings, found, asked });
    }

    /// How the document of a row is asked for; none if it is not at home.
    fn request(&self, row: &Entry) -> Option<Request> {
        let mut url = self.at_home(row.url.as_deref()?)?;
        if self.rules.details == Some(Details::Workday) {
            url.set_path(&workday_detail(self.home.as_ref()?, &url)?);
        }
        url.set_fragment(None);
        Some(Request { url: url.into(), post: None, led: true })
    }

    async fn detail(&mut self, request: Request, reader: &Arc<Source>) -> Became {
        let document = match self.get(request).await {
            Ok((document, _)) => document,
            Err(Missed::Failed(error @ Error::Status { status: 404 | 410 })) => {
                return Became::Nothing(SkipReason::GonePage, error.to_string());
            }
            Err(Missed::Refused(why)) => return Became::Refused(why),
            Err(missed) => return Became::Failed(missed.to_string()),
        };
        let reader = reader.clone();
        let read = tokio::task::spawn_blocking(move || piece(&reader, &document)).await;
        match read {
            Err(stopped) => Became::Failed(stopped.to_string()),
            Ok(piece) => match &piece.parsed {
                Ok(parsed) if !parsed.entries.is_empty() => Became::Posting(piece),
                Ok(_) | Err(parse::Error::Html { .. }) => {
                    Became::Nothing(SkipReason::NoPosting, String::new())
                }
                Err(error) => Became::Nothing(SkipReason::NoPosting, error.to_string()),
            },
        }
    }
}

/// The source as its postings' own documents are read.
fn reader(source: &Source, details: Option<Details>) -> Source {
    let format = if details == Some(Details::Workday) { Format::Json } else { Format::Page };
    Source { format, select: None, fields: None, columns: None, ..source.clone() }
}

/// The path of a posting's document: `/<site>/job/…` is `/wday/cxs/<tenant>/<site>/job/…` to programs.
fn workday_detail(list: &Url, page: &Url) -> Option<String> {
    let base = list.path().strip_suffix("/jobs")?;
    let site = base.rsplit('/').next()?;
    let rest = page.path().strip_prefix('/')?.strip_prefix(site)?;
    rest.starts_with('/').then(|| format!("{base}{rest}"))
}

/// What a row states by itself, if it is more than an address. Its address is its id where it has none,
/// so that it is known again whatever id its document gives it.
fn posting(row: Entry) -> Option<Entry> {
    let key = row.key.clone().or_else(|| row.url.clone());
    (!row.title.is_empty()).then_some(Entry { key, ..row })
}

/// A document of one posting with what its row states besides.
fn filled(found: Piece, row: Entry) -> Piece {
    let Piece { location, file_name, parsed } = found;
    let parsed = parsed.map(|mut parsed| {
        if let ([one], Some(row)) = (parsed.entries.as_mut_slice(), posting(row)) {
            let own = std::mem::take(one);
            *one = Entry {
                key: row.key,
                title: if own.title.is_empty() { row.title } else { own.title },
                url: own.url.or(row.url),
                apply: own.apply.or(row.apply),
                employer: own.employer.or(row.employer),
                place: own.place.or(row.place),
                salary: own.salary.or(row.salary),
                employment: own.employment.or(row.employment),
                closing: own.closing.or(row.closing),
                author: own.author.or(row.author),
                department: own.department.or(row.department),
                published: own.published.or(row.published),
                updated: own.updated.or(row.updated),
                categories: if own.categories.is_empty() { row.categories } else { own.categories },
                body: if own.body == parse::Body::default() { row.body } else { own.body },
                summary: own.summary.or(row.summary),
                language: own.language.or(row.language),
            };
        }
        parsed
    });
    Piece { location, file_name, parsed }
}

/// Whether a text fits a pattern in which `*` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some(at) = text.find(part) else { return false };
        text = &text[at + part.len()..];
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_addresses() {
        let url = "https://example.org/jobs/7-map/";
        for pattern in ["*/jobs/*", "*", "https://example.org/jobs/*", "*7*map/", "https://*/jobs/7-map/"] {
            assert!(fits(pattern, url), "{pattern}");
        }
        for pattern in ["/jobs/*", "*/jobs/", "*/job/*", "*map/*map/", ""] {
            assert!(!fits(pattern, url), "{pattern}");
        }
    }

    #[test]
    fn documents_of_workday_stand_beside_the_list() {
        let url = |path: &str| Url::parse(&format!("https://quire.example.org{path}")).expect("an address");
        let list = url("/wday/cxs/quire/Careers/jobs");
        let detail = |path: &str| workday_detail(&list, &url(path));
        let wanted = "/wday/cxs/quire/Careers/job/Boston/Librarian_R7";
        assert_eq!(detail("/Careers/job/Boston/Librarian_R7").as_deref(), Some(wanted));
        assert_eq!(detail("/CareersX/job/1"), None);
        assert_eq!(detail("/Other/job/1"), None);
    }
}
