//! An address in, the document there out: conditional, bounded, with a name and a contact.

use std::error::Error as _;
use std::sync::Once;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED,
};
use reqwest::{Response, StatusCode, redirect};
use xxhash_rust::xxh3::xxh3_64;

use super::{Document, Error, Fetched, Validators};
use crate::config::{self, Site};

/// Feeds first; anything else is better than "406 Not Acceptable".
const WANTED: &str = "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, \
    application/feed+json;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1";

/// The HTTP client of a pass; connections are kept between requests.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    settings: config::Fetch,
}

impl Client {
    /// # Errors
    /// If the contact cannot stand in a header, or the system gives no TLS.
    pub fn new(site: &Site, settings: &config::Fetch) -> Result<Self, Error> {
        static PROVIDER: Once = Once::new();
        // Whoever installed a provider before us meant it.
        PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
        let builder = || {
            reqwest::Client::builder()
                .user_agent(user_agent(site))
                .connect_timeout(Duration::from_secs(settings.connect_timeout_seconds))
                .timeout(Duration::from_secs(settings.timeout_seconds))
                .redirect(redirects(settings.max_redirects))
                .pool_max_idle_per_host(1)
        };
        let http = builder().build().or_else(|error| {
            // A bare machine without root certificates can still read plain http.
            tracing::warn!(%error, "no root certificates: https sources will fail");
            builder().tls_certs_only([]).build().map_err(|error| Error::Http(chain(&error)))
        })?;
        Ok(Client { http, settings: settings.clone() })
    }

    pub(super) fn max_bytes(&self) -> u64 {
        self.settings.max_bytes
    }
}

/// Says who asks and where to complain, as RFC 9110 section 10.1.5 asks of robots.
fn user_agent(site: &Site) -> String {
    let contact = site.contact.as_deref().unwrap_or(&site.base_url);
    let contact: String = contact.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
    format!("Shelfwire/{} (+{contact})", env!("CARGO_PKG_VERSION"))
}

fn redirects(most: usize) -> redirect::Policy {
    redirect::Policy::custom(move |attempt| {
        let plain = matches!(attempt.url().scheme(), "http" | "https");
        if attempt.previous().len() > most || !plain {
            attempt.error("redirect refused")
        } else {
            attempt.follow()
        }
    })
}

pub async fn fetch(client: &Client, url: &str, since: &Validators) -> Result<Fetched, Error> {
    let mut request = client.http.get(url).header(ACCEPT, WANTED);
    for (name, value) in [(IF_NONE_MATCH, &since.etag), (IF_MODIFIED_SINCE, &since.last_modified)] {
        if let Some(value) = value.as_ref().and_then(|v| verbatim(v)) {
            request = request.header(name, value);
        }
    }
    let timeout = client.settings.timeout_seconds;
    let response = request.send().await.map_err(|error| explain(&error, timeout))?;
    let mut validators = Validators {
        etag: given(response.headers(), &ETAG),
        last_modified: given(response.headers(), &LAST_MODIFIED),
        body: None,
    };
    match response.status() {
        StatusCode::NOT_MODIFIED => return Ok(Fetched::NotModified(validators)),
        StatusCode::OK => {}
        status => return Err(Error::Status { status: status.as_u16() }),
    }
    let location = response.url().to_string();
    let content_type = given(response.headers(), &CONTENT_TYPE);
    let body = read(response, client.settings.max_bytes, timeout).await?;
    validators.body = Some(xxh3_64(&body));
    if since.body == validators.body {
        return Ok(Fetched::NotModified(validators));
    }
    Ok(Fetched::Documents(vec![Document { location, file_name: None, content_type, body }], validators))
}

/// Reads the body, decompressed, and gives up as soon as it is larger than `limit`.
async fn read(mut response: Response, limit: u64, timeout: u64) -> Result<Bytes, Error> {
    let mut body =
        BytesMut::with_capacity(response.content_length().unwrap_or(64 << 10).min(1 << 20) as usize);
    while let Some(chunk) = response.chunk().await.map_err(|error| explain(&error, timeout))? {
        if (body.len() + chunk.len()) as u64 > limit {
            return Err(Error::TooLarge { limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
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

fn explain(error: &reqwest::Error, seconds: u64) -> Error {
    if error.is_timeout() {
        Error::Timeout { seconds }
    } else if error.is_redirect() {
        Error::Redirect
    } else if error.is_connect() {
        Error::Connect(cause(error))
    } else if error.is_body() || error.is_decode() {
        Error::Broken(cause(error))
    } else {
        Error::Http(chain(error))
    }
}

/// The innermost error: it names what happened, the outer ones where.
fn cause(error: &reqwest::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    inner.to_string()
}

fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(inner) = next {
        text = format!("{text}: {inner}");
        next = inner.source();
    }
    text
}
