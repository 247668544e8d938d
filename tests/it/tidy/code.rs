//! The text of a Rust file in, its bare code and the paths that it names out.

use std::sync::LazyLock;

use regex::Regex;

/// The code without comments, without what stands in quotes and, but for the attribute, without
/// items under `#[cfg(test)]`; every line stays where it was.
pub fn bare(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = skipped(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    without_tests(&out)
}

/// Where the comment or literal that begins at `at` ends; `at` itself if none does.
fn skipped(chars: &[char], at: usize) -> usize {
    let char = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let find = |from: usize, what: &dyn Fn(usize) -> bool| {
        (from..chars.len()).find(|i| what(*i)).unwrap_or(chars.len())
    };
    match (char(at), char(at + 1)) {
        ('/', '/') => find(at, &|i| chars[i] == '\n'),
        ('/', '*') => comment(chars, at),
        ('"', _) => quoted(chars, at + 1),
        ('r', '"' | '#') if at == 0 || !is_word(chars[at - 1]) || matches!(chars[at - 1], 'b' | 'c') => {
            let open = find(at + 1, &|i| chars[i] != '#');
            if char(open) != '"' {
                return at; // a raw identifier
            }
            let hashes = open - at - 1;
            let close =
                find(open + 1, &|i| chars[i] == '"' && (1..=hashes).all(|more| char(i + more) == '#'));
            (close + 1 + hashes).min(chars.len())
        }
        ('\'', '\\') => (find(at + 3, &|i| chars[i] == '\'') + 1).min(chars.len()),
        ('\'', _) if char(at + 2) == '\'' => at + 3,
        _ => at,
    }
}

fn comment(chars: &[char], at: usize) -> usize {
    let (mut depth, mut i) = (0, at);
    while i < chars.len() {
        match chars[i..] {
            ['/', '*', ..] => (depth, i) = (depth + 1, i + 2),
            ['*', '/', ..] => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    i
}

fn quoted(chars: &[char], from: usize) -> usize {
    let mut i = from;
    while i < chars.len() {
        match chars[i] {
            '\\' => i += 2,
            '"' => return i + 1,
            _ => i += 1,
        }
    }
    chars.len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn without_tests(bare: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::with_capacity(bare.len());
    let mut rest = bare;
    while let Some(at) = rest.find(MARK) {
        let (before, item) = rest.split_at(at + MARK.len());
        out.push_str(before);
        let mut depth = 0;
        let end = item.char_indices().find_map(|(i, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            (depth == 0 && matches!(c, '}' | ';')).then_some(i + 1)
        });
        let (item, after) = item.split_at(end.unwrap_or(item.len()));
        out.extend(item.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = after;
    }
    out + rest
}

/// The paths of two names or more in bare code, with their lines; those in braces after `use` are
/// written out.
pub fn paths(bare: &str) -> Vec<(usize, String)> {
    static USE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\buse\s+([^;]*);").expect("a pattern"));
    static PATH: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)+").expect("a pattern"));
    let mut found = Vec::new();
    for statement in USE.captures_iter(bare) {
        let (tree, mut paths) = (statement.get(1).expect("the pattern has one group"), Vec::new());
        write_out("", tree.as_str(), &mut paths);
        found.extend(paths.into_iter().map(|path| (line(bare, tree.start()), path)));
    }
    let outside = USE.replace_all(bare, |statement: &regex::Captures| {
        statement[0].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect::<String>()
    });
    for path in PATH.find_iter(&outside) {
        let text = path.as_str().split_whitespace().collect();
        found.push((line(&outside, path.start()), text));
    }
    found
}

fn write_out(prefix: &str, tree: &str, out: &mut Vec<String>) {
    let tree = tree.trim();
    let join = |name: &str| {
        let name = name.trim().trim_end_matches("::").trim();
        if prefix.is_empty() { name.to_owned() } else { format!("{prefix}::{name}") }
    };
    let Some((head, inner)) = tree.split_once('{') else {
        let name = tree.split_whitespace().next().unwrap_or_default();
        if !name.is_empty() {
            out.push(join(name));
        }
        return;
    };
    let prefix = join(head);
    let inner = inner.rsplit_once('}').map_or(inner, |(inner, _)| inner);
    let (mut depth, mut begin) = (0, 0);
    for (i, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                write_out(&prefix, &inner[begin..i], out);
                begin = (i + 1).min(inner.len());
            }
            _ => {}
        }
    }
}

/// The number of the line that the byte at `at` is in.
pub fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[test]
fn comments_and_literals_are_no_code() {
    for (text, expected) in [
        ("a // b\nc", "a     \nc"),
        ("a /* b /* c */ d */ e", "a                   e"),
        (r#"f("a \" b", 'c', '"', '\'')"#, "f(        ,    ,    ,     )"),
        (r###"f(r"a\", r#"b " c"#, br"d")"###, "f(     ,           , b    )"),
        ("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}"),
        ("r#type + for", "r#type + for"),
        ("a\n#[cfg(test)]\nmod t { fn f() { b } }\nc", "a\n#[cfg(test)]\n                      \nc"),
        ("#[cfg(test)]\nuse a;\nb", "#[cfg(test)]\n      \nb"),
        ("\"never closed", "             "),
    ] {
        assert_eq!(bare(text), expected, "{text}");
    }
}

#[test]
fn paths_are_written_out() {
    let text = "use crate::{a, b::{self, C as D},\n e::*};\npub(crate) use std::fs;\nfn f(x: crate::g::H) { x ::y () }";
    let found: Vec<_> = paths(text).into_iter().map(|(line, path)| format!("{line} {path}")).collect();
    let expected = [
        "1 crate::a",
        "1 crate::b::self",
        "1 crate::b::C",
        "1 crate::e::*",
        "3 std::fs",
        "4 crate::g::H",
        "4 x::y",
    ];
    assert_eq!(found, expected);
}
