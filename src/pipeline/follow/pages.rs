//! The first page of a list in, the pages after it out.

use std::collections::HashSet;

use url::Url;

use super::super::visit::fingerprint;
use super::{Follower, Missed, Piece, WORKDAY_ROWS, workday_question};
use crate::config::{Details, Follow, Source};
use crate::fetch::{Document, Error, Request};
use crate::parse::{self, Parsed, next};

/// A page that was read, and where it leads.
struct Page {
    piece: Piece,
    named: Option<String>,
    /// How many pages its list says that there are.
    pages: Option<u64>,
}

impl Follower<'_> {
    /// Reads page after page, to the one without a next: that is empty or repeats what came, whose
    /// next was asked before or is on another host, that holds only what is known, or is the last that
    /// the settings allow.
    pub(super) async fn pages(&mut self, first: Document, link: Option<String>) -> Vec<Piece> {
        let mut asked: HashSet<String> = self.source.url.iter().cloned().collect();
        asked.insert(first.location.clone());
        let (mut pieces, mut seen) = (Vec::new(), HashSet::new());
        let (mut document, mut link, mut pages) = (first, link, None);
        loop {
            let number = pieces.len() as u32 + 1;
            let Some(page) = self.read(document, link).await else { break };
            let parsed = match &page.piece.parsed {
                Ok(parsed) => parsed,
                Err(_) if number == 1 => return vec![page.piece],
                Err(error) => {
                    self.miss_unread(number, error);
                    break;
                }
            };
            let before = seen.len();
            seen.extend(parsed.entries.iter().map(|entry| fingerprint(entry, 0)));
            if number > 1 && seen.len() == before {
                break;
            }
            pages = pages.or(page.pages);
            let goes_on = seen.len() > before
                && !self.is_all_known(parsed)
                && pages.is_none_or(|pages| u64::from(number) < pages);
            let next = self.next(page.named, number);
            pieces.push(page.piece);
            let Some(next) = next.filter(|next| goes_on && asked.insert(key(next))) else { break };
            if number >= self.rules.max_pages {
                self.miss_rest();
                break;
            }
            match self.get(next).await {
                Ok((came, head)) => (document, link) = (came, head.link),
                // Boards that are asked for one page too many say so.
                Err(Missed::Failed(Error::Status { status: 404 | 410 })) if self.rules.page.is_some() => {
                    break;
                }
                Err(missed) => {
                    let what =
                        format!("page {} was not read: {missed}; what came before it is used", number + 1);
                    self.trail.missed.push(what);
                    break;
                }
            }
        }
        pieces
    }

    /// Reads the sitemaps of an index.
    pub(super) async fn sitemaps(&mut self, addresses: Vec<String>) -> Vec<Piece> {
        let (mut pieces, most) = (Vec::new(), self.rules.max_pages as usize);
        if addresses.len() > most {
            let all = addresses.len();
            self.trail.missed.push(format!("of {all} sitemaps the first {most} are read (`max_pages`)"));
        }
        for address in addresses.into_iter().take(most) {
            let Some(url) = self.at_home(&address) else { continue };
            let request = Request { url: url.into(), post: None, led: true };
            let page = match self.get(request).await {
                Ok((document, _)) => self.read(document, None).await,
                Err(missed) => {
                    self.trail.missed.push(format!("the sitemap {address} was not read: {missed}"));
                    None
                }
            };
            pieces.extend(page.map(|page| page.piece));
            if self.trail.halted.is_some() {
                break;
            }
        }
        pieces
    }

    fn is_workday(&self) -> bool {
        self.rules.details == Some(Details::Workday)
    }

    /// How the page after so many is asked for.
    fn next(&self, named: Option<String>, pages: u32) -> Option<Request> {
        if self.is_workday() {
            let post = workday_question(&self.rules, u64::from(pages) * WORKDAY_ROWS);
            return Some(Request { url: self.home.clone()?.into(), post: Some(post), led: true });
        }
        let url = named.or_else(|| numbered(&self.source, &self.rules, pages))?;
        Some(Request { url: self.at_home(&url)?.into(), post: None, led: true })
    }

    /// Reads a page, on a thread of its own; none if that stopped.
    async fn read(&mut self, document: Document, link: Option<String>) -> Option<Page> {
        let (source, names) = (self.source.clone(), self.rules.next);
        let workday = self.is_workday();
        let read = tokio::task::spawn_blocking(move || Page {
            named: names.then(|| next::next(&document, link.as_deref())).flatten(),
            pages: if workday {
                next::total(&document).map(|total| total.div_ceil(WORKDAY_ROWS))
            } else {
                next::pages(&document)
            },
            piece: Piece::of_list(&source, &document),
        });
        match read.await {
            Ok(page) => Some(page),
            Err(stopped) => {
                self.trail.missed.push(format!("a page could not be read: {stopped}"));
                None
            }
        }
    }

    fn is_all_known(&self, parsed: &Parsed) -> bool {
        parsed.entries.iter().all(|entry| (self.ground.is_known)(entry))
    }

    /// A page beyond the last shows no entry, and a page in which nothing is selected is an error.
    fn miss_unread(&mut self, number: u32, error: &parse::Error) {
        let beyond = matches!(error, parse::Error::NothingSelected(_) | parse::Error::Empty);
        if !(beyond && self.rules.page.is_some()) {
            let what = format!("page {number} was not read: {error}; what came before it is used");
            self.trail.missed.push(what);
        }
    }

    /// Of a list that should be whole it matters that it is not.
    fn miss_rest(&mut self) {
        if self.source.complete {
            let most = self.rules.max_pages;
            self.trail.missed.push(format!("the list has more than {most} pages (`max_pages`)"));
        }
    }
}

