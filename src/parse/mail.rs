//! Mails of a mailing list in, entries out: a file of one mail (`.eml`) or an mbox of many.
//!
//! Lists carry more than postings. A mail is taken if its subject speaks of a job, or its list is one
//! for jobs, and it is neither an answer nor a digest; the others are counted, and are no fault, since
//! they are most of many lists. Who wrote a mail is nobody's business: the author stays empty.

mod body;
mod footer;
mod links;
mod subject;

use std::borrow::Cow;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono_tz::Tz;
use mail_parser::{Message, MessageParser, MimeHeaders};

use super::{Entry, Parsed, SkipReason, decode};
use crate::date;
use crate::text;

/// Bytes of headers in which it is seen whether a text is a mail.
const HEADERS: usize = 16 * 1024;

/// Headers that the first line of a mail has, in lower case; or one that begins with `x-` or `list-`.
const FIRST: [&str; 17] = [
    "approved-by",
    "arc-seal",
    "authentication-results",
    "cc",
    "content-type",
    "date",
    "delivered-to",
    "dkim-signature",
    "from",
    "message-id",
    "mime-version",
    "received",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "to",
];

/// Whether a text is a mail or an mbox: it begins with a separator of mails or with headers, among
/// which are those that every mail has (RFC 5322, section 3.6).
pub fn is_mail(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let begins = is_separator(first.as_bytes())
        || header_name(first).is_some_and(|name| {
            FIRST.contains(&name.as_str()) || name.starts_with("x-") || name.starts_with("list-")
        });
    if !begins {
        return false;
    }
    let (mut subject, mut other, mut length) = (false, false, 0);
    for line in text.lines().take_while(|line| !line.trim().is_empty()) {
        let name = header_name(line);
        subject |= name.as_deref() == Some("subject");
        other |= name.is_some_and(|name| matches!(name.as_str(), "from" | "date" | "message-id"));
        length += line.len();
        if length > HEADERS {
            break;
        }
    }
    subject && other
}

/// The name of a header in lower case: `message-id`.
fn header_name(line: &str) -> Option<String> {
    let name = line.split_once(':')?.0;
    let right = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    right.then(|| name.to_ascii_lowercase())
}

/// Whether a line separates the mails of an mbox: `From a@example.org Mon Jan  3 09:56:21 2011`
/// (RFC 4155, appendix A).
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let mut parts = rest.split(|b| b.is_ascii_whitespace()).filter(|part| !part.is_empty());
    let time = parts.any(|part| part.contains(&b':') && part.first().is_some_and(u8::is_ascii_digit));
    time && parts.any(|part| part.len() == 4 && digits(part))
}

/// Reads a mail or an mbox; `zone` is that of dates which name none.
pub fn parse(bytes: &[u8], zone: Option<Tz>) -> Parsed {
    let mut parsed = Parsed { complete: true, ..Parsed::default() };
    let mut seen = HashSet::new();
    for (number, mail) in split(bytes).enumerate() {
        let Ok(entry) = catch_unwind(AssertUnwindSafe(|| entry(&mail, zone))) else {
            parsed.skip(format!("mail {}", number + 1), SkipReason::BadFile);
            continue;
        };
        match entry {
            Ok(entry) if entry.key.as_ref().is_none_or(|key| seen.insert(key.clone())) => parsed.take(entry),
            Ok(_) => {}
            Err((subject, reason)) => parsed.skip(subject, reason),
        }
    }
    parsed
}

/// The mails of an mbox without their separators, `>From ` at the begin of a line unquoted; or the one
/// mail that the bytes are.
fn split(bytes: &[u8]) -> impl Iterator<Item = Cow<'_, [u8]>> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let mbox = is_separator(start.split(|b| *b == b'\n').next().unwrap_or_default());
    let mut rest = start;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if !mbox {
            return Some(Cow::Borrowed(std::mem::take(&mut rest)));
        }
        let mut mail = Vec::new();
        let (mut first, mut blank) = (true, false);
        while !rest.is_empty() {
            let length = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |at| at + 1);
            let (line, after) = rest.split_at(length);
            if !first && blank && is_separator(line) {
                break;
            }
            let quoted = line.iter().position(|b| *b != b'>').filter(|marks| *marks > 0);
            let quoted = quoted.is_some_and(|marks| line[marks..].starts_with(b"From "));
            if !first {
                mail.extend_from_slice(if quoted { &line[1..] } else { line });
            }
            (first, blank) = (false, line.trim_ascii().is_empty());
            rest = after;
        }
        Some(Cow::Owned(mail))
    })
}

