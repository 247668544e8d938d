//! The text of a JSON-LD script in, its JobPostings out, as JSON.
//!
//! Boards print JSON-LD with templates, so that quotation marks, line ends and commas break it.
//! What surely was meant is mended; everything else costs that script and no more.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// The JobPostings of a script, and whether it had to be mended; `None` if it is beyond that.
pub fn read(script: &str) -> Option<(Vec<Value>, bool)> {
    let text = bare(script);
    let (value, mended) = match serde_json::from_str::<Value>(text) {
        Ok(value) => (value, false),
        Err(_) => (repaired(text)?, true),
    };
    let mut ids = HashMap::new();
    named(&value, &mut ids);
    let mut found = Vec::new();
    postings(&value, &mut found);
    let mut left = FOLLOWED;
    Some((found.into_iter().map(|posting| joined(posting, &ids, &mut left)).collect(), mended))
}

/// What wraps JSON in pages of old: comments of HTML and of JavaScript, CDATA sections.
const WRAPPERS: [&str; 7] = ["<!--", "-->", "<![CDATA[", "]]>", "/*", "*/", "//"];

fn bare(script: &str) -> &str {
    let space = |c: char| c.is_whitespace() || c == '\u{feff}' || c == ';';
    let mut text = script.trim_matches(space);
    while let Some(rest) = WRAPPERS.iter().find_map(|wrapper| text.strip_prefix(wrapper)) {
        text = rest.trim_start_matches(space);
    }
    while let Some(rest) = WRAPPERS.iter().find_map(|wrapper| text.strip_suffix(wrapper)) {
        text = rest.trim_end_matches(space);
    }
    text
}

fn repaired(text: &str) -> Option<Value> {
    // Escaped as text of HTML: no quotation mark is left.
    let unescaped = (!text.contains('"')).then(|| htmlize::unescape(text));
    let text = unescaped.as_deref().unwrap_or(text);
    serde_json::from_str(text).or_else(|_| serde_json::from_str(&mend(text))).ok()
}

/// Whether a schema.org type is this one: `JobPosting`, `schema:JobPosting`,
/// `https://schema.org/JobPosting`, or a list that holds it.
pub fn is_type(value: &Map<String, Value>, name: &str) -> bool {
    let one = |given: &Value| {
        let given = given.as_str().unwrap_or_default().trim_end_matches('/');
        given.rsplit(['/', ':', '#']).next().is_some_and(|local| local.eq_ignore_ascii_case(name))
    };
    match value.get("@type") {
        Some(Value::Array(types)) => types.iter().any(one),
        Some(given) => one(given),
        None => false,
    }
}

/// All JobPostings, wherever they stand. serde_json reads 128 levels at most, so this ends.
fn postings<'a>(value: &'a Value, found: &mut Vec<&'a Map<String, Value>>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| postings(value, found)),
        Value::Object(object) if is_type(object, "JobPosting") => found.push(object),
        Value::Object(object) => object.values().for_each(|value| postings(value, found)),
        _ => {}
    }
}

/// Nodes that others refer to: `{"@id": "#library", "name": …}`.
fn named<'a>(value: &'a Value, ids: &mut HashMap<&'a str, &'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| named(value, ids)),
        Value::Object(object) => {
            if let Some(id) = object.get("@id").and_then(Value::as_str).filter(|_| object.len() > 1) {
                ids.entry(id).or_insert(value);
            }
            object.values().for_each(|value| named(value, ids));
        }
        _ => {}
    }
}

/// Bytes of nodes that are put into postings, at most: a page with thousands of postings could name
/// one of megabytes in each.
const FOLLOWED: usize = 4_000_000;

/// Takes a value's weight in bytes from what is left; whether that was enough.
fn weigh(value: &Value, left: &mut usize) -> bool {
    const EACH: usize = 32;
    let own = EACH + value.as_str().map_or(0, str::len);
    *left = left.saturating_sub(own);
    *left > 0
        && match value {
            Value::Array(values) => values.iter().all(|value| weigh(value, left)),
            Value::Object(object) => object.values().all(|value| weigh(value, left)),
            _ => true,
        }
}

