//! A host and a path in, the path's one spelling to compare by out.

/// Names of files that a server shows for their folder, without their ending.
const INDEXES: [&str; 3] = ["index", "default", "home"];
const INDEX_ENDINGS: [&str; 9] = ["html", "htm", "shtml", "xhtml", "php", "asp", "aspx", "jsp", "cfm"];

/// Board software that shows one posting under several paths: the host's ending (empty: any host),
/// the path as it comes, and the path to compare by.
///
/// `{number}` is a number, `{id}` one of five digits or more (shorter ones are years and pages), which
/// may end in `-0` as NEOGOV writes it, `{code}` letters and digits of which three at least are digits,
/// `{any}` anything; each is one segment.
const SPELLINGS: [(&str, &str, &str); 13] = [
    // YM Careers (associations): the feed links to another path than the site.
    ("", "jobs/rss/{id}/{any}", "jobs/{id}"),
    ("", "jobs/rss/{id}", "jobs/{id}"),
    // iCIMS.
    ("icims.com", "jobs/{number}/{any}/job", "jobs/{number}"),
    ("icims.com", "jobs/{number}/{any}", "jobs/{number}"),
    // NEOGOV: an agency's own list and the search over all of them share their ids.
    ("governmentjobs.com", "careers/{any}/jobs/{id}/{any}", "jobs/{id}"),
    ("governmentjobs.com", "careers/{any}/jobs/newprint/{id}", "jobs/{id}"),
    ("governmentjobs.com", "careers/{any}/jobs/{id}", "jobs/{id}"),
    ("governmentjobs.com", "jobs/{id}/{any}", "jobs/{id}"),
    ("schooljobs.com", "careers/{any}/jobs/{id}/{any}", "jobs/{id}"),
    ("schooljobs.com", "jobs/{id}/{any}", "jobs/{id}"),
    // YM Careers' site and boards like it.
    ("", "jobs/{id}/{any}", "jobs/{id}"),
    // Madgex (`/job/<id>/<slug>/`), jobs.ac.uk (`/job/ABC123/<slug>`).
    ("", "job/{code}/{any}", "job/{code}"),
    // YM Careers of the careerwebsite.com generation (`/job/<slug>/<id>/`).
    ("", "job/{any}/{id}", "job/{id}"),
];

/// Hosts, by their ending, whose pages one parameter tells, or none at all.
const TELLING: [(&str, &str); 2] = [("higheredjobs.com", "jobcode"), ("icims.com", "")];

/// The first segments of all of [`SPELLINGS`]; the paths of most hosts begin with none of them.
const FIRST: [&str; 3] = ["jobs", "job", "careers"];

/// Appends the path to compare by: with its slash in front, without one at the end.
pub(super) fn push_path(key: &mut String, host: &str, path: &str) {
    let mut segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    if segments.last().is_some_and(|last| is_index(last)) {
        segments.pop();
    }
    // Workday puts the reader's language in front of a path that works without it.
    if is_host(host, "myworkdayjobs.com") && segments.first().is_some_and(|first| is_locale(first)) {
        segments.remove(0);
    }
    let mut push = |segment: &str| {
        key.push('/');
        key.push_str(segment);
    };
    if segments.first().is_some_and(|first| FIRST.contains(first)) {
        for (ending, pattern, to) in SPELLINGS {
            if is_host(host, ending)
                && let Some(id) = matched(pattern, &segments)
            {
                to.split('/').for_each(|part| push(if part.starts_with('{') { id } else { part }));
                return;
            }
        }
    }
    segments.into_iter().for_each(push);
}

/// Whether a parameter of this name says what the page shows.
pub(super) fn counts(host: &str, name: &str) -> bool {
    let telling = TELLING.iter().find(|(ending, _)| is_host(host, ending));
    telling.is_none_or(|(_, telling)| name.eq_ignore_ascii_case(telling))
}

fn is_host(host: &str, ending: &str) -> bool {
    host.strip_suffix(ending).is_some_and(|rest| ending.is_empty() || rest.is_empty() || rest.ends_with('.'))
}

fn is_index(segment: &str) -> bool {
    segment.split_once('.').is_some_and(|(name, ending)| {
        INDEXES.iter().any(|i| i.eq_ignore_ascii_case(name))
            && INDEX_ENDINGS.iter().any(|i| i.eq_ignore_ascii_case(ending))
    })
}

/// A language tag as Workday writes it: `en-US`.
fn is_locale(segment: &str) -> bool {
    matches!(segment.as_bytes(), [a, b, b'-', c, d]
        if a.is_ascii_lowercase() && b.is_ascii_lowercase() && c.is_ascii_uppercase() && d.is_ascii_uppercase())
}

/// The id in `segments`, if they fit the pattern.
fn matched<'a>(pattern: &str, segments: &[&'a str]) -> Option<&'a str> {
    let mut parts = pattern.split('/');
    let mut id = None;
    for segment in segments {
        let fits = match parts.next()? {
            "{any}" => true,
            part @ ("{id}" | "{number}" | "{code}") => {
                id = id_of(part, segment);
                id.is_some()
            }
            part => part == *segment,
        };
        if !fits {
            return None;
        }
    }
    id.filter(|_| parts.next().is_none())
}

fn id_of<'a>(kind: &str, segment: &'a str) -> Option<&'a str> {
    let id = match segment.split_once('-') {
        Some((id, tail)) if kind == "{id}" && tail.len() == 1 => id,
        _ => segment,
    };
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    let fits = match kind {
        "{number}" => digits == id.len(),
        "{id}" => digits == id.len() && digits >= 5,
        _ => digits >= 3 && id.len() >= 5 && id.bytes().all(|b| b.is_ascii_alphanumeric()),
    };
    fits.then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_begin_with_the_first_segments() {
        for (_, pattern, _) in SPELLINGS {
            assert!(pattern.split('/').next().is_some_and(|first| FIRST.contains(&first)), "{pattern}");
        }
    }
}
