//! Folded text and addresses in, the numbers by which employers and their systems name a job out.

/// Words after which a job's number stands in a text.
const BEFORE: &[&str] = &[
    "announcement",
    "id",
    "jobid",
    "no",
    "nr",
    "num",
    "number",
    "posting",
    "recruitment",
    "ref",
    "reference",
    "req",
    "reqid",
    "requisition",
    "vacancy",
];

/// Words one of which stands before `number`, `no` or `id`, if it is the number of a job.
const OF_JOB: &[&str] = &[
    "announcement",
    "job",
    "opening",
    "position",
    "posting",
    "recruitment",
    "ref",
    "reference",
    "req",
    "requisition",
    "vacancy",
];

/// Numbers of a text at most; what names more is a list of jobs.
const MOST: usize = 6;
/// Digits that a job's number has at least.
const DIGITS: usize = 4;

/// The numbers of jobs that a folded text names: `requisition 255805`, `job id JR103202`.
pub(super) fn of_text(folded: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let (mut last, mut before_last) = ("", "");
    for word in folded.split(' ') {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        if digits >= DIGITS && word.len() <= 16 {
            let named = match last {
                "number" | "no" | "nr" | "num" | "id" => OF_JOB.contains(&before_last),
                _ => BEFORE.contains(&last) && last != "posting",
            };
            // `req JR 103202`, of which the letters are a word of their own.
            let lettered =
                last.len() <= 3 && !last.is_empty() && BEFORE.contains(&before_last) && !is_year(word);
            if (named
                || lettered
                    && last.bytes().all(|byte| byte.is_ascii_alphabetic())
                    && last != "in"
                    && last != "of")
                && !is_year(word)
            {
                add(&mut found, word);
            }
        }
        (before_last, last) = (last, word);
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// The numbers in a folded title line: what has four digits or more and is no year.
pub(super) fn of_title(folded: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in folded.split(' ') {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        if digits >= DIGITS && word.len() <= 16 && !is_year(word) {
            add(&mut found, word);
        }
    }
    found
}

/// The numbers in an address (in the form of [`crate::link::key`]), host aside.
pub(super) fn of_address(key: &str) -> Vec<String> {
    let path = key.split_once('/').map_or("", |(_, path)| path);
    let mut found = Vec::new();
    for piece in path.split(|c: char| !c.is_ascii_alphanumeric()) {
        let digits = piece.bytes().filter(u8::is_ascii_digit).count();
        // A long mixture of letters and digits is the name of a session or of a customer.
        if digits >= DIGITS && piece.len() <= 16 && digits * 2 > piece.len() && !is_year(piece) {
            add(&mut found, &piece.to_ascii_lowercase());
        }
    }
    found
}

/// Letters before a number are the system's, of which some boards leave them out: `JR103202`.
fn add(found: &mut Vec<String>, word: &str) {
    let digits = word
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .trim_end_matches(|c: char| !c.is_ascii_digit());
    let number = if digits.len() >= DIGITS { digits } else { word };
    if !found.iter().any(|known| known == number) {
        found.push(number.to_owned());
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_jobs_are_named() {
        for (text, expected) in [
            ("apply under requisition 255805 today", vec!["255805"]),
            ("job id jr103202 posted", vec!["103202"]),
            ("requisition jr 103202", vec!["103202"]),
            ("posting number srgv8629 number of vacancies 1", vec!["8629"]),
            ("position number 0042 and reference 9917", vec!["0042", "9917"]),
            ("call 5551234 or room number 4711 in 2026", vec![]),
            ("ref 2026", vec![]),
        ] {
            assert_eq!(of_text(text), expected, "{text}");
        }
        assert_eq!(of_title("library assistant 6761c 65272 2026"), ["6761", "65272"]);
        assert_eq!(of_address("jobs.example.org/postings/48362/map-librarian?year=2026"), ["48362"]);
        assert!(of_address("12345.example.org/jobs/d031dbc9fb09").is_empty());
    }
}
