//! Untrusted markup or plain text in, safe HTML out.
//!
//! ```text
//! HTML ──► token ──► nest ──► tidy ──► safe HTML
//!            │         │ not plain how it nests
//!            └─► mend ◄┘   (a browser's parser), then the same way again
//! ```

#[cfg(test)]
mod agreement;
mod bullets;
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

/// Safe HTML of the same meaning: elements of text, lists, tables, links and pictures, and of their
/// attributes only those that say where links and pictures are. Links are absolute, resolved against
/// `base`; one that has no address that a reader can follow is just text.
///
/// Left out: what nobody reads (scripts, styles, forms, hidden parts, pictures that count readers),
/// what the source's software appends to every post (buttons for sharing), empty paragraphs and more
/// than two line breaks in a row. Paragraphs and lines that begin with bullets become lists. Every element is ended, every character is one that XML can hold:
/// the result can be embedded anywhere as it is. Sanitizing it again changes nothing.
pub fn sanitize(html: &str, base: Option<&str>) -> String {
    let html = cut(html, '<');
    let base = base.unwrap_or_default();
    tidied(html, base).or_else(|| mended(html, base)).unwrap_or_else(|| from_text(&text::strip_html(html)))
}

fn mended(html: &str, base: &str) -> Option<String> {
    let mut html = Cow::Borrowed(html);
    // A browser's tree, written down, is now and then read as another one: the second time settles it.
    for _ in 0..2 {
        html = Cow::Owned(mend::mend(&html)?);
        if let Some(tidy) = tidied(&html, base) {
            return Some(tidy);
        }
    }
    None
}

fn tidied(html: &str, base: &str) -> Option<String> {
    let mut tidy = tidy::Tidy::new(html.len(), base);
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