/// A posting with the nodes in it that it refers to, one step deep.
fn joined(posting: &Map<String, Value>, ids: &HashMap<&str, &Value>, left: &mut usize) -> Value {
    let mut follow = |value: &Value| {
        let object = value.as_object().filter(|object| object.len() == 1);
        let target = object.and_then(|object| object.get("@id")?.as_str()).and_then(|id| ids.get(id));
        let target = target.filter(|target| !target.as_object().is_some_and(|o| is_type(o, "JobPosting")));
        let target = target.filter(|target| weigh(target, left));
        target.map_or_else(|| value.clone(), |target| (*target).clone())
    };
    let fields = posting.iter().map(|(name, value)| {
        let value = match value {
            Value::Array(values) => Value::Array(values.iter().map(&mut follow).collect()),
            value => follow(value),
        };
        (name.clone(), value)
    });
    Value::Object(fields.collect())
}

/// How far behind a comma the colon of the next key is looked for.
const KEY: usize = 64;

/// Mends JSON: control characters and quotation marks that were not escaped, escapes that JSON does
/// not know, commas before an end, comments. What is whole stays as it is.
fn mend(text: &str) -> String {
    let mut mending = Mending { text, at: 0, out: String::with_capacity(text.len() + 64), open: Vec::new() };
    while mending.step().is_some() {}
    mending.out
}

struct Mending<'a> {
    text: &'a str,
    at: usize,
    out: String,
    /// The brackets that are open, and whether a key comes next.
    open: Vec<(u8, bool)>,
}

impl Mending<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// The next token outside of strings.
    fn step(&mut self) -> Option<()> {
        let c = self.rest().chars().next()?;
        match c {
            '"' => self.string(),
            '{' | '[' => self.open.push((c as u8, c == '{')),
            '}' | ']' => {
                self.open.pop();
                // A comment may have stood between the comma and the end.
                if let Some(before) = self.out.trim_end().strip_suffix(',') {
                    self.out.truncate(before.len());
                }
            }
            ':' | ',' => {
                let in_object = self.open.last().is_some_and(|(bracket, _)| *bracket == b'{');
                if let Some((_, key)) = self.open.last_mut() {
                    *key = c == ',' && in_object;
                }
                if c == ',' && self.rest()[1..].trim_start().starts_with(',') {
                    self.at += 1;
                    return Some(());
                }
            }
            '/' if self.rest().starts_with("/*") => {
                self.at += self.rest().find("*/").map_or(self.rest().len(), |end| end + 2);
                return Some(());
            }
            '/' if self.rest().starts_with("//") => {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                return Some(());
            }
            _ => {}
        }
        if c != '"' {
            self.out.push(c);
            self.at += c.len_utf8();
        }
        Some(())
    }

    fn string(&mut self) {
        self.out.push('"');
        self.at += 1;
        while let Some(c) = self.rest().chars().next() {
            match c {
                '"' if self.ends_string() => {
                    self.out.push('"');
                    self.at += 1;
                    return;
                }
                '"' => self.out.push_str("\\\""),
                '\\' => {
                    let next = self.rest().chars().nth(1);
                    match next {
                        Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => {
                            self.out.push('\\');
                            self.out.extend(next);
                            self.at += 1;
                        }
                        Some('u') if self.is_code() => self.out.push('\\'),
                        // `\'` of JavaScript, `\-` of regular expressions, the path of a file.
                        _ => {}
                    }
                }
                '\n' => self.out.push_str("\\n"),
                c if c.is_control() => self.out.push(' '),
                c => self.out.push(c),
            }
            self.at += c.len_utf8();
        }
    }

    fn is_code(&self) -> bool {
        self.rest().as_bytes().get(2..6).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
    }

    /// Whether the quotation mark here ends the string: what may follow a string follows.
    fn ends_string(&self) -> bool {
        let (bracket, key) = self.open.last().copied().unwrap_or_default();
        let after = self.rest()[1..].trim_start();
        match (after.bytes().next(), bracket) {
            (None, _) => true,
            (Some(b':'), b'{') => key,
            (Some(b','), b'{') => !key && begins_key(after[1..].trim_start()),
            (Some(b','), b'[') => {
                let next = after[1..].trim_start();
                next.starts_with(['"', '{', '[', ']', 't', 'f', 'n', '-'])
                    || next.starts_with(|c: char| c.is_ascii_digit())
            }
            (Some(b'}'), b'{') => !key && ends_value(after[1..].trim_start()),
            (Some(b']'), b'[') => ends_value(after[1..].trim_start()),
            _ => false,
        }
    }
}

