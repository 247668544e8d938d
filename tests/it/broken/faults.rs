//! A clean document in, the same with one fault out.

use super::Sees;
use Sees::{All, First, Nothing, Page};

/// A document without a fault: three items, of which the second has `MARK` in its text and `é` in its
/// title.
pub struct Clean {
    pub name: String,
    pub text: String,
    /// The name of its items, with their prefix.
    item: &'static str,
}

type Made = Option<(Vec<u8>, Option<&'static str>)>;

/// What makes a broken document of a clean one, or `None` where the dialect does not allow it.
pub struct Fault {
    pub class: &'static str,
    pub name: &'static str,
    pub apply: fn(&Clean) -> Made,
    pub sees: Sees,
}

impl Clean {
    pub fn new(name: String, text: String) -> Self {
        let known = ["item", "entry", "a:entry", "job"];
        let is_there = |item: &&str| text.contains(&format!("</{item}>"));
        let item = known.into_iter().find(is_there).expect("a known name of items");
        Clean { name, text, item }
    }

    /// Where the `n`th (from 0) item begins.
    fn begin(&self, n: usize) -> usize {
        let tag = format!("<{}", self.item);
        let tags = self.text.match_indices(&tag).map(|(at, _)| at);
        tags.filter(|at| !self.text[*at..].starts_with("<items")).nth(n).expect("three items")
    }

    /// Where the `n`th item's end tag begins.
    fn end(&self, n: usize) -> usize {
        self.text.match_indices(&format!("</{}>", self.item)).nth(n).expect("three items").0
    }

    /// The document with something in the text of the second item.
    fn marked(&self, with: &str) -> Made {
        made(self.text.replace("MARK", with))
    }

    /// The document with something put in at a place.
    fn with(&self, at: usize, what: &str) -> Made {
        made(format!("{}{what}{}", &self.text[..at], &self.text[at..]))
    }

    fn cut(&self, at: usize) -> Made {
        made(&self.text[..at])
    }

    /// The document with the first of something behind a place replaced.
    fn replaced(&self, from: usize, what: &str, with: &str) -> Made {
        let at = from + self.text[from..].find(what)?;
        made(format!("{}{with}{}", &self.text[..at], &self.text[at + what.len()..]))
    }

    fn declared(&self, encoding: &str) -> String {
        self.text.replacen("UTF-8", encoding, 1)
    }

    fn undeclared(&self) -> &str {
        self.text.split_once("?>").expect("a declaration").1.trim_start()
    }

    /// The name of the element that holds the texts.
    fn text_name(&self) -> String {
        let end = self.text.find("MARK").expect("the mark");
        let rest = &self.text[end..];
        let close = rest.find(if rest.contains("]]></") { "]]></" } else { "</" }).expect("an end");
        let after = rest[close..].trim_start_matches("]]>").trim_start_matches("</");
        after.split('>').next().expect("a name").to_owned()
    }
}

fn made(text: impl Into<String>) -> Made {
    Some((text.into().into_bytes(), None))
}

/// The bytes of a text in Windows-1252, of which the clean documents need only Latin-1.
fn latin_1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1 only")).collect()
}

fn utf_16(text: &str, little: bool, mark: bool) -> Made {
    let text = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
    let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    Some((text.encode_utf16().flat_map(bytes).collect(), None))
}

fn typed(clean: &Clean, content_type: &'static str) -> Made {
    Some((clean.text.clone().into_bytes(), Some(content_type)))
}

const fn fault(class: &'static str, name: &'static str, sees: Sees, apply: fn(&Clean) -> Made) -> Fault {
    Fault { class, name, apply, sees }
}

