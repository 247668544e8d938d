//! A name, a number or a piece of markup in, whether it keeps the rules of XML out.

use super::MAX_DEPTH;
use crate::parse::markup::{Kind, tokens};

/// Whether a name is one of XML (section 2.3), but for the rarest signs.
pub fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
}

/// Whether a character reference's number (after `#`) is one.
pub fn is_number(number: &str) -> bool {
    let value = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    value
        .ok()
        .and_then(char::from_u32)
        .is_some_and(|c| !crate::text::for_xml(c.encode_utf8(&mut [0; 4])).is_empty())
}

/// Whether every tag is whole and has its counterpart.
pub fn balanced(content: &str) -> bool {
    let mut open = Vec::new();
    for token in tokens(content) {
        let right = match token.kind {
            Kind::Open => {
                open.push(token.name());
                open.len() < MAX_DEPTH && token.whole
            }
            Kind::Close => open.pop() == Some(token.name()) && token.whole,
            // A stray `<` is mended where it stands.
            Kind::Text => true,
            _ => token.whole,
        };
        if !right {
            return false;
        }
    }
    open.is_empty()
}
