//! An address in, its pieces out if a parser of addresses would leave it as it stands.
//!
//! Nearly every address that comes is written in its normal form already. To see that takes a look
//! at its bytes; to parse it and write it again costs thirty times as much.

/// The pieces of an address in its normal form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain<'a> {
    /// Letters in lower case, digits, hyphens and full stops; a domain and no number.
    pub host: &'a str,
    /// With its slash in front.
    pub path: &'a str,
    pub query: Option<&'a str>,
    pub fragment: Option<&'a str>,
}

/// Longer hosts are left to the parser, which knows the limits of names.
const LONGEST_HOST: usize = 60;

impl<'a> Plain<'a> {
    /// `None` if the address is not surely in its normal form (URL standard, section 4.4), which has
    /// a scheme and a host in lower case, no port and no credentials, and a path without steps to the
    /// folder above; or if it has a byte that the parser may write in another way.
    pub fn of(url: &'a str) -> Option<Self> {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let (host, rest) = rest.split_at(rest.bytes().position(|byte| byte == b'/')?);
        if !is_domain(host) {
            return None;
        }
        let bytes = rest.as_bytes();
        let mut path = 0;
        loop {
            path += kept(&bytes[path..]);
            match bytes.get(path) {
                // A segment of full stops alone is a step in the folders; so may an encoded one be.
                Some(b'.') if bytes[path - 1] != b'/' => path += 1,
                None | Some(b'?' | b'#') => break,
                Some(_) => return None,
            }
        }
        let mut query = path;
        while matches!(bytes.get(query), Some(b'?' | b'.' | b'%')) {
            query += 1;
            query += kept(&bytes[query..]);
        }
        if bytes.get(query).is_some_and(|byte| *byte != b'#') {
            return None;
        }
        let fragment = rest.get(query + 1..);
        if fragment.is_some_and(|fragment| kept(fragment.as_bytes()) < fragment.len()) {
            return None;
        }
        let (path, query) = (&rest[..path], rest.get(path + 1..query));
        Some(Plain { host, path, query, fragment })
    }
}

/// Bytes that the parser never changes, be they in a path, a query or a fragment.
const KEPT: [bool; 256] = {
    let bytes = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~/=+,:@!&$*();";
    let (mut kept, mut at) = ([false; 256], 0);
    while at < bytes.len() {
        kept[bytes[at] as usize] = true;
        at += 1;
    }
    kept
};

/// The number of such bytes at the beginning.
fn kept(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !KEPT[usize::from(*byte)]).unwrap_or(bytes.len())
}

/// Whether a host is a domain of two labels or more that no rule of internationalized names (`xn--`,
/// and what else may come to have two hyphens) or of numeric addresses (`0x7f.1`) says anything of.
fn is_domain(host: &str) -> bool {
    let (mut labels, mut numeric, mut before) = (0, false, b'.');
    for byte in host.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' if before == b'.' => {
                labels += 1;
                numeric = byte.is_ascii_digit();
            }
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'.' | b'-' if before != b'.' && before != b'-' => {}
            _ => return false,
        }
        before = byte;
    }
    labels > 1 && !numeric && before.is_ascii_alphanumeric() && host.len() <= LONGEST_HOST
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;
    use url::Url;

    use super::super::{canonical, key, key_of, resolve, tidied};
    use super::*;

    const PIECES: [&str; 60] = [
        "https://",
        "http://",
        "HTTP://",
        "www.",
        "example",
        ".org",
        ".com",
        "Example",
        "localhost",
        "xn--",
        "-",
        "--",
        "0x7f",
        ".1",
        "1",
        ".",
        "..",
        "/",
        "/",
        "/",
        "/",
        "/./",
        "/../",
        "/.a",
        "%2e",
        "%41",
        "%",
        "jobs",
        "job",
        "careers",
        "index.html",
        "71234",
        "en-US",
        ";jsessionid=1",
        ";",
        "?",
        "?",
        "?",
        "&",
        "&",
        "&amp;",
        "id=7",
        "a",
        "utm_source=x",
        "Source=RSS",
        "ref=b",
        "gclid",
        "#",
        "#job-4411",
        "!",
        "section100",
        ":80",
        "@",
        " ",
        "'",
        "|",
        "\\",
        "é",
        "(",
        ")",
    ];

    fn addresses() -> impl Strategy<Value = String> {
        let start = select(vec!["", "https://example.org/", "http://a.example.com/jobs", "https://"]);
        (start, proptest::collection::vec(select(PIECES.to_vec()), 0..8))
            .prop_map(|(start, pieces)| start.to_owned() + &pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_parser_leaves_a_plain_address_as_it_stands(url in addresses()) {
            if let Some(plain) = Plain::of(&url) {
                let parsed = Url::parse(&url).expect("a plain address is one");
                prop_assert_eq!(parsed.as_str(), &url);
                prop_assert_eq!(parsed.host_str(), Some(plain.host));
                prop_assert_eq!(parsed.path(), plain.path);
                prop_assert_eq!(parsed.query(), plain.query);
                prop_assert_eq!(parsed.fragment(), plain.fragment);
                prop_assert_eq!(resolve("", &url), Some(url.clone()));
            }
            let slow = tidied(&url);
            prop_assert_eq!(canonical(&url), slow.clone().map(String::from));
            let slow = slow.map_or(url.trim().to_owned(), |url| {
                key_of(url.host_str().unwrap_or_default(), url.port(), url.path(), url.query(), url.fragment())
            });
            prop_assert_eq!(key(&url), slow);
        }
    }

    #[test]
    fn usual_addresses_are_plain_and_doubtful_ones_are_not() {
        for url in ["https://www.example.org/", "http://a-b.example.com/Job_7/x.html?id=7&q=a%20b#apply"] {
            assert!(Plain::of(url).is_some(), "{url}");
        }
        for url in
            ["https://example.org", "https://example.org:80/", "https://0x7f.1/", "https://a.org/b/../c"]
        {
            assert!(Plain::of(url).is_none(), "{url}");
        }
    }
}
