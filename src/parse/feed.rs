//! The text of an RSS or Atom feed in, its entries out.
//!
//! feed-rs reads the feed; what it drops or makes up comes from [`super::extra`]. Both are put
//! together entry by entry, in the order of the document.

mod department;
mod portal;

use std::borrow::Cow;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono_tz::Tz;
use feed_rs::model;
use url::Url;

use super::extra::{Dialect, Extra, Outline, is_absolute, outline, plain};
use super::name::Field;
use super::{Body, Entry, Error, Parsed, dialect, mend};
use crate::date;
use crate::posting::Moment;
use crate::text;

/// Reads a document that begins with its root element. `location` is where it came from, `zone`
/// that of dates which name none.
///
/// # Errors
/// [`Error::NotAFeed`] if not even mending makes it one, [`Error::Panicked`] if feed-rs panics.
pub fn parse(document: &str, location: &str, zone: Option<Tz>) -> Result<Parsed, Error> {
    let first = read(document);
    if let Ok((feed, outline)) = first.as_ref()
        && feed.entries.len() == outline.items.len()
        && !outline.stray
    {
        let (feed, outline) = first?;
        return Ok(build(feed, outline, location, zone));
    }
    let root = outline(document)?.dialect;
    let mended = mend::mend(document, root);
    let (feed, outline) = read(&mended.text).or(first)?;
    let mut parsed = build(feed, outline, location, zone);
    parsed.complete = mended.complete;
    parsed.repairs.extend(mended.repairs.iter().map(|&repair| repair.to_owned()));
    Ok(parsed)
}

/// One reading, with the names of the dialect mapped.
fn read(document: &str) -> Result<(model::Feed, Outline<'_>), Error> {
    let mut outline = outline(document)?;
    if let Some(feed) = short(&outline, document) {
        return Ok((feed, outline));
    }
    outline.items.iter_mut().for_each(|item| item.texts.clear());
    whole(document, outline)
}

/// feed-rs on a document without the children of items that it need not see.
fn short(outline: &Outline<'_>, document: &str) -> Option<model::Feed> {
    if outline.foreign || outline.odd || outline.cuts.is_empty() {
        return None;
    }
    let cut: usize = outline.cuts.iter().map(ExactSizeIterator::len).sum();
    let mut kept = String::with_capacity(document.len() - cut);
    let mut from = 0;
    for cut in &outline.cuts {
        kept.push_str(&document[from..cut.start]);
        from = cut.end;
    }
    kept.push_str(&document[from..]);
    feed_rs(outline, &kept).ok().filter(|feed| feed.entries.len() == outline.items.len())
}

/// feed-rs on all of a document.
fn whole<'a>(document: &'a str, outline: Outline<'a>) -> Result<(model::Feed, Outline<'a>), Error> {
    let mut rest = Cow::Borrowed(document);
    if outline.foreign {
        rest = Cow::Owned(dialect::rewrite(document, outline.dialect, true));
    }
    let feed = match feed_rs(&outline, &rest) {
        Err(Error::Panicked(_)) => feed_rs(&outline, &dialect::rewrite(document, outline.dialect, false)),
        Err(Error::NotAFeed(_)) if outline.dialect.is_atom() && !outline.foreign => {
            feed_rs(&outline, &dialect::rewrite(document, outline.dialect, true))
        }
        result => result,
    }?;
    Ok((feed, outline))
}

/// feed-rs on a new tag of the root element and the rest of the document.
fn feed_rs(outline: &Outline<'_>, document: &str) -> Result<model::Feed, Error> {
    let tag = dialect::root_tag(outline);
    let source = tag.as_bytes().chain(&document.as_bytes()[outline.root.text.len()..]);
    let parser = feed_rs::parser::Builder::new()
        // Ids are read from the document, and dates by our own reader, which knows more forms and
        // tells a date from a time: feed-rs need do neither.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|_| None)
        .sanitize_content(false)
        .build();
    match catch_unwind(AssertUnwindSafe(|| parser.parse(source))) {
        Ok(result) => result.map_err(|e| Error::NotAFeed(e.to_string())),
        Err(panic) => {
            let message = panic.downcast_ref::<String>().cloned();
            let message = message.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
            Err(Error::Panicked(message.unwrap_or_default()))
        }
    }
}

