//! An address in, whether the robots.txt of its host lets it be asked out.
//!
//! For pages that are made for people: nobody offers a feed or an API and forbids to read it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use url::Url;

use crate::fetch::robots::{self, PRODUCT, Robots};
use crate::fetch::{self, Client};

/// A robots.txt that came, or why none did.
type Known = Result<Arc<Robots>, String>;

/// What hosts let be asked, as far as it is known in this pass.
#[derive(Default)]
pub(super) struct Permits {
    known: Mutex<HashMap<String, Known>>,
}

/// The origin of a host and the bytes of its robots.txt, which was asked for just now.
pub(super) type Came = (String, Vec<u8>);

impl Permits {
    /// Asks for leave, which comes with the pause between requests that the host asks for, or with the
    /// reason why not: a sentence for the operator. `stored` gives a robots.txt that was asked for before.
    pub async fn ask(
        &self,
        client: &Client,
        url: &Url,
        stored: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    ) -> (Result<Option<Duration>, String>, Option<Came>) {
        let Some(address) = robots::address(url) else { return (Ok(None), None) };
        let origin = url.origin().ascii_serialization();
        let host = url.host_str().unwrap_or_default();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&origin).cloned();
        let (known, fetched) = match known.or_else(|| stored(&origin).map(|body| Ok(read(&body)))) {
            Some(known) => (known, None),
            None => match fetch::robots_txt(client, address.as_str()).await {
                Ok(body) => (Ok(read(&body)), Some((origin.clone(), body.to_vec()))),
                Err(error) => (Err(error.to_string()), None),
            },
        };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(origin, known.clone());
        let permit = match known {
            Err(error) => {
                Err(format!("robots.txt of {host} did not come, so no page there is asked for: {error}"))
            }
            Ok(robots) if robots.allows(url) => Ok(robots.delay()),
            Ok(_) => Err(format!("robots.txt of {host} disallows {}", url.path())),
        };
        (permit, fetched)
    }
}

fn read(body: &[u8]) -> Arc<Robots> {
    Arc::new(Robots::read(body, PRODUCT))
}
