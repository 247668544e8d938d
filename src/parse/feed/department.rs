//! The entries of a feed with their authors in, those of the authors that are departments out.

use crate::parse::Entry;

/// Keeps the authors of entries that are departments. PeopleAdmin writes them so: with a code
/// (`University Libraries - 414020`), or several of them in one feed. One author of all entries is who
/// runs the feed.
pub fn keep(entries: &mut [Entry]) {
    let mut all = entries.iter().filter_map(|entry| entry.department.as_deref());
    let first = all.next();
    let several = all.any(|name| Some(name) != first);
    for entry in entries {
        entry.department = entry.department.take().filter(|name| several || has_code(name));
    }
}

/// Whether a name begins or ends with a number of three digits or more, apart from its other words.
fn has_code(name: &str) -> bool {
    let is_code = |word: &str| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_digit());
    let mut words = name.split([' ', '-', '(', ')']).filter(|word| !word.is_empty());
    let (first, last) = (words.next(), words.next_back());
    last.is_some() && first.into_iter().chain(last).any(is_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_at_either_end() {
        assert!(has_code("111401 - Agricultural Sciences ") && has_code("Surgery - Oncology - 414020"));
        assert!(has_code("University Libraries (4140)"));
        assert!(!has_code("Library Board") && !has_code("Class of 1984 Fund") && !has_code("1984"));
        assert!(!has_code("Room 12 - Libraries") && !has_code(""));
    }
}
