//! The name of an element in, what is known of it out: what it ends, and what it stands in.
//!
//! HTML, sections 13.1.2 (optional and void tags) and 13.2.6 (tree construction), as far as a page
//! that is only read needs them.

/// Elements that hold nothing.
pub const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements that end a paragraph, and that no end tag of a phrase reaches over.
pub const BLOCKS: u64 = (bit(LAST_BLOCK) << 1) - 1;

/// The blocks stand first among the names, this one last of them.
const LAST_BLOCK: &str = "ul";

/// Every element that a rule here speaks of, each with a bit: the open ones are asked at every tag.
const NAMES: [&str; 56] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "button",
    "object",
    "template",
    "option",
    "optgroup",
    "select",
    "datalist",
    "svg",
    "math",
];

/// The bit of a name; 0 for one that no rule speaks of.
pub const fn bit(name: &str) -> u64 {
    let mut at = 0;
    while at < NAMES.len() {
        if same(NAMES[at].as_bytes(), name.as_bytes()) {
            return 1 << at;
        }
        at += 1;
    }
    0
}

const fn same(one: &[u8], two: &[u8]) -> bool {
    let (mut at, mut same) = (0, one.len() == two.len());
    while same && at < one.len() {
        same = one[at] == two[at];
        at += 1;
    }
    same
}

pub const fn bits(names: &[&str]) -> u64 {
    let (mut bits, mut at) = (0, 0);
    while at < names.len() {
        bits |= bit(names[at]);
        at += 1;
    }
    bits
}

/// Elements out of which no end tag reaches but those of tables.
pub const CELLS: u64 = bits(&["td", "th", "caption", "object", "template"]);

/// Groups of rows.
pub const GROUPS: u64 = bits(&["tbody", "thead", "tfoot"]);

/// What stands in tables, and tables.
pub const OF_TABLE: u64 = GROUPS | bits(&["table", "tr", "td", "th", "caption"]);

/// Elements that stand in a head, so that they begin no body.
pub const OF_HEAD: [&str; 8] = ["base", "link", "meta", "noscript", "script", "style", "template", "title"];

/// What a start tag ends though no end tag says so: which, what it ends, and what bounds that.
pub const ENDS: [(u64, u64, u64); 8] = [
    (
        BLOCKS & !(OF_TABLE & !bit("table")),
        bit("p"),
        bits(&["button", "object", "td", "th", "caption", "table", "template"]),
    ),
    (bit("li"), bit("li"), bits(&["ul", "ol", "menu", "dir", "td", "th", "section", "article"])),
    (bits(&["dt", "dd"]), bits(&["dt", "dd"]), bits(&["dl", "td", "th"])),
    (bits(&["td", "th"]), bits(&["td", "th", "caption"]), bits(&["table", "tr"])),
    (bit("tr"), bits(&["tr", "td", "th", "caption"]), bit("table")),
    (GROUPS, OF_TABLE & !bit("table"), bit("table")),
    (bit("option"), bit("option"), bits(&["select", "datalist", "optgroup"])),
    (bit("optgroup"), bits(&["optgroup", "option"]), bit("select")),
];
