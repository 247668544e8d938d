//! A server's answer in, what it says beside the document out.

use std::cell::RefCell;

use reqwest::header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderName, LINK, RETRY_AFTER};
use reqwest::{Response, StatusCode, redirect};
use url::Url;

/// What an answer says of when to ask again, and where; headers as given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// None if no answer came, or the source is a file.
    pub status: Option<u16>,
    /// The host that answered, after redirects.
    pub host: Option<String>,
    /// All of them, joined by commas.
    pub cache_control: Option<String>,
    pub expires: Option<String>,
    pub age: Option<String>,
    pub date: Option<String>,
    pub retry_after: Option<String>,
    /// Links to other documents (RFC 8288), all of them, joined by commas.
    pub link: Option<String>,
    /// Where the document is now for good: the end of a chain of redirects that are all permanent.
    pub moved: Option<String>,
}

/// A redirect that was followed: its status, and where it led.
type Hop = (StatusCode, Url);

tokio::task_local! {
    /// The redirects of the request that this task waits for: the client's policy sees each, and has
    /// no other way to tell whose it is.
    static HOPS: RefCell<Vec<Hop>>;
}

/// Notes a redirect that is going to be followed.
pub(super) fn note(attempt: &redirect::Attempt<'_>) {
    // Outside of `with_hops` nobody asks.
    let _ = HOPS.try_with(|hops| hops.borrow_mut().push((attempt.status(), attempt.url().clone())));
}

/// Waits for a request, and gives the redirects beside its answer.
pub(super) async fn with_hops<T>(request: impl Future<Output = T>) -> (T, Vec<Hop>) {
    let waiting = async {
        let answer = request.await;
        (answer, HOPS.with(RefCell::take))
    };
    HOPS.scope(RefCell::default(), waiting).await
}

impl Head {
    pub(super) fn new(response: &Response, hops: Vec<Hop>) -> Self {
        let all = |name: HeaderName| {
            let values = response.headers().get_all(name);
            let values: Vec<_> = values.iter().filter_map(|value| value.to_str().ok()).collect();
            (!values.is_empty()).then(|| values.join(", "))
        };
        let one = |name: HeaderName| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        Head {
            status: Some(response.status().as_u16()),
            host: response.url().host_str().map(str::to_owned),
            cache_control: all(CACHE_CONTROL),
            expires: one(EXPIRES),
            age: one(AGE),
            date: one(DATE),
            retry_after: one(RETRY_AFTER),
            link: all(LINK),
            moved: moved(hops),
        }
    }
}

/// Where a chain of redirects leads, if each of them is for good. One that is not may lead elsewhere
/// tomorrow, and so may what comes after it.
fn moved(mut hops: Vec<Hop>) -> Option<String> {
    let permanent = [StatusCode::MOVED_PERMANENTLY, StatusCode::PERMANENT_REDIRECT];
    if !hops.iter().all(|(status, _)| permanent.contains(status)) {
        return None;
    }
    let (_, mut url) = hops.pop()?;
    url.set_fragment(None);
    let secret = !url.username().is_empty() || url.password().is_some();
    (!secret).then(|| url.into())
}
