//! What a server wants its visitor to keep in, what it is sent back out: for one visit, and no longer.

use reqwest::Url;
use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::HeaderValue;

tokio::task_local! {
    /// The cookies of the visit that this task makes: the client is shared, and they are not.
    static JAR: Jar;
}

/// Keeps cookies where a visit wants so, and else none.
pub(super) struct OfVisit;

impl CookieStore for OfVisit {
    fn set_cookies(&self, headers: &mut dyn Iterator<Item = &HeaderValue>, url: &Url) {
        // Outside of `keeping` nobody wants them.
        let _ = JAR.try_with(|jar| jar.set_cookies(headers, url));
    }

    fn cookies(&self, url: &Url) -> Option<HeaderValue> {
        JAR.try_with(|jar| jar.cookies(url)).ok().flatten()
    }
}

/// Makes a visit, and keeps cookies as long as it lasts if it is `wanted`.
pub async fn keeping<T>(wanted: bool, visit: impl Future<Output = T>) -> T {
    if wanted { JAR.scope(Jar::default(), visit).await } else { visit.await }
}
