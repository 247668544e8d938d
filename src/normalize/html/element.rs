//! The name of an element in, what becomes of it out.

use crate::text::{name_key, name_keys};

/// The elements that a description may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    A,
    Abbr,
    B,
    Blockquote,
    Br,
    Caption,
    Cite,
    Code,
    Dd,
    Del,
    Div,
    Dl,
    Dt,
    Em,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Hr,
    I,
    Img,
    Ins,
    Kbd,
    Li,
    Mark,
    Ol,
    P,
    Pre,
    Q,
    S,
    Samp,
    Small,
    Strong,
    Sub,
    Sup,
    Table,
    Tbody,
    Td,
    Tfoot,
    Th,
    Thead,
    Tr,
    U,
    Ul,
    Var,
}

/// What becomes of an element of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays, under this name.
    Keep(Tag),
    /// Its tags go, its content stays.
    Unwrap,
    /// It goes with its content: no reader sees that as text.
    Drop,
}

use Fate::{Drop, Keep};
use Tag::{
    A, Abbr, B, Blockquote, Br, Caption, Cite, Code, Dd, Del, Div, Dl, Dt, Em, H1, H2, H3, H4, H5, H6, Hr, I,
    Img, Ins, Kbd, Li, Mark, Ol, P, Pre, Q, S, Samp, Small, Strong, Sub, Sup, Table, Tbody, Td, Tfoot, Th,
    Thead, Tr, U, Ul, Var,
};

/// Names in the order of bytes. What is not here is unwrapped: `span`, `font`, Word's `o:p`, elements
/// that do not exist.
const FATES: [(&str, Fate); 79] = [
    ("a", Keep(A)),
    ("abbr", Keep(Abbr)),
    ("address", Keep(Div)),
    ("article", Keep(Div)),
    ("aside", Keep(Div)),
    ("b", Keep(B)),
    ("blockquote", Keep(Blockquote)),
    ("br", Keep(Br)),
    ("caption", Keep(Caption)),
    ("center", Keep(Div)),
    ("cite", Keep(Cite)),
    ("code", Keep(Code)),
    ("dd", Keep(Dd)),
    ("del", Keep(Del)),
    ("details", Keep(Div)),
    ("dir", Keep(Ul)),
    ("div", Keep(Div)),
    ("dl", Keep(Dl)),
    ("dt", Keep(Dt)),
    ("em", Keep(Em)),
    ("fieldset", Keep(Div)),
    ("figcaption", Keep(Div)),
    ("figure", Keep(Div)),
    ("footer", Keep(Div)),
    ("form", Keep(Div)),
    ("h1", Keep(H1)),
    ("h2", Keep(H2)),
    ("h3", Keep(H3)),
    ("h4", Keep(H4)),
    ("h5", Keep(H5)),
    ("h6", Keep(H6)),
    ("header", Keep(Div)),
    ("hgroup", Keep(Div)),
    ("hr", Keep(Hr)),
    ("i", Keep(I)),
    ("iframe", Drop),
    ("img", Keep(Img)),
    ("ins", Keep(Ins)),
    ("kbd", Keep(Kbd)),
    ("li", Keep(Li)),
    ("main", Keep(Div)),
    ("mark", Keep(Mark)),
    ("math", Drop),
    ("menu", Keep(Ul)),
    ("nav", Keep(Div)),
    ("noembed", Drop),
    ("noframes", Drop),
    ("noscript", Drop),
    ("ol", Keep(Ol)),
    ("p", Keep(P)),
    ("pre", Keep(Pre)),
    ("q", Keep(Q)),
    ("s", Keep(S)),
    ("samp", Keep(Samp)),
    ("script", Drop),
    ("section", Keep(Div)),
    ("select", Drop),
    ("small", Keep(Small)),
    ("strike", Keep(S)),
    ("strong", Keep(Strong)),
    ("style", Drop),
    ("sub", Keep(Sub)),
    ("summary", Keep(Div)),
    ("sup", Keep(Sup)),
    ("svg", Drop),
    ("table", Keep(Table)),
    ("tbody", Keep(Tbody)),
    ("td", Keep(Td)),
    ("template", Drop),
    ("textarea", Drop),
    ("tfoot", Keep(Tfoot)),
    ("th", Keep(Th)),
    ("thead", Keep(Thead)),
    ("title", Drop),
    ("tr", Keep(Tr)),
    ("u", Keep(U)),
    ("ul", Keep(Ul)),
    ("var", Keep(Var)),
    ("xmp", Drop),
];

const KEYS: [u64; FATES.len()] = name_keys(&FATES);

/// What becomes of the element of this name, in any case.
pub(super) fn fate(name: &str) -> Fate {
    let Ok(at) = KEYS.binary_search(&name_key(name.as_bytes())) else {
        return Fate::Unwrap;
    };
    let (known, fate) = FATES[at];
    // The numbers tell the first eight letters only.
    let same = known.len() == name.len() && (name.len() <= 8 || known.eq_ignore_ascii_case(name));
    if same { fate } else { Fate::Unwrap }
}

impl Tag {
    pub(super) fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// All of them.
    pub(super) fn names() -> &'static [&'static str] {
        &NAMES
    }

    pub(super) fn is_void(self) -> bool {
        matches!(self, Br | Hr | Img)
    }

    pub(super) fn is_heading(self) -> bool {
        matches!(self, H1 | H2 | H3 | H4 | H5 | H6)
    }

    /// Inside a line, as opposed to breaking it.
    pub(super) fn is_inline(self) -> bool {
        matches!(
            self,
            A | Abbr
                | B
                | Br
                | Cite
                | Code
                | Del
                | Em
                | I
                | Img
                | Ins
                | Kbd
                | Mark
                | Q
                | S
                | Samp
                | Small
                | Strong
                | Sub
                | Sup
                | U
                | Var
        )
    }

    /// Parts of a table that hold only other parts of it.
    pub(super) fn is_table_frame(self) -> bool {
        matches!(self, Table | Thead | Tbody | Tfoot | Tr)
    }

    pub(super) fn is_cell(self) -> bool {
        matches!(self, Td | Th)
    }
}

/// In the order of [`Tag`].
const NAMES: [&str; Var as usize + 1] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_agree() {
        assert!(FATES.is_sorted_by(|a, b| a.0.as_bytes() < b.0.as_bytes()));
        for (name, fate) in FATES {
            assert_eq!(super::fate(&name.to_uppercase()), fate, "{name}");
        }
        for name in Tag::names() {
            assert!(matches!(fate(name), Keep(tag) if tag.name() == *name), "{name}");
        }
        assert_eq!(fate("span"), Fate::Unwrap);
        for name in ["", "abcdefghijklmnop", "blockquo", "blockquota", "blockquotes", "h\u{11}"] {
            assert_eq!(fate(name), Fate::Unwrap, "{name}");
        }
    }
}
