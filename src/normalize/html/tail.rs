//! A block of a description in, whether the source's software appended it out.

use crate::text;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// The heading over buttons for sharing.
    Heading,
    /// A button, or a line of them.
    Button,
    /// WordPress's "The post … appeared first on …", and its link from an excerpt to the whole.
    Origin,
}

/// Headings that Jetpack and WordPress.com put over their buttons.
const HEADINGS: [&str; 4] = ["share this", "like this", "share this post", "share this job"];

/// First words on buttons.
const BUTTONS: [&str; 25] = [
    "click to",
    "share",
    "tweet",
    "email",
    "e-mail",
    "print",
    "facebook",
    "twitter",
    "linkedin",
    "pinterest",
    "reddit",
    "tumblr",
    "pocket",
    "whatsapp",
    "telegram",
    "mastodon",
    "bluesky",
    "threads",
    "more",
    "like",
    "loading",
    "related",
    "be the first to like",
    "skype",
    "x",
];

/// A button's words are few, and so are those of a line of them.
const LONGEST_HEADING: usize = 120;
const LONGEST_BUTTON: usize = 400;

/// What `block` is: its markup from its start tag, without its end tag. Buttons are told from text
/// only where they follow their heading (`sharing`).
pub(super) fn kind(block: &str, sharing: bool) -> Kind {
    if block.len() <= LONGEST_HEADING && speaks_of_this(block.as_bytes()) {
        let text = text::strip_html(block).to_lowercase();
        if HEADINGS.contains(&text.trim_start_matches("• ").trim_end_matches([':', ' '])) {
            return Kind::Heading;
        }
    }
    if sharing && block.len() <= LONGEST_BUTTON {
        let text = text::strip_html(block).to_lowercase();
        let is_button = |line: &str| {
            let line = line.trim_start_matches("• ");
            line.len() <= 60
                && BUTTONS.iter().any(|word| {
                    line.strip_prefix(word)
                        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
                })
        };
        if text.lines().all(is_button) {
            return Kind::Button;
        }
    }
    let text = block.trim_start().strip_prefix("<p>");
    let appeared = |p: &str| p.starts_with("The post <a ") && p.contains("</a> appeared first on <a ");
    if text.is_some_and(|p| appeared(p) || is_more(p)) {
        return Kind::Origin;
    }
    Kind::Text
}

/// Whether a paragraph is nothing but `Continue reading "…"` in a link.
fn is_more(paragraph: &str) -> bool {
    let Some(link) = paragraph.strip_prefix("<a ") else { return false };
    let words = link.split_once('>').map_or("", |(_, words)| words);
    words.starts_with("Continue reading")
        && words.find("</a>").is_some_and(|end| words[end + 4..].trim().is_empty())
}

/// Whether the letters stand there that all headings have in common.
fn speaks_of_this(block: &[u8]) -> bool {
    // Looks at all of them, sixteen at a time: that is sooner done than to stop at the first.
    let from = |at: usize| block.get(at..).unwrap_or_default();
    let thirds = block.iter().zip(from(1)).zip(from(2));
    thirds.fold(false, |any, ((h, i), s)| any | ((*h == b'h') & (*i == b'i') & (*s == b's')))
}
