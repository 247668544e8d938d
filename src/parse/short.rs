//! A child of an RSS item in, whether feed-rs can be spared it out.
//!
//! Most of what feed-rs reads is thrown away: ids and dates come from [`super::extra`], which has
//! also seen the long texts already. A child that is so plain that two readers cannot differ about
//! it is cut out of what feed-rs is given. In doubt feed-rs reads the document as it is.

use std::borrow::Cow;

use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use url::Url;

use super::markup::{Kind, Token};

/// A child that feed-rs need not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Child<'a> {
    /// Nothing of it is asked of feed-rs.
    Read,
    /// A link: if it is absolute, no other is asked for.
    Link,
    /// A text as feed-rs would give it.
    Text(Cow<'a, str>),
}

/// What a child of an item of RSS (or of an entry of Atom) without elements and of one token is;
/// `tag` is the tag that opens it, `inner` what follows up to its end.
pub fn child<'a>(atom: bool, tag: &str, inner: &'a str) -> Option<Child<'a>> {
    let text = || match inner.strip_prefix("<![CDATA[") {
        Some(rest) => rest.strip_suffix("]]>").map(Cow::Borrowed),
        None if inner.contains('<') => None,
        // A wrong reference makes feed-rs refuse the document, which is then mended.
        None => unescape_with(inner, resolve_predefined_entity).ok(),
    };
    match (atom, tag) {
        (false, "<guid>" | "<guid isPermaLink=\"true\">" | "<guid isPermaLink=\"false\">" | "<pubDate>")
        | (true, "<id>" | "<published>" | "<updated>") => text().map(|_| Child::Read),
        (false, "<link>") => text().map(|_| Child::Link),
        (false, "<title>" | "<description>" | "<content:encoded>") => text().map(Child::Text),
        (true, tag) if is_html(tag) => text().filter(|text| !text.is_empty()).map(Child::Text),
        _ => None,
    }
}

/// Whether a tag begins a text of Atom that feed-rs takes for HTML, and finds no fault with.
fn is_html(tag: &str) -> bool {
    let rest =
        tag.strip_prefix("<content type=\"html\"").or_else(|| tag.strip_prefix("<summary type=\"html\""));
    rest.is_some_and(|rest| {
        let base = rest.strip_prefix(" xml:base=\"").and_then(|rest| rest.strip_suffix("\">"));
        rest == ">" || base.is_some_and(|base| !base.contains(['"', '&']) && Url::parse(base).is_ok())
    })
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
        assert_eq!(child(false, "<guid>", "a&amp;b"), Some(Child::Read));
        assert_eq!(child(false, "<link>", "https://example.org/"), Some(Child::Link));
        assert_eq!(child(false, "<title>", "<![CDATA[a & b]]>"), Some(Child::Text("a & b".into())));
    }

    #[test]
    fn what_feed_rs_may_refuse_or_decode_is_not() {
        assert_eq!(child(false, "<guid>", "a&b"), None);
        assert_eq!(child(false, "<description>", "a&nbsp;b"), None);
        assert_eq!(child(true, "<content type=\"html\" xml:base=\"//\">", "a"), None);
        assert_eq!(child(false, "<description xmlns=\"x\">", "a"), None);
    }
}
