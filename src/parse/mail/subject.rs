//! The subject of a mail in, out whether it speaks of a job, and the title that it is.

/// Words that a subject which advertises a job has, in lower case.
const JOB: [&str; 18] = [
    "job",
    "jobs",
    "position",
    "positions",
    "employment",
    "vacancy",
    "vacancies",
    "vacant",
    "opening",
    "openings",
    "hiring",
    "recruiting",
    "recruitment",
    "posting",
    "internship",
    "fellowship",
    "residency",
    "stellenangebot",
];

/// What answers and mails that are sent on begin with: English, German, Nordic, French, Dutch.
const ANSWERS: [&str; 9] = ["re", "fw", "fwd", "aw", "wg", "sv", "vs", "tr", "antw"];

/// Phrases before a colon or a dash that only say that a job follows, in lower case.
const PHRASES: [&str; 34] = [
    "employment",
    "employment opportunity",
    "faculty position",
    "hiring",
    "job",
    "job ad",
    "job advertisement",
    "job announcement",
    "job available",
    "job description",
    "job opening",
    "job openings",
    "job opportunity",
    "job post",
    "job posting",
    "job postings",
    "job vacancy",
    "jobs",
    "new job",
    "new job posting",
    "new position",
    "now hiring",
    "opening",
    "open position",
    "position",
    "position announcement",
    "position available",
    "position opening",
    "position posting",
    "position vacancy",
    "posting",
    "vacancy",
    "vacancy announcement",
    "we are hiring",
];

/// The longest tag in brackets: `[LIST-NAME]`.
const TAG: usize = 40;

/// The subject without the tags that lists put before it.
fn untagged(subject: &str) -> &str {
    let mut rest = subject.trim_start();
    while let Some((tag, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        if tag.len() > TAG || after.trim().is_empty() {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// Whether a mail answers another one, or sends others on.
pub fn is_answer(subject: &str) -> bool {
    let digest =
        subject.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("digest"));
    let answers = |text: &str| {
        let Some((start, _)) = text.split_once(':') else { return false };
        // `Re[2]: x`
        let word = start.split('[').next().unwrap_or_default().trim();
        ANSWERS.iter().any(|answer| answer.eq_ignore_ascii_case(word))
    };
    digest || answers(subject.trim_start()) || answers(untagged(subject))
}

/// Whether a subject speaks of a job, in its tags or behind them.
pub fn is_job(subject: &str) -> bool {
    let mut words = subject.split(|c: char| !c.is_alphanumeric());
    words.any(|word| JOB.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// What is advertised: the subject without tags and `Job Posting:`.
pub fn title(subject: &str) -> &str {
    let mut title = untagged(subject);
    loop {
        let end = title
            .char_indices()
            .find(|(at, c)| *c == ':' || matches!(c, '-' | '–' | '—') && title[..*at].ends_with(' '));
        let Some((at, sign)) = end else { return title.trim() };
        let phrase = title[..at].trim().to_lowercase();
        let after = untagged(&title[at + sign.len_utf8()..]);
        if after.is_empty() || !PHRASES.contains(&phrase.as_str()) {
            return title.trim();
        }
        title = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_what_is_advertised() {
        assert_eq!(title("[LIST] Job Posting: Head of Maps, Sample U"), "Head of Maps, Sample U");
        assert_eq!(title("[JOB] [LIST] Cataloger"), "Cataloger");
        assert_eq!(title("Position Announcement - Archivist: Maps"), "Archivist: Maps");
        assert_eq!(title("JOB: Vacancy: Page"), "Page");
        assert_eq!(title("Positions Librarian - Sample U"), "Positions Librarian - Sample U");
        assert_eq!(title("Job-sharing clerk"), "Job-sharing clerk");
        assert_eq!(title("Job:"), "Job:");
        assert_eq!(title("[JOB]"), "[JOB]");
    }

    #[test]
    fn answers_and_digests_are_no_postings() {
        for subject in
            ["Re: job", "[LIST] RE: job", "Fwd: [LIST] job", "re[2]: job", "AW: job", "Jobs Digest, Vol 3"]
        {
            assert!(is_answer(subject), "{subject}");
        }
        for subject in ["Reno: Librarian", "[LIST] Job: Re-cataloging clerk"] {
            assert!(!is_answer(subject), "{subject}");
        }
    }

    #[test]
    fn jobs_are_told_by_whole_words() {
        assert!(is_job("[JOB] Cataloger") && is_job("Two Positions at Sample U") && is_job("VACANCY: x"));
        assert!(!is_job("New edition of the Jobim songbook") && !is_job("Question on proposition 13"));
    }
}
