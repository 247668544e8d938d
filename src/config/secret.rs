//! A text with `${ENV:NAME}` in, the names of its variables, or the text with their values, out.
//!
//! Keys and tokens stay out of feeds.toml, and with it out of version control, logs and the store.
//! Only [`crate::fetch`] asks for values, at the moment of the request.

use std::borrow::Cow;

const OPEN: &str = "${ENV:";

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    /// The name of a variable of the environment.
    Variable(&'a str),
}

/// Cuts a text into what stands as written and what is taken from the environment.
///
/// # Errors
/// A sentence that says what is wrong, for the operator.
fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (name, after) =
            after.split_once('}').ok_or_else(|| format!("{OPEN}… has no \"}}\" at its end"))?;
        let sound = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && name.bytes().next().is_some_and(|b| !b.is_ascii_digit());
        if !sound {
            return Err(format!("{OPEN}{name}}} names no variable such as ${{ENV:JOBS_KEY}}"));
        }
        pieces.extend([Piece::Text(before), Piece::Variable(name)]);
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    Ok(pieces)
}

/// Whether something in a text is taken from the environment.
pub fn is_in(text: &str) -> bool {
    text.contains(OPEN)
}

/// The names of the variables in a text.
///
/// # Errors
/// A sentence that says what is wrong, for the operator.
pub fn names(text: &str) -> Result<Vec<&str>, String> {
    let names = pieces(text)?.into_iter().filter_map(|piece| match piece {
        Piece::Variable(name) => Some(name),
        Piece::Text(_) => None,
    });
    Ok(names.collect())
}

/// The text with `value` of each variable instead of its name.
///
/// # Errors
/// What `value` says, or what is wrong with the text.
pub fn filled<'a>(
    text: &'a str,
    mut value: impl FnMut(&'a str) -> Result<String, String>,
) -> Result<Cow<'a, str>, String> {
    if !is_in(text) {
        return Ok(text.into());
    }
    let mut out = String::new();
    for piece in pieces(text)? {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Variable(name) => out.push_str(&value(name)?),
        }
    }
    Ok(out.into())
}

/// How a variable is written in a text.
pub fn placeholder(name: &str) -> String {
    format!("{OPEN}{name}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_and_filled_in() {
        let text = "https://example.org/${ENV:A}/feed?key=${ENV:B_2}";
        assert_eq!(names(text), Ok(vec!["A", "B_2"]));
        let filled_in = filled(text, |name| Ok(name.to_lowercase()));
        assert_eq!(filled_in.as_deref(), Ok("https://example.org/a/feed?key=b_2"));
        assert_eq!(filled("$A ${B} ENV:C", |_| Err("asked".into())).as_deref(), Ok("$A ${B} ENV:C"));
        assert_eq!(filled(text, |name| Err(name.into())), Err("A".into()));
        assert_eq!(placeholder("A"), "${ENV:A}");
    }

    #[test]
    fn what_names_no_variable_is_an_error() {
        for text in ["${ENV:}", "${ENV:A", "${ENV:1A}", "${ENV:A B}", "${ENV:A}${ENV:é}"] {
            assert!(names(text).is_err() && is_in(text), "{text}");
        }
    }
}
