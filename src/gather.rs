//! Postings and known vacancies in, changes to vacancies out.
//!
//! Which postings advertise the same vacancy is decided here, by exact keys: the same entry of
//! the same source; the same canonical link; the same link to apply with the same title. A
//! posting is looked up by its keys and never compared with everything, so the cost of a pass
//! grows with what came, not with the archive.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::link;
use crate::posting::{Field, Posting};
use crate::text;

/// Days between two postings of one title at one address beyond which they advertise two
/// vacancies in turn. Copies of one vacancy on several boards were seen up to 44 days apart.
const READVERTISED_AFTER_DAYS: i64 = 45;

/// A vacancy's id as a number: 60 bits, so that it is 12 letters and digits in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VacancyId(pub i64);

/// Crockford's base 32 in lower case: no i, l, o, u, so that ids are read aloud without doubt.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl VacancyId {
    /// The first 20 bits come from the source: what one source opens lies side by side in a table,
    /// so that keeping it touches a few pages of the file and not one for each vacancy.
    fn new(source: u64, own: u64) -> Self {
        VacancyId((source >> 44 << 40 | own >> 24) as i64)
    }
}

impl std::fmt::Display for VacancyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for place in (0..12).rev() {
            let digit = DIGITS[(self.0 >> (5 * place) & 31) as usize];
            write!(f, "{}", digit as char)?;
        }
        Ok(())
    }
}

/// A posting as it comes from `normalize`, with a hash of the entry that it was made from.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub posting: Posting,
    pub fingerprint: u64,
}

/// A known posting that shares a key with a new one.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub vacancy: VacancyId,
    pub source: String,
    /// Hash of the folded title.
    pub title: u64,
    pub posted: DateTime<Utc>,
}

/// What is remembered, as far as gathering asks.
pub trait Known {
    type Error;
    /// The vacancy of this entry of this source.
    fn vacancy_of(&self, source: &str, identity: u64) -> Result<Option<VacancyId>, Self::Error>;
    /// The postings that have one of these keys.
    fn candidates(&self, keys: &[u64]) -> Result<Vec<Candidate>, Self::Error>;
    /// Whether the id is taken.
    fn exists(&self, vacancy: VacancyId) -> Result<bool, Self::Error>;
}

/// What one posting does to the vacancies.
#[derive(Debug)]
pub struct Change {
    pub incoming: Incoming,
    pub identity: u64,
    pub keys: Vec<u64>,
    pub title: u64,
    pub vacancy: VacancyId,
    pub kind: ChangeKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// A posting of a vacancy that was not known.
    Opens,
    /// A new posting of a known vacancy.
    Joins,
    /// A known posting whose entry is another than before.
    Updates,
}

/// By what an entry of a source is known again: its own id, else its link, else its words.
pub fn identity(posting: &Posting) -> u64 {
    let mut hash = Xxh3::new();
    match (&posting.source_key, &posting.url) {
        (Some(key), _) => {
            hash.update(b"key\0");
            hash.update(key.as_bytes());
        }
        (None, Some(url)) => {
            hash.update(b"url\0");
            hash.update(link::key(url).as_bytes());
            hash.update(text::fold(&posting.title).as_bytes());
        }
        (None, None) => {
            hash.update(b"words\0");
            hash.update(text::fold(&posting.title).as_bytes());
            hash.update(posting.employer.as_deref().unwrap_or_default().as_bytes());
        }
    }
    hash.digest()
}

/// Finds for each posting the vacancy that it advertises.
///
/// The postings must be of one source, in its order; none may be one that is known unchanged.
///
/// # Errors
/// Those of `known`.
pub fn gather<K: Known>(known: &K, incoming: Vec<Incoming>) -> Result<Vec<Change>, K::Error> {
    let mut batch = Batch::default();
    let mut changes: Vec<Change> = Vec::with_capacity(incoming.len());
    for incoming in incoming {
        let posting = &incoming.posting;
        let identity = identity(posting);
        if batch.identities.contains(&identity) {
            continue;
        }
        let folded = text::fold(&posting.title);
        let title = xxh3_64(folded.as_bytes());
        let keys = keys(posting, &folded);
        let posted = posted(posting);
        let (vacancy, kind) = match known.vacancy_of(&posting.source, identity)? {
            Some(vacancy) => (vacancy, ChangeKind::Updates),
            None => {
                let mut candidates = known.candidates(&keys)?;
                batch.candidates(&keys, &mut candidates);
                match join(posting, title, posted, &candidates) {
                    Some(vacancy) => (vacancy, ChangeKind::Joins),
                    None => (fresh_id(known, &batch, &posting.source, identity)?, ChangeKind::Opens),
                }
            }
        };
        batch.add(identity, &keys, Candidate { vacancy, source: posting.source.clone(), title, posted });
        changes.push(Change { incoming, identity, keys, title, vacancy, kind });
    }
    Ok(changes)
}