/// `"name":`, or the end of the object behind a comma too many.
fn begins_key(text: &str) -> bool {
    if text.starts_with('}') {
        return true;
    }
    let Some(name) = text.strip_prefix('"') else { return false };
    let name = &name[..name.floor_char_boundary(KEY)];
    let Some((name, after)) = name.split_once('"') else { return false };
    !name.contains(['\n', '\\']) && after.trim_start().starts_with(':')
}

fn ends_value(text: &str) -> bool {
    text.is_empty() || text.starts_with([',', '}', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(script: &str) -> Option<String> {
        let (found, mended) = read(script)?;
        let titles: Vec<_> = found.iter().map(|p| p["title"].as_str().unwrap_or_default()).collect();
        Some(format!("{}{}", titles.join(" | "), if mended { " (mended)" } else { "" }))
    }

    fn is(script: &str, expected: &str) {
        assert_eq!(titles(script).as_deref(), Some(expected), "{script}");
    }

    #[test]
    fn postings_are_found_wherever_they_stand() {
        is(r#"{"@type":"JobPosting","title":"a"}"#, "a");
        is(r#"[{"@type":["Thing","JobPosting"],"title":"a"},{"@type":"Person","title":"b"}]"#, "a");
        is(r#"{"@graph":[{"@type":"https://schema.org/JobPosting","title":"a"}]}"#, "a");
        is(
            r#"{"@type":"ItemList","itemListElement":[{"item":{"@type":"schema:JobPosting","title":"a"}}]}"#,
            "a",
        );
        is(r#"{"@type":"NotAJobPosting","title":"a"}"#, "");
        is("<!--\n//<![CDATA[\n{\"@type\":\"JobPosting\",\"title\":\"a\"};\n//]]>\n-->", "a");
        is("{&quot;@type&quot;:&quot;JobPosting&quot;,&quot;title&quot;:&quot;a&quot;}", "a (mended)");
    }

    #[test]
    fn what_surely_was_meant_is_mended() {
        is(r#"{"@type":"JobPosting","title":"The "New" librarian","x":1}"#, "The \"New\" librarian (mended)");
        is(r#"{"@type":"JobPosting","title":"a "b", "c" d"}"#, "a \"b\", \"c\" d (mended)");
        is("{\"@type\":\"JobPosting\",\"title\":\"a\n\tb\",}", "a\n b (mended)");
        is(
            r#"{"@type":"JobPosting","title":"Children\'s", "y": /* x */ [1,2,], // z
            }"#,
            "Children's (mended)",
        );
        is(r#"{"@type":"JobPosting","x":["a "b" c","d"],"title":"e"}"#, "e (mended)");
        assert_eq!(titles(r#"{"@type":"JobPosting","title":"#), None);
        assert_eq!(titles("window.x = 1"), None);
    }

    #[test]
    fn mending_leaves_whole_json_alone() {
        let text =
            r#"{"a": "x \"y\", \u00e9 \\", "b": [1, -2.5e3, true, null, "z"], "c": {"d": {}}, "e": ""}"#;
        assert_eq!(mend(text), text);
    }

    #[test]
    fn nodes_that_are_named_elsewhere_are_put_in() {
        let (found, _) = read(
            r##"{"@graph":[{"@id":"#a","name":"Example Library"},
                {"@type":"JobPosting","@id":"#b","title":"x","hiringOrganization":{"@id":"#a"},"y":{"@id":"#b"}}]}"##,
        )
        .expect("JSON");
        assert_eq!(found[0]["hiringOrganization"]["name"], "Example Library");
        assert_eq!(found[0]["y"]["@id"], "#b");
    }
}
