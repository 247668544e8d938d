//! Markup and a label in, the target of the link that stands behind the label out.
//!
//! Forms have `Job Opening URL: <a href="…">Apply here</a>`: the text says nothing, or a cut-off
//! address, and the target all.

use crate::parse::markup::tokens;
use crate::text::{decode, strip_html};

/// Bytes between a label and its link, at most: the tags that end the label and begin the value.
const BETWEEN: usize = 200;

/// Where the link leads that follows the label with nothing but a colon between: an address of the web,
/// or one of mail without its `mailto:`.
pub fn target(markup: &str, label: &str) -> Option<String> {
    let (lower, label) = (markup.to_ascii_lowercase(), label.to_ascii_lowercase());
    if label.is_empty() {
        return None;
    }
    lower.match_indices(&label).find_map(|(at, _)| {
        let from = at + label.len();
        let near = lower.get(from..lower.floor_char_boundary(from + BETWEEN))?;
        let link = from + near.match_indices("<a").map(|(at, _)| at).find(|at| is_link(&near[at + 2..]))?;
        let between = strip_html(&markup[from..link]);
        let bare =
            between.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '*' | '•' | '-'));
        let tag = tokens(&markup[link..]).next().filter(|_| bare.is_empty())?;
        let href = decode(tag.attribute("href")?.trim()).into_owned();
        match href.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
            Some(_) => Some(href[7..].split('?').next().unwrap_or_default().to_owned()),
            None => href.contains("://").then_some(href),
        }
    })
}

/// Whether an element's name ends here.
fn is_link(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn links_behind_labels_are_followed() {
        let to = |markup: &str| target(markup, "Opening URL");
        let page = Some("https://jobs.example.org/7?a=1&b=2".to_owned());
        let link = "<a href=\"https://jobs.example.org/7?a=1&amp;b=2\">Apply here</a>";
        assert_eq!(to(&format!("<p><b>Opening URL:</b> {link}</p>")), page);
        assert_eq!(to(&format!("<h3>opening url</h3>\n<p class='x'>{link}</p>")), page);
        assert_eq!(to(&format!("Opening URL of last year: none. Opening URL: {link}")), page);
        assert_eq!(
            to("Opening URL: <a href='mailto:a@example.org?subject=x'>mail</a>").as_deref(),
            Some("a@example.org")
        );
    }

    #[test]
    fn what_does_not_follow_the_label_is_not_its_link() {
        let to = |markup: &str| target(markup, "Opening URL");
        assert_eq!(to("Opening URL: n/a <a href=\"https://example.org/\">home</a>"), None);
        assert_eq!(to("Opening URL: <abbr>x</abbr>"), None);
        assert_eq!(to("Opening URL: <a href=\"#top\">top</a>"), None);
        assert_eq!(to("<a href=\"https://example.org/\">Opening URL</a>"), None);
        assert_eq!(to("Opening URL: <a"), None);
    }
}