/// What a request is known again by.
fn key(request: &Request) -> String {
    format!("{}{}", request.url, request.post.as_deref().unwrap_or_default())
}

/// The address of the page after so many, if pages are asked for by number.
fn numbered(source: &Source, rules: &Follow, pages: u32) -> Option<String> {
    let (own, page) = (source.url.as_deref()?, rules.page.as_deref()?);
    let number = (u64::from(rules.first) + u64::from(rules.step) * u64::from(pages)).to_string();
    let mut url = Url::parse(own).ok()?;
    if page.contains("{page}") {
        return url.join(&page.replace("{page}", &number)).ok().map(String::from);
    }
    // Pair by pair as written: a parameter that is not ours may hold a variable.
    let query = url.query().unwrap_or_default();
    let is_other = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some(page);
    let others = query.split('&').filter(is_other).map(str::to_owned);
    let query: Vec<_> = others.chain([format!("{page}={number}")]).collect();
    url.set_query(Some(&query.join("&")));
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(url: &str, page: &str, first: u32, step: u32) -> [String; 2] {
        let source = Source { url: Some(url.into()), ..Source::default() };
        let rules = Follow { page: Some(page.into()), first, step, ..Follow::default() };
        [1, 2].map(|pages| numbered(&source, &rules, pages).expect("an address"))
    }

    #[test]
    fn pages_are_asked_for_by_their_number() {
        let base = "https://board.example.org/jobs/";
        let both = |two: &str, three: &str| [format!("{base}{two}"), format!("{base}{three}")];
        assert_eq!(pages(base, "paged", 1, 1), both("?paged=2", "?paged=3"));
        let feed = format!("{base}?feed=job_feed&paged=1&k=${{ENV:K}}");
        let asked = |n: u32| format!("?feed=job_feed&k=${{ENV:K}}&paged={n}");
        assert_eq!(pages(&feed, "paged", 1, 1), both(&asked(2), &asked(3)));
        assert_eq!(
            pages(&format!("{base}?limit=100"), "offset", 0, 100),
            both("?limit=100&offset=100", "?limit=100&offset=200")
        );
        assert_eq!(pages(base, "page/{page}/", 1, 1), both("page/2/", "page/3/"));
    }
}
