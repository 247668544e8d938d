//! The text of a JSON value in, the texts of its parts out, none of them read yet.
//!
//! One entry that is nested beyond measure, or holds a number that no machine has, makes serde_json
//! refuse the whole document. Cut first and read one by one, it costs no more than itself. What is
//! cut is read over without recursion, so depth is no danger, and a part is looked at once a level.

use serde::de::IgnoredAny;
use serde_json::Deserializer;

/// The parts of an object or an array.
#[derive(Debug, Default, PartialEq)]
pub struct Parts<'a> {
    /// Of an object, each with its key, read; of an array, each with an empty one.
    pub parts: Vec<(String, &'a str)>,
    /// What stands where the text breaks, with its key: it began, and has no end.
    pub broken: Option<(String, &'a str)>,
    /// Whether the closing bracket was there.
    pub whole: bool,
}

impl<'a> Parts<'a> {
    /// The part of this name, also if it breaks.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        let all = self.parts.iter().chain(&self.broken);
        all.into_iter().find(|(key, _)| key == name).map(|(_, text)| *text)
    }
}

/// The members of an object; `None` for any other value.
pub fn members(text: &str) -> Option<Parts<'_>> {
    text.trim_start().strip_prefix('{').map(|inner| cut(inner, '}'))
}

/// The elements of an array; `None` for any other value.
pub fn elements(text: &str) -> Option<Parts<'_>> {
    text.trim_start().strip_prefix('[').map(|inner| cut(inner, ']'))
}

/// Whether a text begins with a whole value.
pub fn is_whole(text: &str) -> bool {
    end(text).is_some()
}

/// Where the value ends that a text begins with.
fn end(text: &str) -> Option<usize> {
    let mut values = Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    Some(values.byte_offset())
}

fn cut(inner: &str, close: char) -> Parts<'_> {
    let (mut out, mut rest) = (Parts::default(), inner.trim_start());
    while !rest.is_empty() {
        if rest.starts_with(close) {
            out.whole = true;
            break;
        }
        let mut key = String::new();
        if close == '}' {
            let Some((name, behind)) = name(rest) else { break };
            (key, rest) = (name, behind);
        }
        let Some(end) = end(rest) else {
            out.broken = Some((key, rest));
            break;
        };
        out.parts.push((key, &rest[..end]));
        rest = rest[end..].trim_start();
        match rest.strip_prefix(',') {
            Some(behind) => rest = behind.trim_start(),
            None if rest.starts_with(close) => {}
            None => break,
        }
    }
    out
}

/// A member's name, and what stands behind its colon.
fn name(text: &str) -> Option<(String, &str)> {
    if !text.starts_with('"') {
        return None;
    }
    let end = end(text)?;
    let name = serde_json::from_str(&text[..end]).ok()?;
    let behind = text[end..].trim_start().strip_prefix(':')?;
    Some((name, behind.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'a>(parts: &Parts<'a>) -> Vec<&'a str> {
        parts.parts.iter().map(|(_, text)| *text).collect()
    }

    #[test]
    fn parts_are_cut_where_they_end() {
        let list = elements(r#" [1, "]", {"a":[2]} , [ ], null] x"#).expect("a list");
        assert_eq!(texts(&list), ["1", "\"]\"", "{\"a\":[2]}", "[ ]", "null"]);
        assert!(list.whole);
        let object = members(r#"{"a\u0062": 1e999,"c":{"d":"}"}}"#).expect("an object");
        assert_eq!((object.get("ab"), object.get("c")), (Some("1e999"), Some(r#"{"d":"}"}"#)));
        assert!(object.whole && members("[]").is_none() && elements("{}").is_none());
    }

    #[test]
    fn a_broken_end_keeps_what_is_whole() {
        let object = members(r#"{"total":2,"jobs":[{"id":1},{"id":"#).expect("an object");
        assert!(!object.whole);
        let list = elements(object.get("jobs").expect("a list that breaks")).expect("a list");
        assert_eq!(texts(&list), [r#"{"id":1}"#]);
        assert_eq!(list.broken, Some((String::new(), r#"{"id":"#)));
        assert!(!list.whole);
    }

    #[test]
    fn depth_is_no_danger() {
        let deep = format!("[{}{}, 1]", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(elements(&deep).expect("a list").parts.len(), 2);
    }
}
