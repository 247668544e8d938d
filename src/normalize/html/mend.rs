//! Markup that is not plainly nested in, the same as a browser understands it out.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::element::Tag;
use super::token::{APPENDED, Token, Tokens};

/// The parser behind ammonia takes time and space in proportion to the elements times the depth, and
/// writes a text in proportion to its length times the characters that need escaping. A posting stays
/// far below both; what does not is no posting.
const MOST_WORK: usize = 1_000_000;
const MOST_ESCAPING: usize = 1_000_000_000;
const DEEPEST: usize = 250;

/// Markup of the same meaning, properly nested, of elements that may stay only. `None` if it would
/// cost too much to find out.
pub(super) fn mend(html: &str) -> Option<String> {
    Some(AMMONIA.clean(&rewritten(html)?).to_string())
}

static AMMONIA: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(Tag::names().iter().copied().collect())
        .generic_attributes(HashSet::from(["class"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("img", HashSet::from(["src", "alt", "width", "height"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None);
    builder
});

/// The tokens of `html` as markup that leaves a parser nothing to guess but how it nests.
fn rewritten(html: &str) -> Option<String> {
    let mut out = String::with_capacity(html.len());
    let (mut elements, mut deepest) = (0, 0);
    // How deep the elements may be at worst: an end tag counts only if it ends the innermost one.
    let mut open = Vec::new();
    for token in Tokens::new(html) {
        match token {
            Token::Text(text) => text.split('<').enumerate().for_each(|(at, text)| {
                out.push_str(if at == 0 { "" } else { "&lt;" });
                out.push_str(text);
            }),
            Token::Start(tag, attributes) => {
                let attributes = attributes.unwrap_or_default();
                elements += 1;
                if !tag.is_void() && !ends_with_next(tag) {
                    open.push(tag);
                    deepest = deepest.max(open.len());
                }
                out.push('<');
                out.push_str(tag.name());
                let kept = [
                    ("href", attributes.href),
                    ("src", attributes.src),
                    ("alt", attributes.alt),
                    ("width", attributes.width),
                    ("height", attributes.height),
                    ("colspan", attributes.colspan),
                    ("rowspan", attributes.rowspan),
                    ("start", attributes.start),
                    ("class", attributes.unwanted.then_some(APPENDED[0])),
                ];
                for (name, value) in kept.into_iter().filter_map(|(name, value)| value.map(|v| (name, v))) {
                    out.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
                }
                out.push('>');
            }
            Token::End(tag) => {
                if open.last() == Some(&tag) {
                    open.pop();
                }
                out.push_str("</");
                out.push_str(tag.name());
                out.push('>');
            }
        }
    }
    let escaping = out.bytes().filter(|b| matches!(b, b'&' | 0xC2)).count().checked_mul(out.len());
    let affordable = deepest <= DEEPEST
        && elements * (deepest + 1) <= MOST_WORK
        && escaping.is_some_and(|escaping| escaping <= MOST_ESCAPING);
    affordable.then_some(out)
}

/// Elements that cannot be open in one another without another one between: the next one, or the end
/// of what they stand in, ends them.
fn ends_with_next(tag: Tag) -> bool {
    tag.is_cell()
        || matches!(
            tag,
            Tag::P | Tag::Li | Tag::Dd | Tag::Dt | Tag::Tr | Tag::Thead | Tag::Tbody | Tag::Tfoot
        )
}