/// The candidate that advertises the same vacancy: the oldest of those that fit.
fn join(posting: &Posting, title: u64, posted: DateTime<Utc>, candidates: &[Candidate]) -> Option<VacancyId> {
    candidates
        .iter()
        .filter(|c| (c.posted - posted).num_days().abs() <= READVERTISED_AFTER_DAYS)
        // One board gives several vacancies the address of one page that lists them all.
        .filter(|c| c.source != posting.source || c.title == title)
        .min_by_key(|c| (c.posted, c.vacancy))
        .map(|c| c.vacancy)
}

/// The exact keys of a posting. Those with a title in them hold for any address; one without only
/// for an address that names a single posting.
pub fn keys(posting: &Posting, folded_title: &str) -> Vec<u64> {
    let mut keys = Vec::with_capacity(3);
    let mut add = |parts: &[&str]| {
        let mut hash = Xxh3::new();
        for part in parts {
            hash.update(part.as_bytes());
            hash.update(b"\0");
        }
        // The first 16 bits come from the host, so that keys of one board lie side by side; see
        // [`VacancyId::new`].
        let host = parts[1].split('/').next().unwrap_or_default();
        let key = xxh3_64(host.as_bytes()) >> 48 << 48 | hash.digest() >> 16;
        if !keys.contains(&key) {
            keys.push(key);
        }
    };
    // A page of many vacancies tells nothing of which one is meant: there the title line must be the
    // same as the source gave it, with the branch, the rank and the hours that the title leaves out.
    let given = posting.known(Field::Title).and_then(|known| known.raw.as_deref()).map(text::fold);
    let line = given.as_deref().unwrap_or(folded_title);
    if let Some(url) = &posting.url {
        let key = link::key(url);
        if is_specific(&key) {
            add(&["url", &key]);
            add(&["apply", &key, folded_title]);
        } else {
            add(&["page", &key, line]);
        }
    }
    if let Some(apply) = &posting.apply_url {
        let key = link::key(apply);
        if is_specific(&key) { add(&["apply", &key, folded_title]) } else { add(&["page", &key, line]) }
    }
    keys
}

/// Whether an address (in the form of [`link::key`]) names one posting rather than a page of many:
/// its path or query holds a number of three digits or more, or a slug of four words or more.
fn is_specific(key: &str) -> bool {
    let Some((_, path)) = key.split_once('/') else { return false };
    let mut digits = 0;
    for byte in path.bytes() {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        if digits == 3 {
            return true;
        }
    }
    path.split(['/', '?', '&'])
        .any(|part| part.split(['-', '_']).filter(|word| !word.is_empty()).count() >= 4)
}

fn posted(posting: &Posting) -> DateTime<Utc> {
    posting.posted.map_or(DateTime::UNIX_EPOCH, |p| p.instant())
}

/// An id that depends on nothing but the first posting's source and identity, so that a store
/// built anew from the same documents gives subscribers the same ids.
fn fresh_id<K: Known>(known: &K, batch: &Batch, source: &str, identity: u64) -> Result<VacancyId, K::Error> {
    let of_source = xxh3_64(source.as_bytes());
    let mut salt = 0u32;
    loop {
        let mut hash = Xxh3::with_seed(of_source);
        hash.update(&identity.to_le_bytes());
        hash.update(&salt.to_le_bytes());
        let id = VacancyId::new(of_source, hash.digest());
        if !batch.ids.contains(&id) && !known.exists(id)? {
            return Ok(id);
        }
        salt += 1;
    }
}

/// The postings of this batch, which the store does not know yet.
#[derive(Default)]
struct Batch {
    identities: HashSet<u64>,
    ids: HashSet<VacancyId>,
    by_key: HashMap<u64, Vec<Candidate>>,
}

impl Batch {
    fn add(&mut self, identity: u64, keys: &[u64], candidate: Candidate) {
        self.identities.insert(identity);
        self.ids.insert(candidate.vacancy);
        for key in keys {
            self.by_key.entry(*key).or_default().push(candidate.clone());
        }
    }

    fn candidates(&self, keys: &[u64], into: &mut Vec<Candidate>) {
        for key in keys {
            into.extend(self.by_key.get(key).into_iter().flatten().cloned());
        }
    }
}