/// What all entries of a feed share.
struct Context {
    dialect: Dialect,
    base: Option<Url>,
    language: Option<String>,
    author: Option<String>,
    zone: Option<Tz>,
}

fn build(feed: model::Feed, outline: Outline<'_>, location: &str, zone: Option<Tz>) -> Parsed {
    let location = Url::parse(location).ok().filter(|url| url.has_host());
    let link = outline.link.as_deref();
    let base = match (link, location) {
        // RFC 4287 knows only the document's own address; RSS says nothing, and its writers mean
        // their site.
        (Some(link), Some(at)) if !outline.dialect.is_atom() => at.join(link).ok().or(Some(at)),
        (Some(link), None) => Url::parse(link).ok(),
        (_, at) => at,
    };
    let author = feed.authors.into_iter().find_map(|person| person.name);
    let context = Context { dialect: outline.dialect, base, language: outline.language, author, zone };
    let pairs = pair(feed.entries, outline.items);
    let employer = outline.title.and_then(|title| portal::employer(&title, outline.neogov));
    let mut parsed = Parsed { complete: true, employer, ..Parsed::default() };
    for (entry, extra) in pairs {
        parsed.take(context.entry(entry, extra));
    }
    department::keep(&mut parsed.entries);
    parsed
}

/// Puts each of feed-rs's entries beside its item. Both readers follow one order; should they differ
/// in number, an entry without an item of the same link keeps only what feed-rs says.
fn pair<'a>(entries: Vec<model::Entry>, mut items: Vec<Extra<'a>>) -> Vec<(model::Entry, Extra<'a>)> {
    if entries.len() == items.len() {
        return entries.into_iter().zip(items).collect();
    }
    items.reverse();
    let mut pairs = Vec::with_capacity(entries.len());
    for entry in entries {
        let link = entry.links.first().map(|link| link.href.as_str());
        let same = |item: &Extra<'_>| link.is_some() && item.get(Field::Link) == link;
        let ahead = items.iter().rev().take(8).position(same);
        let extra = ahead.map(|skipped| {
            items.truncate(items.len() - skipped);
            items.pop().expect("`ahead` found it")
        });
        pairs.push((entry, extra.unwrap_or_default()));
    }
    pairs
}

impl Context {
    fn entry(&self, mut from: model::Entry, mut extra: Extra<'_>) -> Entry {
        let title = self.title(from.title.take(), &extra);
        let (body, summary) = self.texts(&mut from, &mut extra);
        let get = |field| extra.get(field).map(str::to_owned);
        // RSS writes `mail@example.org (Name)`.
        let name = |person: model::Person| Some(plain(person.name?.trim_matches(['(', ')', ' '])));
        let author = from.authors.into_iter().find_map(name).or_else(|| get(Field::Author));
        let mut categories = Vec::new();
        let given = from.categories.into_iter().map(|category| plain(&category.term));
        for category in given.chain(extra.all(Field::Category).map(str::to_owned)) {
            if !category.is_empty() && !categories.contains(&category) {
                categories.push(category);
            }
        }
        Entry {
            key: get(Field::Key),
            title,
            url: self.url(&from.links, &extra),
            apply: get(Field::Apply),
            employer: get(Field::Employer),
            place: place(&extra),
            salary: salary(&extra),
            employment: get(Field::Employment),
            closing: get(Field::Closing).or_else(|| extra.get(Field::ClosingUtc).map(portal::closing)),
            department: author.clone().filter(|_| self.dialect.is_atom()),
            author: author.or_else(|| self.author.clone()),
            published: self.moment(&extra, Field::Published),
            updated: self.moment(&extra, Field::Updated),
            categories,
            body,
            summary,
            language: get(Field::Language).or(extra.language).or_else(|| self.language.clone()),
        }
    }

