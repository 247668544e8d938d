//! All feeds in, `feeds.opml` out: a subscription list (OPML 2.0, opml.org/spec2.opml).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::config::Site;
use crate::text::squash;

use super::index::{Groups, Row};
use super::{Rendered, address};

type Sink = Writer<Vec<u8>>;
type Done = Result<(), std::io::Error>;

pub(super) fn render(site: &Site, groups: &Groups) -> Rendered {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let mut root = BytesStart::new("opml");
    root.push_attribute(("version", "2.0"));
    writer.write_event(Event::Start(root))?;
    writer.write_event(Event::Start(BytesStart::new("head")))?;
    text(&mut writer, "title", &squash(&site.title))?;
    text(&mut writer, "docs", "http://opml.org/spec2.opml")?;
    writer.write_event(Event::End(BytesEnd::new("head")))?;
    writer.write_event(Event::Start(BytesStart::new("body")))?;
    let list = List { home: address::home(site), language: squash(&site.language) };
    for row in &groups.all {
        list.feed(&mut writer, row)?;
    }
    for (name, rows) in [("Tags", &groups.tags), ("Regions", &groups.regions), ("More feeds", &groups.own)] {
        if !rows.is_empty() {
            writer.write_event(Event::Start(group(name)))?;
            for row in rows {
                list.feed(&mut writer, row)?;
            }
            writer.write_event(Event::End(BytesEnd::new("outline")))?;
        }
    }
    writer.write_event(Event::End(BytesEnd::new("body")))?;
    writer.write_event(Event::End(BytesEnd::new("opml")))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

struct List {
    home: String,
    language: String,
}

impl List {
    /// A feed; its cuts by region, if there are some, in a group behind it: a reader that knows
    /// feeds and folders does not look for feeds inside of a feed.
    fn feed(&self, writer: &mut Sink, row: &Row) -> Done {
        let url = address::page(&self.home, &row.path, "rss");
        let mut outline = group(&row.title);
        for (name, value) in [
            ("title", row.title.as_str()),
            ("type", "rss"),
            ("version", "RSS2"),
            ("xmlUrl", &url),
            ("htmlUrl", &self.home),
            ("description", &row.description),
            ("language", &self.language),
        ] {
            outline.push_attribute((name, value));
        }
        writer.write_event(Event::Empty(outline))?;
        if !row.regions.is_empty() {
            writer.write_event(Event::Start(group(&format!("{} by region", row.name))))?;
            for region in &row.regions {
                self.feed(writer, region)?;
            }
            writer.write_event(Event::End(BytesEnd::new("outline")))?;
        }
        Ok(())
    }
}

fn group(name: &str) -> BytesStart<'static> {
    let mut outline = BytesStart::new("outline");
    outline.push_attribute(("text", name));
    outline
}

fn text(writer: &mut Sink, name: &str, text: &str) -> Done {
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    writer.write_event(Event::Text(BytesText::new(text)))?;
    writer.write_event(Event::End(BytesEnd::new(name)))
}
