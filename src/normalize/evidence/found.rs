//! An entry in, its body as plain text out, and the entry with what labels in the body say.

use crate::config::Source;
use crate::parse::{Body, Entry};
use crate::posting::Field;
use crate::text::strip_html;

use crate::normalize::label::{self, Labelled};

/// Characters of running text that facts are looked for in: what a posting says, it says by then,
/// and a hostile one costs no more.
const TEXT: usize = 20_000;

/// What is read out of an entry's body before the entry is looked at.
pub struct Found {
    /// The body as plain text.
    pub text: String,
    /// The values that came from labels in it.
    pub labelled: Vec<Labelled>,
}

impl Found {
    /// Reads the body, and gives the entry what labels in it say and it does not.
    pub fn take(source: &Source, entry: &mut Entry) -> Found {
        let text = plain(entry);
        let mut labelled = label::find(&source.labels, &text);
        if let Body::Html(markup) = body(entry) {
            label::follow(&source.labels, markup, entry.url.as_deref(), &mut labelled);
        }
        label::fill(entry, &mut labelled);
        // A title of its own is what the entry states; a line that is built by a pattern is none.
        let built = !source.title.0.is_empty();
        labelled.retain(|one| one.field != Field::Title || built);
        Found { text: label::unstick(&source.labels, text), labelled }
    }
}

/// The body of an entry, or its short form where it has no other.
pub fn body(entry: &Entry) -> &Body {
    let empty = |body: &Body| match body {
        Body::Html(text) | Body::Text(text) => text.trim().is_empty(),
    };
    entry.summary.as_ref().filter(|short| empty(&entry.body) && !empty(short)).unwrap_or(&entry.body)
}

/// The body as plain text, cut at [`TEXT`] characters.
fn plain(entry: &Entry) -> String {
    let mut text = match body(entry) {
        Body::Html(markup) => strip_html(markup),
        Body::Text(text) => text.clone(),
    };
    // Not to count the characters of most.
    if text.len() > TEXT
        && let Some((end, _)) = text.char_indices().nth(TEXT)
    {
        text.truncate(end);
    }
    text
}
