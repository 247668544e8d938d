//! Where a picture is in, whether a reader is meant to see it out.

use super::token::Attributes;

/// Addresses of pictures that only count readers: host, then the beginning of the path.
const COUNTERS: [(&str, &str); 14] = [
    ("pixel.wp.com", ""),
    ("stats.wordpress.com", ""),
    ("feeds.wordpress.com", ""),
    ("feeds.feedburner.com", "~"),
    ("feedads.g.doubleclick.net", ""),
    ("ad.doubleclick.net", ""),
    ("www.google-analytics.com", ""),
    ("www.facebook.com", "tr"),
    ("px.ads.linkedin.com", ""),
    ("pixel.quantserve.com", ""),
    ("b.scorecardresearch.com", ""),
    ("sb.scorecardresearch.com", ""),
    ("click.appcast.io", ""),
    ("counter.theconversation.com", ""),
];

/// A picture nobody is meant to see.
pub(super) fn is_pixel(src: &str, attributes: &Attributes) -> bool {
    let tiny = |size: Option<&str>| {
        let size = size.unwrap_or_default().trim().trim_end_matches("px");
        size.parse::<u32>().is_ok_and(|size| size <= 2)
    };
    let address = src.split_once("://").map_or(src, |(_, rest)| rest);
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    tiny(attributes.width)
        || tiny(attributes.height)
        || COUNTERS.iter().any(|(known, start)| host.eq_ignore_ascii_case(known) && path.starts_with(start))
}

/// WordPress writes some characters as pictures; the text for those who see none is the character.
pub(super) fn is_emoji(src: &str) -> bool {
    src.starts_with("https://s.w.org/images/core/emoji/") || src.contains("/wp-includes/images/smilies/")
}