/// What a mail advertises; or its subject, and why it is not taken.
fn entry(mail: &[u8], zone: Option<Tz>) -> Result<Entry, (String, SkipReason)> {
    let Some(message) = MessageParser::default().parse(mail) else {
        return Err(("a mail without headers".into(), SkipReason::BadFile));
    };
    let subject = text::squash(&header(&message, "Subject", message.subject()));
    let list = List::of(&message);
    let digest = message.content_type().is_some_and(|kind| kind.subtype() == Some("digest"));
    if digest || subject::is_answer(&subject) {
        return Err((subject, SkipReason::Answer));
    }
    if !list.jobs && !subject::is_job(&subject) {
        return Err((subject, SkipReason::NotAJob));
    }
    let body = body::read(&message);
    let date = header(&message, "Date", None);
    Ok(Entry {
        key: message.message_id().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()),
        title: subject::title(&subject).to_owned(),
        url: links::page(links::of(&body).into_iter().filter(|link| !list.has(link)).collect()),
        published: date::read(&date, zone),
        body,
        ..Entry::default()
    })
}

/// The text of a header: as the parser decodes it, unless it holds bytes that it cannot.
fn header(message: &Message<'_>, name: &str, decoded: Option<&str>) -> String {
    if let Some(text) = decoded.filter(|text| !text.contains('\u{fffd}')) {
        return text.to_owned();
    }
    let raw = message.headers().iter().rev().find(|header| header.name().eq_ignore_ascii_case(name));
    let raw = raw.and_then(|header| {
        message.raw_message().get(header.offset_start() as usize..header.offset_end() as usize)
    });
    decode::decode(raw.unwrap_or_default(), None).text.trim().to_owned()
}

/// Parts of addresses that lead to a list's own pages, or out of it.
const OF_LISTS: [&str; 7] =
    ["listinfo", "unsubscribe", "optout", "opt-out", "cgi-bin/wa", "list-manage.com", "/mailman/"];

/// The mailing list that a mail came by.
struct List {
    /// Hosts of its archive and its addresses.
    hosts: Vec<String>,
    /// Whether its name says that it is for jobs: then every mail is about one.
    jobs: bool,
}

impl List {
    fn of(message: &Message<'_>) -> List {
        let mut list = List { hosts: Vec::new(), jobs: false };
        let named = ["List-Id", "List-Post", "List-Archive", "List-Help", "List-Unsubscribe", "List-Owner"];
        for name in named {
            let value = header(message, name, None).to_ascii_lowercase();
            if matches!(name, "List-Id" | "List-Post") {
                list.jobs |= value.contains("job");
            }
            // `<mailto:x@lists.example.org>, <https://lists.example.org/x>`
            for address in value.split(['<', '>', ',', ' ']) {
                let host = address.split_once("://").map(|(_, rest)| rest);
                let host = host.or_else(|| address.split_once('@').map(|(_, rest)| rest));
                let host = host.and_then(|rest| rest.split(['/', '?', ':']).next());
                list.hosts.extend(host.filter(|host| !host.is_empty()).map(str::to_owned));
            }
        }
        list
    }

    /// Whether a link leads to the list itself.
    fn has(&self, link: &str) -> bool {
        let rest = link.split_once("://").map_or(link, |(_, rest)| rest).to_ascii_lowercase();
        let host = rest.split(['/', '?', ':', '#']).next().unwrap_or_default();
        self.hosts.iter().any(|known| known == host) || OF_LISTS.iter().any(|part| rest.contains(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_are_known_by_what_they_begin_with() {
        assert!(is_mail("From a@example.org Mon Jan  3 09:56:21 2011\nSubject: x\nFrom: y\n\nz"));
        assert!(is_mail("   \nDelivered-To: x\nDate: y\nSubject: x\n\nz"));
        assert!(is_mail("Return-Path: <a@example.org>\nFrom: y\nSubject: x\n\nz"));
        assert!(!is_mail("From the director: a job\nSubject: x\nFrom: y\n\nz"));
        assert!(!is_mail("Content-Type: text/xml\n\n<rss>"));
        assert!(!is_mail("Title: x\nSubject: y\nFrom: z\n"));
    }

    #[test]
    fn an_mbox_is_split_at_its_separators_only() {
        let separator = "From a@example.org Mon Jan  3 09:56:21 2011\n";
        let mbox = format!(
            "{separator}A: b\n\nFrom here\n>From there\n>>From b\n\n{separator}C: d\n\nx\n{separator}"
        );
        let mails: Vec<_> =
            split(mbox.as_bytes()).map(|mail| String::from_utf8_lossy(&mail).into_owned()).collect();
        let second = format!("C: d\n\nx\n{separator}");
        assert_eq!(mails, ["A: b\n\nFrom here\nFrom there\n>From b\n\n", second.as_str()]);
    }
}
