//! All feeds in, `index.html` out: where readers find their feed.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Value, context};

use crate::config::Site;
use crate::text::squash;

use super::extension::NAMESPACE;
use super::info::FeedInfo;
use super::{Rendered, address};

const TEMPLATE: &str = include_str!("../../data/templates/index.html");

/// All feeds, in the order in which they are listed.
pub(super) struct Groups {
    pub all: Vec<Row>,
    pub tags: Vec<Row>,
    pub regions: Vec<Row>,
    /// The operator's own.
    pub own: Vec<Row>,
}

/// One feed in a list.
pub(super) struct Row {
    /// What it is called under its heading: the tag's or the region's name.
    pub name: String,
    pub title: String,
    pub description: String,
    pub path: String,
    /// The address of its pages relative to the index, without extension.
    link: String,
    /// Open vacancies.
    count: usize,
    /// The cuts of a tag by region.
    pub regions: Vec<Row>,
}

impl Groups {
    /// Sorted by name, so that a list does not depend on the order in which feeds are made.
    pub(super) fn new(feeds: &[(FeedInfo, usize)]) -> Self {
        let (mut all, mut tags, mut regions, mut own) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut cuts = Vec::new();
        for (info, count) in feeds {
            match (&info.tag, &info.region) {
                (Some(tag), None) => tags.push((tag.slug.clone(), Row::new(info, &tag.name, *count))),
                (None, Some(region)) => regions.push(Row::new(info, &region.name, *count)),
                (Some(tag), Some(region)) => cuts.push((tag, Row::new(info, &region.name, *count))),
                (None, None) if info.path == "all" => all.push(Row::new(info, "All open positions", *count)),
                (None, None) => own.push(Row::new(info, &info.title, *count)),
            }
        }
        for (tag, row) in cuts {
            match tags.iter_mut().find(|(slug, _)| *slug == tag.slug) {
                Some((_, parent)) => parent.regions.push(row),
                // Its tag has no feed of its own.
                None => own.push(Row { name: format!("{}, {}", tag.name, row.name), ..row }),
            }
        }
        let mut tags: Vec<_> = tags.into_iter().map(|(_, row)| row).collect();
        tags.iter_mut().for_each(|row| sort(&mut row.regions));
        [&mut tags, &mut regions, &mut own].into_iter().for_each(|rows| sort(rows));
        Groups { all, tags, regions, own }
    }
}

fn sort(rows: &mut [Row]) {
    rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.path.clone()));
}

impl Row {
    fn new(info: &FeedInfo, name: &str, count: usize) -> Self {
        Row {
            name: squash(name),
            title: squash(&info.title),
            description: squash(&info.description),
            path: info.path.clone(),
            link: address::encode(&info.path),
            count,
            regions: Vec::new(),
        }
    }
}

pub(super) fn render(site: &Site, groups: &Groups) -> Rendered {
    let mut environment = Environment::new();
    // A tag on a line of its own leaves no line.
    environment.set_syntax(
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?,
    );
    // The name's extension turns on escaping.
    environment.add_template("index.html", TEMPLATE)?;
    let licence = site.licence.as_deref().map(squash).filter(|text| !text.is_empty());
    let page = environment.get_template("index.html")?.render(context! {
        title => squash(&site.title),
        language => squash(&site.language),
        home => address::home(site),
        namespace => NAMESPACE,
        licence_url => licence.as_deref().and_then(address::web),
        licence,
        all => values(&groups.all),
        tags => values(&groups.tags),
        regions => values(&groups.regions),
        own => values(&groups.own),
    })?;
    Ok(page.into_bytes())
}

fn values(rows: &[Row]) -> Value {
    let value = |row: &Row| {
        context! {
            name => &row.name,
            title => &row.title,
            link => &row.link,
            count => row.count,
            regions => values(&row.regions),
        }
    };
    rows.iter().map(value).collect()
}
