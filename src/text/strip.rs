//! An HTML fragment in, its text out, a line a block.

use super::{find_by, find_byte, is_invisible, name_key, name_keys, words_end};

/// What the tags of an element do to the text.
#[derive(Clone, Copy, PartialEq)]
enum Effect {
    /// Nothing: they stand inside a line.
    Inline,
    /// A space.
    Cell,
    /// A new line with a bullet, where it begins.
    Item,
    /// A new line; what is in it no reader sees.
    Unseen,
}

use Effect::{Cell, Inline, Item, Unseen};

/// Names of at most eight letters in the order of bytes. What is not here breaks the line.
const EFFECTS: [(&str, Effect); 33] = [
    ("a", Inline),
    ("abbr", Inline),
    ("b", Inline),
    ("bdi", Inline),
    ("bdo", Inline),
    ("big", Inline),
    ("cite", Inline),
    ("code", Inline),
    ("em", Inline),
    ("font", Inline),
    ("head", Unseen),
    ("i", Inline),
    ("img", Inline),
    ("ins", Inline),
    ("kbd", Inline),
    ("li", Item),
    ("mark", Inline),
    ("noscript", Unseen),
    ("o:p", Inline),
    ("q", Inline),
    ("s", Inline),
    ("script", Unseen),
    ("small", Inline),
    ("span", Inline),
    ("strong", Inline),
    ("style", Unseen),
    ("sub", Inline),
    ("sup", Inline),
    ("svg", Unseen),
    ("td", Cell),
    ("template", Unseen),
    ("th", Cell),
    ("u", Inline),
];

const KEYS: [u64; EFFECTS.len()] = name_keys(&EFFECTS);

fn effect(name: &str) -> Option<Effect> {
    let at = KEYS.binary_search(&name_key(name.as_bytes())).ok()?;
    (EFFECTS[at].0.len() == name.len()).then_some(EFFECTS[at].1)
}

/// The text of an HTML fragment, a line a block, character references decoded once. Not a
/// sanitizer: what comes out is text, to be escaped wherever it is shown.
pub fn strip_html(html: &str) -> String {
    let special = |byte| matches!(byte, b'<' | b'&');
    if find_byte(html.as_bytes(), special).is_none() {
        return html.to_owned();
    }
    let mut lines = Lines { out: String::with_capacity(html.len()), start: 0, gap: false };
    let mut rest = html;
    loop {
        rest = &rest[lines.push(rest, special)..];
        if rest.is_empty() {
            break;
        }
        if rest.starts_with('&') {
            let (text, markup) = rest.split_at(find_by(rest, "<", 0).unwrap_or(rest.len()));
            lines.push(&htmlize::unescape(text), |_| false);
            rest = markup;
        } else if let Some((name, closing, length)) = tag(rest) {
            rest = &rest[length..];
            match effect(name) {
                Some(Inline) => {}
                Some(Cell) => lines.space(),
                Some(Item) if !closing => lines.bullet(),
                Some(Unseen) if !closing => {
                    rest = after_end(rest, name);
                    lines.end();
                }
                _ => lines.end(),
            }
        } else {
            lines.see("<");
            rest = &rest[1..];
        }
    }
    lines.finish()
}

/// Lines with their white space squashed, as [`squash`](super::squash) does, empty ones left out.
struct Lines {
    out: String,
    /// Where the line begins.
    start: usize,
    /// Whether a space waits for something to see.
    gap: bool,
}

impl Lines {
    /// Writes a text up to the first byte that is `special`, a visible one of ASCII; returns its length.
    fn push(&mut self, text: &str, special: impl Fn(u8) -> bool) -> usize {
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let plain = |byte: &u8| byte.is_ascii_graphic() & !special(*byte);
            if let Some(end) = words_end(text, at, plain) {
                self.see(&text[at..end]);
                at = end;
                continue;
            }
            if c.is_ascii_graphic() {
                break;
            }
            let end = at + c.len_utf8();
            match c {
                '\n' => self.end(),
                c if c.is_whitespace() => self.space(),
                c if is_invisible(c) => {}
                _ => self.see(&text[at..end]),
            }
            at = end;
        }
        at
    }

    fn see(&mut self, piece: &str) {
        if std::mem::take(&mut self.gap) {
            self.out.push(' ');
        }
        self.out.push_str(piece);
    }

    fn space(&mut self) {
        self.gap = self.out.len() > self.start;
    }

    fn end(&mut self) {
        if self.out.len() > self.start {
            self.out.push('\n');
            self.start = self.out.len();
        }
        self.gap = false;
    }

    fn bullet(&mut self) {
        self.end();
        self.see("•");
        self.space();
    }

    fn finish(mut self) -> String {
        if self.out.ends_with('\n') {
            self.out.pop();
        }
        self.out
    }
}

