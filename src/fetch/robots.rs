//! The robots.txt of a host in, which of its addresses may be asked and how often out.
//!
//! Pure: who asks fetches the file at [`address`], and decides what it means that there is none
//! (RFC 9309 section 2.3.1).

use std::time::Duration;

use url::{Position, Url};

/// The product token by which a robots.txt calls us; `User-Agent` begins with it.
pub const PRODUCT: &str = "Shelfwire";

/// Bytes that are read (RFC 9309 section 2.5 wants no less).
const MOST_BYTES: usize = 500 * 1024;

/// Ways to write "disallow" that are common enough to be understood, as Google's parser does.
const DISALLOW: [&str; 6] = ["disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"];

/// The rules of one host that are meant for us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    /// As [`escapes`] writes it, with `*` and a `$` at the end.
    path: String,
    allow: bool,
}

/// What one line says.
enum Line {
    Agent(String),
    Rule(Rule),
    Delay(Duration),
    Other,
}

impl Robots {
    /// Reads the rules for `product`, or else those for everyone (RFC 9309 section 2.2.1). What is no
    /// robots.txt, and a host without any, allows everything: that is the default value.
    pub fn read(body: &[u8], product: &str) -> Robots {
        let body = &body[..body.len().min(MOST_BYTES)];
        let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
        let (mut ours, mut everyones) = (None::<Robots>, Robots::default());
        // Whom the group at hand is for, and whether more may be named.
        let (mut us, mut everyone, mut naming) = (false, false, false);
        for line in body.split(|b| matches!(b, b'\n' | b'\r')).map(line) {
            if let Line::Agent(name) = &line {
                us = (us && naming) || name.eq_ignore_ascii_case(product);
                everyone = (everyone && naming) || name == "*";
                naming = true;
                if us {
                    ours.get_or_insert_default();
                }
                continue;
            }
            // A delay ends the names although the RFC does not know it: after "User-agent: *" and a delay
            // a robot is named that is to stay away, and only that one.
            naming &= matches!(line, Line::Other);
            if everyone {
                everyones.take(&line);
            }
            if let Some(ours) = ours.as_mut().filter(|_| us) {
                ours.take(&line);
            }
        }
        ours.unwrap_or(everyones)
    }

    fn take(&mut self, line: &Line) {
        match line {
            Line::Rule(rule) => self.rules.push(rule.clone()),
            Line::Delay(delay) => self.delay = self.delay.or(Some(*delay)),
            Line::Agent(_) | Line::Other => {}
        }
    }

    /// Whether an address of that host may be asked: the longest rule that fits it says so, and of two
    /// equally long ones the one that allows it (RFC 9309 section 2.2.2).
    pub fn allows(&self, url: &Url) -> bool {
        let path = escapes(url[Position::BeforePath..Position::AfterQuery].as_bytes());
        if path == "/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|rule| fits(&rule.path, &path));
        fitting.max_by_key(|rule| (rule.path.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }

    /// Time between two requests that the host wants, however long (`Crawl-delay`: no part of the RFC,
    /// but common).
    pub fn delay(&self) -> Option<Duration> {
        self.delay
    }
}

/// Where the robots.txt is that speaks for `url` (RFC 9309 section 2.3); none but for http.
pub fn address(url: &Url) -> Option<Url> {
    let mut robots = url.join("/robots.txt").ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    // Only an address that cannot have them refuses, and that is none of http.
    let _ = robots.set_username("");
    let _ = robots.set_password(None);
    Some(robots)
}

fn line(line: &[u8]) -> Line {
    let line = line.split(|b| *b == b'#').next().unwrap_or_default().trim_ascii();
    // Some forget the colon.
    let end = line.iter().position(|b| *b == b':').or_else(|| line.iter().position(u8::is_ascii_whitespace));
    let Some((name, value)) = end.map(|end| (line[..end].trim_ascii_end(), line[end + 1..].trim_ascii()))
    else {
        return Line::Other;
    };
    let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
    if is("user-agent") || is("useragent") || is("user agent") {
        Line::Agent(product(value))
    } else if is("crawl-delay") {
        let seconds = std::str::from_utf8(value).ok().and_then(|value| value.parse().ok());
        let seconds = seconds.filter(|seconds: &f64| *seconds > 0.0);
        seconds.map_or(Line::Other, |s| Line::Delay(Duration::try_from_secs_f64(s).unwrap_or(Duration::MAX)))
    } else if is("allow") || DISALLOW.iter().any(|known| is(known)) {
        // One without a path is a rule that fits nothing: "Disallow:" allows everything.
        Line::Rule(Rule { path: escapes(value), allow: is("allow") || value.is_empty() })
    } else {
        Line::Other
    }
}

/// The product token that a group is for: `Name` of `Name/1.0 (robot)`, or `*`.
fn product(value: &[u8]) -> String {
    if value.first() == Some(&b'*') {
        return "*".into();
    }
    let token = |b: &&u8| b.is_ascii_alphabetic() || matches!(b, b'_' | b'-');
    value.iter().take_while(token).map(|b| char::from(*b)).collect()
}

/// Whether a rule's path fits the beginning of `path`, or all of it before a `$`; a `*` is anything
/// (RFC 9309 section 2.2.3).
fn fits(rule: &str, path: &str) -> bool {
    let (rule, whole) = rule.strip_suffix('$').map_or((rule, false), |rule| (rule, true));
    let (first, rest) = rule.split_once('*').map_or((rule, None), |(first, rest)| (first, Some(rest)));
    let Some(mut path) = path.strip_prefix(first) else { return false };
    let Some(rest) = rest else { return !whole || path.is_empty() };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some(at) = path.find(part) else { return false };
        path = &path[at + part.len()..];
    }
    if whole { path.ends_with(last) } else { path.contains(last) }
}

/// A path in the spelling in which paths are compared, all of it ASCII (RFC 9309 section 2.2.2): what
/// need not be escaped is not, what must be is, with digits in upper case.
fn escapes(path: &[u8]) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let escaped = match (byte, after) {
            (b'%', [high, low, ..]) => digit(*high).zip(digit(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        if escaped.is_some() {
            rest = &after[2..];
        }
        match escaped {
            Some(plain) if plain.is_ascii_alphanumeric() || b"-._~".contains(&plain) => {
                out.push(char::from(plain));
            }
            None if byte.is_ascii_graphic() => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{:02X}", escaped.unwrap_or(byte))),
        }
    }
    out
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
