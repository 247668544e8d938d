//! An address in, the same without parameters that only say who sent the reader out.

use url::Url;

/// Names of query parameters that never change what a page shows, in lower case, and who appends
/// them. A `*` at the end stands for any ending.
const TRACKING: [(&str, &str); 62] = [
    ("utm_*", "Google Analytics campaigns, copied by everyone"),
    ("gclid", "Google Ads"),
    ("gclsrc", "Google Ads"),
    ("dclid", "Google Display"),
    ("gbraid", "Google Ads on iOS"),
    ("wbraid", "Google Ads on iOS"),
    ("gad_*", "Google Ads"),
    ("_ga", "Google Analytics across domains"),
    ("_gl", "Google Analytics across domains"),
    ("fbclid", "Facebook"),
    ("fb_action_*", "Facebook"),
    ("fb_ref", "Facebook"),
    ("msclkid", "Microsoft Advertising"),
    ("twclid", "Twitter"),
    ("li_fat_id", "LinkedIn"),
    ("trk", "LinkedIn"),
    ("refid", "LinkedIn"),
    ("trackingid", "LinkedIn"),
    ("igshid", "Instagram"),
    ("igsh", "Instagram"),
    ("ttclid", "TikTok"),
    ("yclid", "Yandex"),
    ("_openstat", "Yandex"),
    ("mc_cid", "Mailchimp campaigns"),
    ("mc_eid", "Mailchimp recipients"),
    ("mkt_tok", "Marketo"),
    ("_hsenc", "HubSpot"),
    ("_hsmi", "HubSpot"),
    ("__hs*", "HubSpot"),
    ("hsctatracking", "HubSpot"),
    ("elqtrack*", "Eloqua"),
    ("elqaid", "Eloqua"),
    ("elqat", "Eloqua"),
    ("elqcampaignid", "Eloqua"),
    ("vero_id", "Vero"),
    ("vero_conv", "Vero"),
    ("oly_enc_id", "Omeda"),
    ("oly_anon_id", "Omeda"),
    ("ck_subscriber_id", "ConvertKit"),
    ("s_cid", "Adobe Analytics"),
    ("wt.mc_id", "Webtrends"),
    ("pk_*", "Matomo, when it was Piwik"),
    ("mtm_*", "Matomo"),
    ("piwik_*", "Matomo, when it was Piwik"),
    ("sms_ss", "AddThis"),
    ("at_xt", "AddThis"),
    ("rb_clickid", "Rakuten"),
    ("wickedid", "Wicked Reports"),
    ("trackid", "Madgex job boards"),
    ("gh_src", "Greenhouse: which board sent the applicant"),
    ("lever-source", "Lever: which board sent the applicant"),
    ("lever-origin", "Lever"),
    ("rx_*", "Recruitics, between boards and applicant tracking systems"),
    ("iis", "iCIMS: which board sent the applicant"),
    ("iisn", "iCIMS"),
    ("in_iframe", "iCIMS: how the page is framed"),
    ("jan1offset", "iCIMS: the reader's time zone"),
    ("jun1offset", "iCIMS: the reader's time zone"),
    ("needsredirect", "iCIMS"),
    ("phpsessid", "PHP sessions"),
    ("cfid", "ColdFusion sessions"),
    ("cftoken", "ColdFusion sessions"),
];

/// Names that some sites use for content and others for tracking: they go only with a known value.
const AMBIGUOUS: [&str; 8] = ["source", "src", "ref", "referrer", "referer", "from", "medium", "campaign"];

/// Beginnings of values that say who sent the reader.
const SENDERS: [&str; 27] = [
    "rss",
    "feed",
    "atom",
    "twitter",
    "facebook",
    "linkedin",
    "instagram",
    "bluesky",
    "mastodon",
    "email",
    "e-mail",
    "mail",
    "newsletter",
    "social",
    "indeed",
    "glassdoor",
    "google",
    "bing",
    "ziprecruiter",
    "higheredjobs",
    "insidehighered",
    "chronicle",
    "jobboard",
    "job-board",
    "job_board",
    "joblist",
    "share",
];

/// The name of a parameter: `a` of `a=1`.
pub(super) fn name(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

fn is_tracking(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let Some(first) = name.bytes().next().map(|byte| byte.to_ascii_lowercase()) else { return false };
    let known =
        TRACKING.iter().filter(|(known, _)| known.as_bytes()[0] == first).any(|(known, _)| {
            match known.strip_suffix('*') {
                Some(start) => begins(name, start),
                None => name.eq_ignore_ascii_case(known),
            }
        });
    known
        || AMBIGUOUS.iter().any(|known| name.eq_ignore_ascii_case(known))
            && SENDERS.iter().any(|sender| begins(value, sender))
}

fn begins(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
}

/// Whether [`strip`] would leave a query as it is.
pub(super) fn is_clean(query: &str) -> bool {
    query.split('&').all(|pair| !pair.is_empty() && !is_tracking(pair))
}

/// Takes tracking and session parameters out of `url`. The others keep their order and spelling,
/// since some servers compare them byte by byte.
pub(super) fn strip(url: &mut Url) {
    if let Some(query) = url.query() {
        let kept: Vec<_> = query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
        let kept = kept.join("&");
        if kept.len() != query.len() || kept.is_empty() {
            url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
        }
    }
    // Java servlets carry the session in the path: `/job;jsessionid=0A1B?id=7`.
    let session = url.path().contains(';').then(|| url.path().to_ascii_lowercase().find(";jsessionid="));
    if let Some(start) = session.flatten() {
        let path = url.path();
        let end = path[start..].find('/').map_or(path.len(), |slash| start + slash);
        let path = format!("{}{}", &path[..start], &path[end..]);
        url.set_path(&path);
    }
}