/// The name, whether it ends an element, and the length of the markup that `text`
/// begins with; `None` if the `<` is just a sign.
fn tag(text: &str) -> Option<(&str, bool, usize)> {
    if let Some(rest) = text.strip_prefix("<!--") {
        return Some(("!--", false, 4 + rest.find("-->").map_or(rest.len(), |end| end + 3)));
    }
    let bytes = text.as_bytes();
    let closing = bytes.get(1) == Some(&b'/');
    let start = 1 + usize::from(closing);
    if !bytes.get(start).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'!' | b'?')) {
        return None;
    }
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    let name = &text[start..];
    let name = &name[..name.bytes().position(|byte| ends(&byte)).unwrap_or(name.len())];
    let end = start + name.len();
    if bytes.get(end) == Some(&b'>') {
        return Some((name, closing, end + 1));
    }
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(end) {
        match (quote, byte) {
            (None, b'>') => return Some((name, closing, at + 1)),
            (None, b'"' | b'\'') if bytes[at - 1] == b'=' => quote = Some(*byte),
            (Some(open), byte) if *byte == open => quote = None,
            _ => {}
        }
    }
    if let Some(end) = cut_off(&text[start..]) {
        let name = &text[start..start + name.len().min(end)];
        return Some((name, closing, start + end));
    }
    Some((name, closing, text.len()))
}

/// Where the last tag of an excerpt was cut off, given what follows its `<`: boards put dots there, and
/// behind them the text goes on: `<a href="https://exa... Dayton, OH`.
fn cut_off(rest: &str) -> Option<usize> {
    let dots = || find_by(rest, "...", 0);
    let end = find_by(rest, "…", 0).or_else(dots)?;
    // Only the last, so that many do not cost a look at the rest of the text each.
    find_by(&rest[end..], "<", 0).is_none().then_some(end)
}

/// What follows the end tag of an element whose text is not seen.
fn after_end<'a>(text: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let start = from + at + 2;
        if text.as_bytes()[start..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        {
            let end = text[start..].find('>').map_or(text.len(), |end| start + end + 1);
            return &text[end..];
        }
        from = start;
    }
    ""
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::squash;
    use super::*;

    #[test]
    fn text_is_told_from_markup() {
        assert_eq!(strip_html("<p>a &lt; b</p><p>c<br>d <b>e</b>f</p>"), "a < b\nc\nd ef");
        assert_eq!(strip_html("1 < 2 <3 <a title='>'>x</a>"), "1 < 2 <3 x");
        assert_eq!(strip_html("a<script>if (a</b) x()</script>b<style>p{}"), "a\nb");
        assert_eq!(strip_html("<ul><li>one</li><li>two</ul>"), "• one\n• two");
        assert_eq!(strip_html("a<!-- <b> -->b<"), "a\nb<");
    }

    #[test]
    fn a_tag_that_was_cut_off_ends_at_its_dots() {
        assert_eq!(strip_html("Apply at <a... Dayton, OH"), "Apply at ... Dayton, OH");
        assert_eq!(strip_html("Apply at <a href=\"https://exa… Dayton, OH"), "Apply at … Dayton, OH");
        assert_eq!(strip_html("Apply at <a href=\"https://exa"), "Apply at");
        assert_eq!(strip_html("Apply at <a... here <b>or <a... there"), "Apply at\nor ... there");
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(EFFECTS.is_sorted_by(|a, b| a.0.as_bytes() < b.0.as_bytes()));
        for (name, known) in EFFECTS {
            assert!(effect(&name.to_uppercase()) == Some(known), "{name}");
        }
        assert!(["", "p", "strongs", "noscripts", "h\u{11}"].iter().all(|name| effect(name).is_none()));
    }

    /// What [`strip_html`] does, step after step.
    fn in_steps(html: &str) -> String {
        if !html.contains(['<', '&']) {
            return html.to_owned();
        }
        let mut out = String::new();
        let mut rest = html;
        while let Some(open) = rest.find('<') {
            let (text, markup) = rest.split_at(open);
            out.push_str(&htmlize::unescape(text));
            let Some((name, closing, length)) = tag(markup) else {
                out.push('<');
                rest = &markup[1..];
                continue;
            };
            rest = &markup[length..];
            let effect = EFFECTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|row| row.1);
            if effect == Some(Unseen) && !closing {
                rest = after_end(rest, name);
            }
            out.push_str(match effect {
                Some(Inline) => "",
                Some(Cell) => " ",
                Some(Item) if !closing => "\n• ",
                _ => "\n",
            });
        }
        out.push_str(&htmlize::unescape(rest));
        let lines: Vec<_> = out.split('\n').map(squash).filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    }

    proptest! {
        #[test]
        fn one_pass_is_as_good_as_many(
            html in "(<|</|<!--|-->|>|&|&amp|&amp;|&lt;|&#10;|&#x|&nbsp;|;|li|LI|td|b|p|br/|script|style|x|\
                     [a-z]{1,9}|[ \n\t\r]|é|’|\u{a0}|\u{ad}|\u{85}|=\"|\"){0,40}"
        ) {
            prop_assert_eq!(strip_html(&html), in_steps(&html));
        }
    }
}