    fn title(&self, title: Option<model::Text>, extra: &Extra<'_>) -> String {
        if let Some((_, markup)) = extra.markup.iter().find(|(field, _)| *field == Field::Title) {
            return text::squash(&text::strip_html(markup));
        }
        if let Some(title) = extra.text("title") {
            return text::squash(&htmlize::unescape(title.trim()));
        }
        let Some(title) = title else { return String::new() };
        let html = title.content_type.subty() != "plain" && self.dialect.is_atom();
        let content = title.content;
        // RSS does not say whether titles are HTML. Most of its writers think so of references,
        // none of `<`: "Salary < $50,000" is a title.
        let plain = if html { text::strip_html(&content) } else { htmlize::unescape(content).into_owned() };
        text::squash(&plain)
    }

    /// The text of the entry and, if there are two, the shorter one.
    fn texts(&self, from: &mut model::Entry, extra: &mut Extra<'_>) -> (Body, Option<Body>) {
        let content = from.content.take();
        let plain = content.as_ref().is_some_and(|c| c.content_type.subty() == "plain");
        let content = content.and_then(|c| c.body).map(|text| self.body(text, plain));
        let plain = from.summary.as_ref().is_some_and(|s| s.content_type.subty() == "plain");
        let summary = from.summary.take().map(|text| self.body(text.content, plain));
        let cut = |name| extra.text(name).map(|text| Body::html(text.trim().to_owned()));
        let content = cut("encoded").or_else(|| cut("content")).or(content);
        let summary = cut("description").or_else(|| cut("summary")).or(summary);
        let mut sections = String::new();
        let (mut texts, mut markup) = ([content, summary], [None, None]);
        for (field, html) in extra.markup.drain(..) {
            match field {
                Field::Content => markup[0] = Some(Body::Html(html)),
                Field::Description | Field::Summary => markup[1] = Some(Body::Html(html)),
                Field::Section => sections.push_str(&html),
                _ => {}
            }
        }
        for (text, markup) in texts.iter_mut().zip(markup) {
            *text = markup.or(text.take()).filter(|body| !body.is_empty());
        }
        let [content, summary] = texts;
        let (mut body, other) = Body::longer(content, summary);
        if !sections.is_empty() {
            body = Body::Html(body.into_html() + &sections);
        }
        (body, other)
    }

    /// A text that feed-rs gives. What is called plain and is not, is HTML: some boards escape HTML
    /// in Atom's content without saying so.
    fn body(&self, text: String, plain: bool) -> Body {
        let html = if self.dialect.is_atom() && plain { Body::looks_like_html(&text) } else { true };
        if html { Body::html(text) } else { Body::Text(text.trim().to_owned()) }
    }

    fn moment(&self, extra: &Extra<'_>, field: Field) -> Option<Moment> {
        extra.all(field).find_map(|text| date::read(text, self.zone))
    }

    /// The address of the entry's page.
    fn url(&self, links: &[model::Link], extra: &Extra<'_>) -> Option<String> {
        let given = extra.get(Field::Link).filter(|link| is_absolute(link)).map(str::to_owned);
        let page = |link: &&model::Link| {
            let alternate = link.rel.as_deref().is_none_or(|rel| matches!(rel, "alternate" | "related"));
            alternate && link.target.is_none() && !link.href.is_empty()
        };
        let resolved = || Some(self.absolute(&links.iter().find(page)?.href));
        let named = || extra.get(Field::Link).map(|link| self.absolute(link));
        let permalink = || extra.get(Field::Key).filter(|key| extra.permalink && is_absolute(key));
        given.or_else(resolved).or_else(named).or_else(|| permalink().map(str::to_owned))
    }

    fn absolute(&self, link: &str) -> String {
        match &self.base {
            Some(base) if !is_absolute(link) => {
                base.join(link).map_or_else(|_| link.to_owned(), String::from)
            }
            _ => link.to_owned(),
        }
    }
}

/// The place in one line: the field of that name, all of them if there are several, or one with the
/// state beside it if it names none.
pub fn place(extra: &Extra<'_>) -> Option<String> {
    let several = extra.best(Field::Place);
    if several.len() > 1 {
        return Some(several.join("; "));
    }
    let first = extra.get(Field::Place).or_else(|| extra.get(Field::City));
    let mut place = first.map(str::to_owned);
    for part in [Field::State, Field::Country].into_iter().filter_map(|field| extra.get(field)) {
        place = match place {
            Some(place) if text::fold(&place).contains(&text::fold(part)) => Some(place),
            Some(place) => Some(format!("{place}, {part}")),
            None => Some(part.to_owned()),
        };
    }
    place
}

