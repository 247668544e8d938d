//! A child of an RSS item in, whether feed-rs can be spared it out.
//!
//! Most of what feed-rs reads is thrown away: ids and dates come from [`super::extra`], which has
//! also seen the long texts already. A child that is so plain that two readers cannot differ about
//! it is cut out of what feed-rs is given. In doubt feed-rs reads the document as it is.

use super::markup::{Kind, Token};

/// A child that feed-rs need not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Child<'a> {
    /// Nothing of it is asked of feed-rs.
    Read,
    /// A link: if it is absolute, no other is asked for.
    Link,
    /// A text as feed-rs would give it.
    Text(&'a str),
}

/// What a child without elements and of one token is; `tag` is the tag that opens it, `inner` what
/// follows up to its end.
pub fn child<'a>(tag: &str, inner: &'a str) -> Option<Child<'a>> {
    // A wrong reference makes feed-rs refuse the document, which is then mended.
    let text = match inner.strip_prefix("<![CDATA[") {
        Some(rest) => Some(rest.strip_suffix("]]>")?),
        None if inner.contains('<') => return None,
        None => Some(inner).filter(|text| !text.contains('&')),
    };
    let safe = || text.is_some() || inner.match_indices('&').all(|(at, _)| inner[at..].starts_with("&amp;"));
    match tag {
        "<guid>" | "<guid isPermaLink=\"true\">" | "<guid isPermaLink=\"false\">" | "<pubDate>" => {
            safe().then_some(Child::Read)
        }
        "<link>" => safe().then_some(Child::Link),
        "<title>" | "<description>" | "<content:encoded>" => text.map(Child::Text),
        _ => None,
    }
}

/// Whether two readers may differ about a token, and so about all that follows it.
pub fn is_odd(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Aside => {
            let comment = token.text.starts_with("<!--");
            !comment || token.text.starts_with("<!-->") || token.text.starts_with("<!--->")
        }
        Kind::Close => token.text.len() != "</>".len() + token.name().len(),
        _ => !token.whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_children_are_spared() {
        assert_eq!(child("<guid>", "a&amp;b"), Some(Child::Read));
        assert_eq!(child("<link>", "https://example.org/"), Some(Child::Link));
        assert_eq!(child("<title>", "<![CDATA[a & b]]>"), Some(Child::Text("a & b")));
    }

    #[test]
    fn what_feed_rs_may_refuse_or_decode_is_not() {
        assert_eq!(child("<guid>", "a&b"), None);
        assert_eq!(child("<description>", "a&amp;b"), None);
        assert_eq!(child("<description xmlns=\"x\">", "a"), None);
    }
}