/// Entities that grow by ten each time one is named.
const BOMB: &str = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>\
    <!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>\
    <!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>]>\n";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    fault("charset", "a byte order mark", All, |c| made(format!("\u{feff}{}", c.text))),
    fault("charset", "two byte order marks", All, |c| made(format!("\u{feff}\u{feff}{}", c.text))),
    fault("charset", "a byte order mark behind a line end", All, |c| made(format!("\n\u{feff}{}", c.text))),
    fault("charset", "UTF-16, little end first", All, |c| utf_16(&c.declared("UTF-16"), true, true)),
    fault("charset", "UTF-16, big end first", All, |c| utf_16(&c.declared("UTF-16"), false, true)),
    fault("charset", "UTF-16, little end first, declared UTF-8", All, |c| utf_16(&c.text, true, true)),
    fault("charset", "UTF-16, big end first, declared UTF-8", All, |c| utf_16(&c.text, false, true)),
    fault("charset", "UTF-16, little end first, no mark", All, |c| utf_16(&c.text, true, false)),
    fault("charset", "UTF-16, big end first, no mark", All, |c| utf_16(&c.text, false, false)),
    fault("charset", "UTF-16 behind a blank, no mark", All, |c| utf_16(&format!("\n{}", c.text), true, false)),
    fault("charset", "Windows-1252 declared UTF-8", All, |c| Some((latin_1(&c.text), None))),
    fault("charset", "Latin-1 declared Latin-1", All, |c| Some((latin_1(&c.declared("iso-8859-1")), None))),
    fault("charset", "Latin-1 declared US-ASCII", All, |c| Some((latin_1(&c.declared("us-ascii")), None))),
    fault("charset", "Latin-1 declared as nothing known", All, |c| Some((latin_1(&c.declared("x-none")), None))),
    fault("charset", "Latin-1 declared UTF-16", All, |c| Some((latin_1(&c.declared("utf-16")), None))),
    fault("charset", "Latin-1 without a declaration", All, |c| Some((latin_1(c.undeclared()), None))),
    fault("charset", "Latin-1 by HTTP, UTF-8 by declaration", All, |c| Some((latin_1(&c.text), Some("text/xml; charset=iso-8859-1")))),
    fault("charset", "UTF-8 by HTTP, Latin-1 in truth and declaration", All, |c| Some((latin_1(&c.declared("iso-8859-1")), Some("text/xml; charset=utf-8")))),
    fault("charset", "UTF-16 by HTTP, Latin-1 in truth", All, |c| Some((latin_1(&c.text), Some("text/xml; charset=utf-16")))),
    fault("charset", "UTF-8 declared Latin-1", All, |c| made(c.declared("ISO-8859-1"))),
    fault("charset", "UTF-8 declared UTF-16", All, |c| made(c.declared("utf-16"))),
    fault("charset", "UTF-8 declared as nothing known", All, |c| made(c.declared("utf8mb4"))),
    fault("charset", "UTF-8, Latin-1 by HTTP", All, |c| typed(c, "application/xml; charset=ISO-8859-1")),
    fault("charset", "UTF-8, UTF-16 by HTTP", All, |c| typed(c, "application/xml; charset=utf-16")),
    fault("charset", "one byte that is no UTF-8", All, |c| {
        let at = c.text.find("MARK")?;
        let mut bytes = c.text.replace("MARK", "é è").into_bytes();
        bytes.insert(at, 0xff);
        Some((bytes, None))
    }),
    fault("charset", "a character of UTF-8 cut in two", All, |c| {
        let at = c.text.find("MARK")?;
        let mut bytes = c.text.replace("MARK", "é è").into_bytes();
        bytes.insert(at, 0xe2);
        Some((bytes, None))
    }),
    fault("before", "line ends", All, |c| made(format!("\r\n\r\n  {}", c.text))),
    fault("before", "NULs", All, |c| made(format!("\0\0{}", c.text))),
    fault("before", "no-break spaces", All, |c| made(format!("\u{a0}\u{200b}{}", c.text))),
    fault("before", "a warning in HTML", All, |c| made(format!("<br />\n<b>Warning</b>: mysql_query() in <b>/srv/www/rss.php</b> on line <b>12</b><br />\n{}", c.text))),
    fault("before", "a warning in plain text", All, |c| made(format!("PHP Notice:  Undefined index: id in /srv/rss.php on line 3\n{}", c.text))),
    fault("before", "a warning with an arrow", All, |c| made(format!("Deprecated: $this->x & y in C:\\rss.php<br>\n{}", c.text))),
    fault("before", "a stack of warnings in paragraphs", All, |c| made(format!("{}{}", "<p>Strict Standards: <i>x</i>".repeat(50), c.text))),
    fault("before", "a comment", All, |c| made(format!("<!-- cached -- 12 -->\n{}", c.text))),
    fault("before", "two declarations", All, |c| made(format!("<?xml version='1.0'?>\n{}", c.text))),
    fault("before", "no declaration", All, |c| made(c.undeclared())),
    fault("before", "a declaration without its end", All, |c| made(c.text.replacen("?>", ">", 1))),
    fault("before", "a declaration with wrong quotes", All, |c| made(c.text.replacen("\"1.0\"", "”1.0”", 1))),
    fault("before", "a declaration of version 1.1", All, |c| made(c.text.replacen("\"1.0\"", "\"1.1\"", 1))),
    fault("before", "a style sheet", All, |c| made(format!("<?xml version='1.0'?>\n<?xml-stylesheet href='x.xsl' type='text/xsl'?>\n{}", c.undeclared()))),
    fault("before", "a document type", All, |c| made(format!("<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" \"x.dtd\">\n{}", c.undeclared()))),
    fault("before", "a stray word and a bracket", All, |c| made(format!("1 < 2 {}", c.text))),
    fault("before", "a header of HTTP", All, |c| made(format!("Content-Type: text/xml\r\n\r\n{}", c.text))),
    fault("after", "a comment", All, |c| made(format!("{}<!-- 0.3 seconds -->", c.text))),
    fault("after", "a comment without its end", All, |c| made(format!("{}<!-- 0.3 seconds", c.text))),
    fault("after", "plain text", All, |c| made(format!("{}Fatal error: out of memory", c.text))),
    fault("after", "a script", All, |c| made(format!("{}<script src='x'></script><img src=y>", c.text))),
    fault("after", "NULs", All, |c| made(format!("{}\0\0\0", c.text))),
    fault("after", "end tags once more", All, |c| made(format!("{}</channel></rss></feed>", c.text))),
    fault("after", "the document once more", All, |c| made(format!("{}{}", c.text, c.text))),
    fault("after", "a web page", All, |c| made(format!("{}<!DOCTYPE html><html><body>x</body></html>", c.text))),
    fault("characters", "control characters in a text", All, |c| c.marked("\u{1}\u{b}\u{1f}\u{7f}")),
    fault("characters", "a control character in a title", All, |c| made(c.text.replace("Bibliothé", "Bib\u{8}liothé"))),
    fault("characters", "a NUL in a title", All, |c| made(c.text.replace("Bibliothé", "Bib\0liothé"))),
    fault("characters", "a NUL between items", All, |c| c.with(c.begin(1), "\0")),
    fault("characters", "what is no character", All, |c| c.marked("\u{fffe}\u{ffff}")),
    fault("characters", "references to control characters", All, |c| c.marked("&#0;&#x1;&#11;&#xFFFF;")),
    fault("characters", "references to no character", All, |c| c.marked("&#x110000;&#99999999999;&#xD800;")),
    fault("characters", "references without a number", All, |c| c.marked("&#;&#x;&#xZZ;&#12a;")),
    fault("characters", "references of Windows", All, |c| c.marked("&#146;&#x96;")),
    fault("characters", "references without their end", All, |c| c.marked("&#233 &eacute &amp &lt")),
    fault("entities", "of HTML in a text", All, |c| c.marked("&nbsp;&eacute;&hellip;&mdash;")),
    fault("entities", "of HTML in a title", All, |c| if c.text.contains("<![CDATA[Bib") { None } else { made(c.text.replace("Bibliothé", "Biblioth&eacute;")) }),
    fault("entities", "that nobody knows", All, |c| c.marked("&unknown;&x.y;&_z;")),
    fault("entities", "bare ampersands in a text", All, |c| c.marked("A&B, C & D, E&&F, &")),
    fault("entities", "a bare ampersand in a title", All, |c| made(c.text.replace("Archivist &amp; C", "Archivist & C").replace("Archivist &amp;amp; C", "Archivist & C"))),
    fault("entities", "bare ampersands in links", All, |c| made(c.text.replace("?id=", "?a=1&b=2&id="))),
    fault("entities", "ampersands that begin names in links", All, |c| made(c.text.replace("?id=", "?a=1&copy=2&lt=3&id="))),
    fault("entities", "an ampersand before a tag", All, |c| c.with(c.end(1), "&")),
    fault("entities", "an ampersand between items", All, |c| c.with(c.begin(1), " & ")),
    fault("entities", "many ampersands", All, |c| c.marked(&"&".repeat(5000))),
    fault("brackets", "less than, with a blank", All, |c| c.marked("salary < 50,000")),
    fault("brackets", "less than, with a figure", All, |c| c.marked("<3 <$50 <-")),
    fault("brackets", "less than before an end tag", All, |c| c.marked("<")),
    fault("brackets", "an address", All, |c| c.marked("<jobs@example.org>")),
    fault("brackets", "a link", All, |c| c.marked("<https://example.org/>")),
    fault("brackets", "between items", All, |c| c.with(c.begin(1), " < ")),
    fault("brackets", "in a title", All, |c| made(c.text.replace(">Page<", ">Page<!-- < --><"))),
    fault("brackets", "many", All, |c| c.marked(&"<".repeat(5000))),
    fault("brackets", "greater than", All, |c| c.marked("> >> -> ]>")),
    fault("tags", "a paragraph that does not end", All, |c| c.marked("<p>one<p>two<br>")),
    fault("tags", "bold that does not end", All, |c| c.marked("<b>one")),
    fault("tags", "wrong nesting", All, |c| c.marked("<b><i>x</b></i>")),
    fault("tags", "an end without a begin in a text", All, |c| c.marked("</p></div>")),
    fault("tags", "an end without a begin in an item", All, |c| c.with(c.end(1), "</div>")),
    fault("tags", "an end without a begin between items", All, |c| c.with(c.begin(1), "</div>")),
    fault("tags", "an item without its end", All, |c| c.replaced(c.end(1), &format!("</{}>", c.item), "")),
    fault("tags", "an item with another end", All, |c| c.replaced(c.end(1), &format!("</{}>", c.item), "</itme>")),
    fault("tags", "an item with two ends", All, |c| c.with(c.end(1), &format!("</{}>", c.item))),
    fault("tags", "an item with its end in capitals", All, |c| c.replaced(c.end(1), &format!("</{}>", c.item), &format!("</{}>", c.item.to_uppercase()))),
    fault("tags", "an end with blanks", All, |c| c.replaced(c.end(1), &format!("</{}>", c.item), &format!("</{} \n>", c.item))),
    fault("tags", "no item with its end", First(2), |c| made(c.text[..c.end(2)].replace(&format!("</{}>", c.item), ""))),
    fault("tags", "a text without its end", All, |c| c.replaced(c.begin(1), &format!("</{}>", c.text_name()), "")),
    fault("tags", "a text with another end", All, |c| c.replaced(c.begin(1), &format!("</{}>", c.text_name()), "</descripton>")),
    fault("tags", "a title without its end", All, |c| c.replaced(c.begin(1), if c.item == "a:entry" { "</a:title>" } else { "</title>" }, "")),
    fault("tags", "an end tag without its bracket", All, |c| c.replaced(c.end(1), &format!("</{}>", c.item), &format!("</{}", c.item))),
    fault("tags", "a begin tag without its bracket", All, |c| c.with(c.end(1), "<x ")),
    fault("tags", "an unknown element that does not end", All, |c| c.with(c.end(1), "<x>")),
    fault("tags", "an unknown element that does not end between items", All, |c| c.with(c.begin(1), "<x>")),
    fault("tags", "an empty element in the way of HTML", All, |c| c.with(c.end(1), "<hr>")),
    fault("attributes", "one twice", All, |c| c.with(c.end(1), "<x a='1' a='2'/>")),
    fault("attributes", "one twice on an item", All, |c| c.replaced(c.begin(1), &format!("<{}", c.item), &format!("<{} a='1' a='2'", c.item))),
    fault("attributes", "without quotes", All, |c| c.with(c.end(1), "<x a=1 b=c/>")),
    fault("attributes", "without a value", All, |c| c.with(c.end(1), "<x hidden/>")),
    fault("attributes", "without a blank between", All, |c| c.with(c.end(1), "<x a='1'b='2'/>")),
    fault("attributes", "with a bracket in it", All, |c| c.with(c.end(1), "<x a='1 < 2'/>")),
    fault("attributes", "with a bare ampersand", All, |c| c.with(c.end(1), "<x a='b&c'/>")),
    fault("attributes", "with a quote that does not end", All, |c| c.marked("<a href='x>y</a>")),
    fault("attributes", "with curly quotes", All, |c| c.with(c.end(1), "<x a=”1”/>")),
    fault("attributes", "one twice on the root", All, |c| {
        let at = c.text[40..].find('<')? + 40;
        let end = c.text[at..].find([' ', '>'])? + at;
        c.with(end, " a='1' a='2'")
    }),
    fault("sections", "CDATA without its end", All, |c| c.marked("<![CDATA[<p>x")),
    fault("sections", "CDATA in CDATA", All, |c| c.marked("<![CDATA[x<![CDATA[y]]>z]]>")),
    fault("sections", "an end of CDATA alone", All, |c| c.marked("]]>")),
    fault("sections", "CDATA in small letters", All, |c| c.marked("<![cdata[x]]>")),
    fault("sections", "CDATA with a blank", All, |c| c.marked("<! [CDATA[x]] >")),
    fault("sections", "CDATA between items", All, |c| c.with(c.begin(1), "<![CDATA[x]]>")),
    fault("sections", "CDATA that does not end between items", All, |c| c.with(c.begin(1), "<![CDATA[")),
    fault("sections", "a comment without its end", All, |c| c.marked("<!-- x")),
    fault("sections", "a comment with dashes", All, |c| c.marked("<!-- a -- b --- -->")),
    fault("sections", "a comment that does not end between items", All, |c| c.with(c.begin(1), "<!-- x ")),
    fault("sections", "an instruction without its end", All, |c| c.marked("<?php echo $x; ")),
    fault("sections", "an instruction in the middle", All, |c| c.with(c.begin(1), "<?xml version='1.0' encoding='x'?>")),
    fault("sections", "a document type in the middle", All, |c| c.with(c.begin(1), "<!DOCTYPE x>")),
    fault("truncated", "after an item", First(2), |c| c.cut(c.begin(2))),
    fault("truncated", "in an item's begin tag", First(2), |c| c.cut(c.begin(2) + 3)),
    fault("truncated", "in an item's title", First(2), |c| c.cut(c.text.find("Page")? + 2)),
    fault("truncated", "in an item's text", First(2), |c| c.cut(c.text.find("Shelves")? + 5)),
    fault("truncated", "in an item's link", First(2), |c| c.cut(c.text.find("jobs?id=3")? + 5)),
    fault("truncated", "before an item's end tag", First(2), |c| c.cut(c.end(2))),
    fault("truncated", "in an item's end tag", First(2), |c| c.cut(c.end(2) + 3)),
    fault("truncated", "after the last item", First(3), |c| c.cut(c.end(2) + c.item.len() + 3)),
    // A channel that has ended lacks nothing, wherever the rest is.
    fault("truncated", "in the last end tag", First(3), |c| if c.name.starts_with("rss") { None } else { c.cut(c.text.trim_end().len() - 2) }),
    fault("truncated", "in a channel's end tag", First(3), |c| c.cut(c.text.find("</channel>").filter(|_| c.name.starts_with("rss"))? + 5)),
    fault("truncated", "in a reference", First(2), |c| made(format!("{}&am", &c.text[..c.text.find("Shelves")?]))),
    fault("truncated", "in CDATA", First(2), |c| made(format!("{}<![CDATA[x", &c.text[..c.text.find("Shelves")?]))),
    fault("truncated", "in a comment", First(2), |c| made(format!("{}<!-- x", &c.text[..c.begin(2)]))),
    fault("truncated", "in an attribute", First(2), |c| made(format!("{}<a href=\"htt", &c.text[..c.text.find("Shelves")?]))),
    fault("truncated", "in a character", First(2), |c| {
        let mut bytes = c.text.as_bytes()[..c.text.find("Shelves")?].to_vec();
        bytes.push(0xc3);
        Some((bytes, None))
    }),
    fault("truncated", "in the first item", First(0), |c| c.cut(c.text.find("Curator")?)),
    fault("namespaces", "none is bound", All, |c| {
        let at = c.begin(0);
        let head = c.text[..at].split(" xmlns");
        let stripped: Vec<_> = head.enumerate().map(|(n, part)| match part.splitn(3, '"').nth(2) {
            Some(rest) if n > 0 => rest,
            _ => part,
        }).collect();
        made(stripped.concat() + &c.text[at..])
    }),
    fault("namespaces", "a prefix that is not bound", All, |c| c.with(c.end(1), "<zz:x>y</zz:x>")),
    fault("namespaces", "attributes whose prefix is not bound", All, |c| c.with(c.end(1), "<x zz:a='1'/>")),
    fault("namespaces", "a media title that is not bound", All, |c| c.with(c.end(1), "<media:title>A picture</media:title>")),
    fault("namespaces", "other addresses", All, |c| made(c.text.replace("http://", "https://"))),
    fault("namespaces", "addresses with a slash more", All, |c| made(c.text.replace("2005/Atom\"", "2005/Atom/\"").replace("rss/1.0/\"", "rss/1.0\"").replace("ns#\"", "ns\""))),
    fault("namespaces", "an item's own default", All, |c| if c.item == "a:entry" { None } else { c.replaced(c.begin(1), &format!("<{}", c.item), &format!("<{} xmlns='http://www.w3.org/1999/xhtml'", c.item)) }),
    fault("content types", "a page's", All, |c| typed(c, "text/html; charset=utf-8")),
    fault("content types", "plain text's", All, |c| typed(c, "text/plain")),
    fault("content types", "JSON's", All, |c| typed(c, "application/json")),
    fault("content types", "a table's", All, |c| typed(c, "text/csv")),
    fault("content types", "no type's", All, |c| typed(c, ";;; charset")),
    fault("content types", "bytes'", All, |c| typed(c, "application/octet-stream")),
    fault("bombs", "entities", All, |c| Some((format!("{BOMB}{}", c.undeclared()).replace("MARK", "&e;&e;&e;").into_bytes(), None))),
    fault("bombs", "an entity that names itself", All, |c| Some((format!("<!DOCTYPE x [<!ENTITY a '&a;'>]>{}", c.undeclared()).replace("MARK", "&a;").into_bytes(), None))),
    fault("bombs", "an entity from a file", All, |c| Some((format!("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>{}", c.undeclared()).replace("MARK", "&a;").into_bytes(), None))),
    fault("bombs", "deep nesting that ends", All, |c| c.marked(&("<b>".repeat(3000) + &"</b>".repeat(3000)))),
    fault("bombs", "deep nesting that does not end", All, |c| c.marked(&"<b>".repeat(3000))),
    fault("bombs", "deep nesting between items", All, |c| c.with(c.begin(1), &("<b>".repeat(3000) + &"</b>".repeat(3000)))),
    fault("bombs", "ends without begins", All, |c| c.marked(&"</b>".repeat(3000))),
    fault("other documents", "a page", Page, |_| made("<!DOCTYPE html><html><head><title>Not here</title></head><body><p>x</p></body></html>")),
    fault("other documents", "a page with the feed in it", Page, |c| made(format!("<html><head><title>x</title></head><body>{}</body></html>", c.undeclared()))),
    fault("other documents", "nothing", Nothing, |_| made(" \n")),
    fault("other documents", "one word", Nothing, |_| made("Forbidden")),
    fault("feeds in feeds", "in CDATA", All, |c| c.marked(&format!("<![CDATA[{}]]>", c.undeclared().replace("]]>", "")))),
    fault("feeds in feeds", "escaped", All, |c| c.marked(&c.undeclared().replace('&', "&amp;").replace('<', "&lt;"))),
    fault("feeds in feeds", "in a comment", All, |c| c.with(c.begin(1), &format!("<!--{}-->", c.undeclared()))),
    fault("feeds in feeds", "in an element of the feed", All, |c| c.with(c.begin(0), "<x><rss version='2.0'><channel><title>y</title></channel></rss></x>")),
];