/// The pay in one line: the field of that name, else NEOGOV's parts put together.
pub fn salary(extra: &Extra<'_>) -> Option<String> {
    if let Some(salary) = extra.get(Field::Salary) {
        return Some(salary.to_owned());
    }
    let figure = |field| extra.get(field).filter(|text| text.contains(|c: char| c.is_ascii_digit()));
    let mut salary = match (figure(Field::SalaryLow), figure(Field::SalaryHigh)) {
        (Some(low), Some(high)) => format!("{low} - {high}"),
        (Some(low), None) => low.to_owned(),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => return None,
    };
    if let Some(currency) = extra.get(Field::SalaryCurrency) {
        salary = format!("{salary} {currency}");
    }
    if let Some(interval) = extra.get(Field::SalaryInterval) {
        salary = format!("{salary} per {interval}");
    }
    Some(salary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHILDREN: [&str; 38] = [
        "<id>1</id>",
        "<updated>2026-11-23T12:23:40Z</updated>",
        "<link href='/b'/>",
        "<title type=\"html\">A &amp;amp; B</title>",
        "<content type=\"html\" xml:base=\"https://example.org/\"><![CDATA[ <p>x</p> ]]></content>",
        "<content type=\"html\">&lt;p>x &amp;amp; &#38; y</content>",
        "<content>x</content>",
        "<summary type=\"html\"> x </summary>",
        "<summary>x</summary>",
        "<description>x &nbsp; y</description>",
        "<title><![CDATA[A & B &eacute; ]]></title>",
        "<title> A > B </title>",
        "<title>A &amp; B</title>",
        "<title><b>A</b></title>",
        "<title></title>",
        "<link>https://example.org/a?b=1&amp;c=2</link>",
        "<link>/a</link>",
        "<link>HTTPS://example.org/b<!-- c --></link>",
        "<comments>https://example.org/b</comments>",
        "<guid>1</guid>",
        "<guid isPermaLink=\"false\">a&amp;b</guid>",
        "<guid>https://example.org/c&d</guid>",
        "<description><![CDATA[ <p>x &amp; y</p> ]]></description>",
        "<description>x</description>",
        "<description>x<!-- y --></description>",
        "<description><![CDATA[x]]> and <![CDATA[y]]></description>",
        "<description>&lt;p></description>",
        "<description/>",
        "<content:encoded><![CDATA[<p>longer than the other</p>]]></content:encoded>",
        "<content:encoded><p>as it is</p></content:encoded>",
        "<content:encoded></content:encoded>",
        "<x:title>x</x:title>",
        "<pubDate>Mon, 23 Nov 2026 19:48:52 +0000</pubDate>",
        "<category>c</category>",
        "<dc:creator>d</dc:creator>",
        "<!-- x -->",
        "<!-->",
        "<x a='>",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_feed_rs_is_spared_changes_nothing(
            items in prop::collection::vec(prop::collection::vec(0..CHILDREN.len(), 0..6), 1..4),
            root in 0..3usize,
        ) {
            let (item, end) = [("item", "</channel></rss>"), ("entry", "</feed>")][root / 2];
            let mut document = ["<rss><channel>", "<rss xmlns:x='http://purl.org/rss/1.0/'><channel>", "<feed xmlns:x='http://www.w3.org/2005/Atom'>"][root].to_owned();
            for children in items {
                let children: String = children.into_iter().map(|child| CHILDREN[child]).collect();
                let _ = std::fmt::Write::write_fmt(&mut document, format_args!("<{item}>{children}</{item}>"));
            }
            document.push_str(end);
            let spared = outline(&document).expect("a root");
            if let Some(feed) = short(&spared, &document) {
                let spared = build(feed, spared, "https://example.com/", None);
                let mut all = outline(&document).expect("a root");
                all.items.iter_mut().for_each(|item| item.texts.clear());
                let (feed, all) = whole(&document, all).expect("a feed");
                prop_assert_eq!(spared, build(feed, all, "https://example.com/", None));
            }
        }
    }
}
