//! Nothing in, how long one posting takes on one core out: parsing, sanitizing, and all else of normalizing.
//!
//! ```sh
//! cargo run --release --example normalize [documents that are read instead of made-up ones]
//! ```
//!
//! The made-up boards hold postings of some 4 kB: clean HTML as blogs write it, what a word processor
//! pastes, and HTML that nests as no HTML should. Each figure is the best of several rounds, in
//! microseconds a posting.

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use shelfwire::config::{Config, Pattern, Patterns, Source};
use shelfwire::fetch::Document;
use shelfwire::normalize::{Vocabulary, html, normalize};
use shelfwire::parse::{Body, Entry, parse};

const ROUNDS: usize = 7;
const POSTINGS: usize = 400;

const WORDS: &str = "the library seeks a colleague who describes preserves and shares collections with readers \
     staff faculty students children and the public at a reference desk in a branch of the city or on campus \
     metadata cataloging instruction outreach archives digital records budget experience degree required \
     preferred salary benefits apply by letter résumé deadline review begins until filled equal opportunity";

/// Makes up the body of a posting.
type MadeUp = fn(&mut Dice) -> String;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let boards = if given.is_empty() { made_up() } else { given.iter().map(|path| read(path)).collect() };
    println!(
        "{:<24} {:>8} {:>8} {:>8} {:>8} {:>10}",
        "board", "postings", "bytes", "parse", "sanitize", "the rest"
    );
    for (name, document) in &boards {
        measure(name, document);
    }
}

/// Made-up boards, each as the document of a feed.
fn made_up() -> Vec<(String, Document)> {
    let kinds: [(&str, MadeUp); 3] = [("clean", clean), ("pasted", pasted), ("torn", torn)];
    kinds.map(|(name, body)| (name.to_owned(), document(name, feed(body).into_bytes()))).to_vec()
}

fn read(path: &str) -> (String, Document) {
    let body = std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let name = path.rsplit('/').next().unwrap_or(path);
    (name.to_owned(), document(path, body))
}

fn document(location: &str, body: Vec<u8>) -> Document {
    Document { location: location.into(), file_name: None, content_type: None, body: body.into() }
}

fn feed(body: MadeUp) -> String {
    let mut dice = Dice(7);
    let items = (0..POSTINGS).map(|number| {
        let title =
            ["Reference Librarian", "Archivist", "Library Assistant", "Head of Cataloging"][number % 4];
        let body = body(&mut dice).replace('&', "&amp;").replace('<', "&lt;");
        format!(
            "<item><title>{title} {number} - University of Sampleton</title>\
             <link>https://board.example.org/{number}</link><guid>{number}</guid>\
             <pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate><description>{body}</description></item>"
        )
    });
    format!(
        "<rss version=\"2.0\"><channel><title>Board</title><link>https://board.example.org/</link>\
         <description>Made up</description>{}</channel></rss>",
        items.collect::<String>()
    )
}

fn clean(dice: &mut Dice) -> String {
    let text: String = (0..6).map(|_| format!("<p>{}.</p>\n", dice.words(70))).collect();
    let duties: String = (0..10).map(|_| format!("<li>{}</li>\n", dice.words(10))).collect();
    format!(
        "<h3>Description</h3>\n{text}<h3>Duties</h3>\n<ul>\n{duties}</ul>\n<p>Salary: $58,000 - $64,000. Apply by \
         December 4, 2026 at <a href=\"https://jobs.example.org/{}\">our site</a>.</p>",
        dice.next(1000)
    )
}

fn pasted(dice: &mut Dice) -> String {
    let paragraph = |dice: &mut Dice, bullet: &str, words| {
        format!(
            "<p class=MsoNormal style='margin:0in'><span style='font-family:\"Calibri\"'>{bullet}{}<o:p></o:p></span></p>\n",
            dice.words(words)
        )
    };
    let text: String = (0..6).map(|_| paragraph(dice, "", 60)).collect();
    let duties: String = (0..8).map(|_| paragraph(dice, "·<span>&nbsp;&nbsp; </span>", 10)).collect();
    format!("{text}<p><b>Duties</b></p>{duties}<p>Send a r&eacute;sum&eacute; to jobs@example.org.</p>")
}

fn torn(dice: &mut Dice) -> String {
    let text = (0..10).map(|_| format!("<b><p>{}</b> {}<br>", dice.words(12), dice.words(36)));
    format!("<div>{}<table><tr><td>Pay<td>$20 an hour</table></p>", text.collect::<String>())
}

fn measure(name: &str, document: &Document) {
    let pattern = Pattern::try_from(String::from("{title} - {employer}")).expect("a pattern of the manual");
    let source = Source { name: name.into(), title: Patterns(vec![pattern]), ..Source::default() };
    let now: DateTime<Utc> = DateTime::from_timestamp(1_794_000_000, 0).expect("a time");
    let parsed = match parse(&source, document) {
        Ok(parsed) if !parsed.entries.is_empty() => parsed,
        Ok(_) => return println!("{name}: no entries"),
        Err(error) => return println!("{name}: {error}"),
    };
    let entries = parsed.entries;
    let vocabulary = Vocabulary::new(&Config::default());
    let parsing = best(|| drop(black_box(parse(&source, document))));
    let sanitizing = best(|| entries.iter().for_each(sanitize));
    let copying = best(|| entries.iter().for_each(|entry| drop(black_box(entry.clone()))));
    let all = best(|| {
        for entry in &entries {
            let posting = normalize(&vocabulary, &source, &document.location, entry.clone(), now);
            drop(black_box(posting));
        }
    });
    let each = |time: Duration| time.as_secs_f64() * 1e6 / entries.len() as f64;
    let bytes: usize = entries.iter().map(|entry| text(entry).len()).sum();
    println!(
        "{name:<24} {:>8} {:>8} {:>8.1} {:>8.1} {:>10.1}",
        entries.len(),
        bytes / entries.len(),
        each(parsing),
        each(sanitizing),
        each(all.saturating_sub(sanitizing).saturating_sub(copying))
    );
}

fn sanitize(entry: &Entry) {
    match &entry.body {
        Body::Html(markup) => drop(black_box(html::sanitize(markup, Some("https://board.example.org/")))),
        Body::Text(text) => drop(black_box(html::from_text(text))),
    }
}

fn text(entry: &Entry) -> &str {
    match &entry.body {
        Body::Html(text) | Body::Text(text) => text,
    }
}

fn best(mut work: impl FnMut()) -> Duration {
    let rounds = (0..ROUNDS).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    });
    rounds.min().unwrap_or_default()
}

/// Numbers that look random, the same in each run (the constants of Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        let chosen: Vec<&str> = (0..count).map(|_| words[self.next(words.len())]).collect();
        chosen.join(" ")
    }
}
