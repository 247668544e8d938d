//! An address in, the document there out: asked for only if new, bounded in time and size.

use std::error::Error as StdError;
use std::sync::{Arc, Once, OnceLock};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{
    ACCEPT, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED,
};
use reqwest::{Response, StatusCode, Url, redirect};
use xxhash_rust::xxh3::Xxh3;

use super::cookies::OfVisit;
use super::guard::{Guard, NotPublic};
use super::head::{self, Head};
use super::secret::Question;
use super::{Document, Error, Fetched, Request, Validators};
use crate::config::{self, Site, Source};

/// Feeds first; anything else is better than "406 Not Acceptable".
const WANTED: &str = "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, \
    application/feed+json;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, \
    text/csv;q=0.7, */*;q=0.1";

/// What is sent by POST, and asked for by it.
const JSON: &str = "application/json";

/// The HTTP client of a pass; connections are kept between requests.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    /// Stays at the host that is asked: for sources with headers of their own, and for what documents
    /// lead to. Most settings have neither, and a client reads the system's roots.
    confined: Arc<OnceLock<Result<reqwest::Client, String>>>,
    guard: Guard,
    agent: String,
    settings: config::Fetch,
}

impl Client {
    /// # Errors
    /// If the system gives no TLS.
    pub fn new(site: &Site, settings: &config::Fetch) -> Result<Self, Error> {
        static PROVIDER: Once = Once::new();
        // Whoever installed a provider before us meant it.
        PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
        let (guard, agent) = (Guard::new(&settings.allow_hosts), user_agent(site));
        let http = build(&agent, settings, &guard, false)?;
        Ok(Client { http, confined: Arc::default(), guard, agent, settings: settings.clone() })
    }

    fn confined(&self) -> Result<&reqwest::Client, Error> {
        let made = self.confined.get_or_init(|| {
            build(&self.agent, &self.settings, &self.guard, true).map_err(|error| error.to_string())
        });
        made.as_ref().map_err(|error| Error::Client(error.clone()))
    }

    pub(super) fn max_bytes(&self) -> u64 {
        self.settings.max_bytes
    }
}

fn build(
    agent: &str,
    settings: &config::Fetch,
    guard: &Guard,
    confined: bool,
) -> Result<reqwest::Client, Error> {
    let builder = || {
        reqwest::Client::builder()
            .user_agent(agent)
            .connect_timeout(Duration::from_secs(settings.connect_timeout_seconds))
            .read_timeout(Duration::from_secs(settings.stall_timeout_seconds))
            .redirect(redirects(settings.max_redirects, guard.clone(), confined))
            .dns_resolver(Arc::new(guard.clone()))
            .cookie_provider(Arc::new(OfVisit))
            // An address may hold a key; where it leads to need not learn it.
            .referer(false)
            .pool_max_idle_per_host(1)
    };
    builder().build().or_else(|error| {
        // A bare machine without root certificates can still read plain http.
        tracing::warn!("no root certificates, https sources will fail: {}", chain(error));
        builder().tls_certs_only([]).build().map_err(|error| Error::Client(chain(error)))
    })
}

/// Says who asks and where to complain, as RFC 9110 section 10.1.5 asks of robots.
fn user_agent(site: &Site) -> String {
    let contact = site.contact.as_deref().unwrap_or(&site.base_url);
    let contact: String = contact.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
    format!("Shelfwire/{} (+{contact})", env!("CARGO_PKG_VERSION"))
}

/// Why a redirect is not followed.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("there are more than {0} in a row")]
    TooMany(usize),
    #[error("it leads to {0:?}, not to http or https")]
    Scheme(String),
    #[error("it leads to another host, which is none of the source's")]
    Elsewhere,
}

fn redirects(most: usize, guard: Guard, confined: bool) -> redirect::Policy {
    redirect::Policy::custom(move |attempt| {
        let scheme = attempt.url().scheme();
        if !matches!(scheme, "http" | "https") {
            let refused = Refused::Scheme(scheme.to_owned());
            return attempt.error(refused);
        }
        if attempt.previous().len() > most {
            return attempt.error(Refused::TooMany(most));
        }
        if let Err(refused) = guard.literal(attempt.url()) {
            return attempt.error(refused);
        }
        if confined && !attempt.previous().first().is_some_and(|first| is_at_home(first, attempt.url())) {
            return attempt.error(Refused::Elsewhere);
        }
        head::note(&attempt);
        attempt.follow()
    })
}

/// Whether an address belongs to the server that was asked first, perhaps now by TLS.
fn is_at_home(first: &Url, url: &Url) -> bool {
    let plain = |url: &Url| url.scheme() == "http" && url.port().is_none();
    let raised = plain(first) && url.scheme() == "https" && url.port().is_none();
    first.host() == url.host() && (first.origin() == url.origin() || raised)
}

/// Asks for a document, the source's own or one that it leads to, if it is another than at the time of
/// `since`.
pub(super) async fn fetch(
    client: &Client,
    source: &Source,
    request: &Request,
    since: &Validators,
) -> (Result<Fetched, Error>, Head) {
    let seconds = client.settings.timeout_seconds;
    let mut head = Head::default();
    let question = match Question::new(source, request) {
        Ok(question) => question,
        Err(error) => return (Err(error), head),
    };
    let fetched =
        tokio::time::timeout(Duration::from_secs(seconds), ask(client, &question, since, &mut head))
            .await
            .unwrap_or(Err(Error::Timeout { seconds }));
    head.link = head.link.map(|link| question.hide_all(&link));
    // What it was redirected to may hold a secret, and is remembered and shown.
    head.moved = head.moved.filter(|_| !source.has_secrets());
    (fetched, head)
}

