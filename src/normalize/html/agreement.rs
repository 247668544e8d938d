//! The short way through `token` and `nest` agrees with a browser's parser wherever it answers.

use std::collections::{HashMap, HashSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::element::Tag;
use super::nest::{Sink, nest};
use super::token::{Attributes, Tokens, decoded};

/// Writes what it is told, as html5ever writes its tree.
#[derive(Default)]
struct Plain(String);

impl Sink for Plain {
    fn start(&mut self, tag: Tag, _: &Attributes) {
        self.0.push_str(&format!("<{}>", tag.name()));
    }

    fn end(&mut self, tag: Tag) {
        self.0.push_str(&format!("</{}>", tag.name()));
    }

    fn text(&mut self, text: &str) {
        let text = decoded(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        self.0.push_str(&text.replace('\u{a0}', "&nbsp;").replace("\r\n", "\n"));
    }
}

fn as_ammonia(html: &str) -> String {
    ammonia::Builder::empty()
        .tags(Tag::names().iter().copied().collect())
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::new())
        .link_rel(None)
        .clean_content_tags(HashSet::from(["script", "style"]))
        .clean(html)
        .to_string()
}

/// Elements with what they may well hold, as people and programs write them.
fn element() -> impl Strategy<Value = String> {
    let text = select(
        &[
            "text",
            "a &amp; b",
            "AT&T &copy x",
            "&#8217;&nbsp;",
            "1 < 2",
            " ",
            "\r\n",
            "<br>",
            "<br />",
            "<hr/>",
            "<!-- c -->",
            "<img src='x>y' alt>",
            "<script>if (a<b) '</p>'</script>",
            "<o:p></o:p>",
            "é &notit; &#x1F600;",
        ][..],
    );
    let leaf = text.prop_map(String::from);
    leaf.prop_recursive(5, 60, 6, |inner| {
        let names = select(
            &[
                "p",
                "div",
                "b",
                "i",
                "em",
                "a",
                "h2",
                "h3",
                "ul",
                "ol",
                "li",
                "blockquote",
                "pre",
                "dl",
                "dt",
                "dd",
                "table",
                "tbody",
                "tr",
                "td",
                "th",
                "thead",
                "caption",
                "code",
                "sub",
                "u",
                "P",
                "LI",
            ][..],
        );
        let start = select(&["", " class=\"x\"", " title='a>b' hidden", "\n id=q ", " a=1 a=2/"][..]);
        (names, start, vec(inner, 0..6), 0..8).prop_map(|(name, attributes, inner, end)| {
            let (start, inner) = (format!("<{name}{attributes}>"), inner.concat());
            // Now and then without an end tag, or with another element's.
            match end {
                0 => format!("{start}{inner}"),
                1 => format!("{start}{inner}</b>"),
                _ => format!("{start}{inner}</{name} >"),
            }
        })
    })
}

/// Lists and tables as they should be.
fn well_formed() -> impl Strategy<Value = String> {
    (element(), element(), 0..6).prop_map(|(a, b, shape)| match shape {
        0 => format!("<ul><li>{a}<li>{b}</ul>"),
        1 => format!("<ul> <li>{a}</li>\n<li>{b}</li></ul>"),
        2 => format!("<table><tr><td>{a}<td>{b}</table>"),
        3 => format!("<table>\n<thead><tr><th>{a}</th></tr></thead>\n<tr><td>{b}</td></tr></table>"),
        4 => format!("<p>{a}<p>{b}"),
        _ => format!("<dl><dt>{a}<dd>{b}</dl>"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_short_way_agrees(html in prop_oneof![element(), well_formed()]) {
        let mut plain = Plain::default();
        if nest(Tokens::new(&html), &mut plain).is_some() {
            prop_assert_eq!(plain.0, as_ammonia(&html));
        }
    }
}
