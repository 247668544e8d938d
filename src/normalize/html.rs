//! Untrusted markup in, safe HTML and plain text out.
//!
//! ```text
//! HTML ──► token ──► nest ──► tidy ──► safe HTML
//!            │         │ not plain how it nests
//!            └─► mend ◄┘   (a browser's parser), then the same way again
//! ```

#[cfg(test)]
mod agreement;
mod element;
mod escape;
mod mend;
mod nest;
mod picture;
mod plain;
mod tail;
mod tidy;
mod token;

pub use plain::from_text;

use std::borrow::Cow;

use crate::text;

/// More than this of one body is not read, in bytes: the longest postings have some 50 kB.
const LONGEST: usize = 1 << 20;

/// How the links of a description are written.
#[derive(Debug, Clone, Copy)]
enum Links<'l> {
    /// Resolved against this address; those that cannot be resolved go, their text stays.
    Against(&'l str),
    /// As they are: somebody resolves them later.
    Keep,
}

/// Safe HTML of the same meaning: elements of text, lists, tables, links and pictures, and of their
/// attributes only those that say where links and pictures are. Links are absolute, resolved against
/// `base`; one that has no address that a reader can follow is just text.
///
/// Left out: what nobody reads (scripts, styles, forms, hidden parts, pictures that count readers),
/// what the source's software appends to every post (buttons for sharing), empty paragraphs and more
/// than two line breaks in a row. Every element is ended, every character is one that XML can hold:
/// the result can be embedded anywhere as it is. Sanitizing it again changes nothing.
pub fn sanitize(html: &str, base: Option<&str>) -> String {
    cleaned(html, Links::Against(base.unwrap_or_default()))
}

fn cleaned(html: &str, links: Links) -> String {
    let html = cut(html, '<');
    if let Some(tidy) = tidied(html, links) {
        return tidy;
    }
    mended(html, links).unwrap_or_else(|| from_text(&text::strip_html(html)))
}

fn mended(html: &str, links: Links) -> Option<String> {
    let mut html = Cow::Borrowed(html);
    // A browser's tree, written down, is now and then read as another one: the second time settles it.
    for _ in 0..2 {
        html = Cow::Owned(mend::mend(&html)?);
        if let Some(tidy) = tidied(&html, links) {
            return Some(tidy);
        }
    }
    None
}

fn tidied(html: &str, links: Links) -> Option<String> {
    let mut tidy = tidy::Tidy::new(html.len(), links);
    nest::nest(token::Tokens::new(html), &mut tidy)?;
    Some(tidy.finish())
}

/// The beginning of a body that is too long, cut before an `edge`: a tag, or the end of a line.
fn cut(body: &str, edge: char) -> &str {
    if body.len() <= LONGEST {
        return body;
    }
    let start = &body[..body.floor_char_boundary(LONGEST)];
    let end = start.rfind(edge).filter(|end| *end > LONGEST / 2);
    &start[..end.unwrap_or(start.len())]
}