async fn ask(
    client: &Client,
    question: &Question,
    since: &Validators,
    head: &mut Head,
) -> Result<Fetched, Error> {
    client.guard.literal(&question.url)?;
    let free = question.headers.is_empty() && !question.led;
    let http = if free { &client.http } else { client.confined()? };
    let mut request = match &question.post {
        None => http.get(question.url.clone()).header(ACCEPT, WANTED),
        Some(json) => {
            http.post(question.url.clone()).header(ACCEPT, JSON).header(CONTENT_TYPE, JSON).body(json.clone())
        }
    };
    // The operator's word comes before ours.
    request = request.headers(question.headers.clone());
    for (name, value) in [(IF_NONE_MATCH, &since.etag), (IF_MODIFIED_SINCE, &since.last_modified)] {
        if let Some(value) = value.as_ref().and_then(|v| verbatim(v)) {
            request = request.header(name, value);
        }
    }
    let (response, hops) = head::with_hops(request.send()).await;
    let response = response.map_err(|error| unanswered(error, &client.settings))?;
    *head = Head::new(&response, hops);
    let given = |name| given(response.headers(), &name).map(|value| question.hide_text(value));
    // A validator that held a secret is no longer the server's.
    let validator = |name| given(name).filter(|value| !config::secret::is_in(value));
    let (etag, last_modified, content_type) =
        (validator(ETAG), validator(LAST_MODIFIED), given(CONTENT_TYPE));
    match response.status() {
        StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION => {}
        StatusCode::NOT_MODIFIED if since.etag.is_some() || since.last_modified.is_some() => {
            // What a 304 does not repeat still holds (RFC 9110 section 15.4.5).
            return Ok(Fetched::NotModified(Validators {
                etag: etag.or_else(|| since.etag.clone()),
                last_modified: last_modified.or_else(|| since.last_modified.clone()),
                body: since.body,
            }));
        }
        status => return Err(Error::Status { status: status.as_u16() }),
    }
    if let Some(coding) = given(CONTENT_ENCODING).filter(|coding| !coding.eq_ignore_ascii_case("identity")) {
        // The client takes this header away from what it has decompressed.
        return Err(Error::Encoding(coding));
    }
    let location = question.location(response.url());
    let body = question.hide(read(response, &client.settings).await?);
    let validators = Validators { etag, last_modified, body: Some(hash(content_type.as_deref(), &body)) };
    if since.body == validators.body {
        return Ok(Fetched::NotModified(validators));
    }
    Ok(Fetched::Documents(vec![Document { location, file_name: None, content_type, body }], validators))
}

/// Reads the body, decompressed, and gives up as soon as it is larger than allowed.
async fn read(mut response: Response, settings: &config::Fetch) -> Result<Bytes, Error> {
    let limit = settings.max_bytes;
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(error, settings))? {
        if (body.len() + chunk.len()) as u64 > limit {
            return Err(Error::TooLarge { limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The same bytes under another charset are another document.
fn hash(content_type: Option<&str>, body: &[u8]) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(content_type.unwrap_or_default().as_bytes());
    hash.update(&[0]);
    hash.update(body);
    hash.digest()
}

/// A header's value as the server sent it; bytes beyond ASCII survive by way of Latin-1.
fn given(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).map(|value| value.as_bytes().iter().map(|b| char::from(*b)).collect())
}

/// The bytes that [`given`] read.
fn verbatim(text: &str) -> Option<HeaderValue> {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok())
}

/// What went wrong before the answer's head came.
fn unanswered(error: reqwest::Error, settings: &config::Fetch) -> Error {
    if let Some(refused) = not_public(&error) {
        Error::NotPublic(refused)
    } else if error.is_redirect() {
        Error::Redirect(cause(&error))
    } else if error.is_builder() {
        Error::Address(cause(&error))
    } else if error.is_connect() && error.is_timeout() {
        Error::Connect(format!("none within {} seconds", settings.connect_timeout_seconds))
    } else if error.is_connect() {
        Error::Connect(cause(&error))
    } else if error.is_timeout() {
        Error::Stalled { seconds: settings.stall_timeout_seconds }
    } else {
        Error::NoAnswer(chain(error))
    }
}

/// What went wrong while the body came.
fn broken(error: reqwest::Error, settings: &config::Fetch) -> Error {
    if error.is_timeout() {
        Error::Stalled { seconds: settings.stall_timeout_seconds }
    } else {
        Error::Broken(cause(&error))
    }
}

/// The guard's word, wherever it stands among the causes.
fn not_public(error: &reqwest::Error) -> Option<NotPublic> {
    let mut next = error.source();
    while let Some(error) = next {
        if let Some(refused) = error.downcast_ref::<NotPublic>() {
            return Some(*refused);
        }
        next = error.source();
    }
    None
}

/// The innermost error: it names what happened, the outer ones where.
fn cause(error: &reqwest::Error) -> String {
    let mut inner: &dyn StdError = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    inner.to_string()
}

/// All errors, outermost first, without the address: it may hold a key, and who reads the message
/// knows the source.
fn chain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(inner) = next {
        text = format!("{text}: {inner}");
        next = inner.source();
    }
    text
}
