//! Addresses and names in; whether they are asked, out.

use std::net::IpAddr;
use std::path::Path;

use shelfwire::config::{self, Source};
use shelfwire::fetch::{self, Validators, is_public};
use tokio::runtime::Runtime;

use super::{FEED, ask_by, client, document, settings};
use crate::cases;
use crate::server::{Answer, Server};

fn allowing(hosts: &[&str]) -> config::Fetch {
    config::Fetch { allow_hosts: hosts.iter().map(|host| (*host).to_owned()).collect(), ..settings() }
}

async fn ask(hosts: &[&str], url: &str) -> Result<shelfwire::fetch::Fetched, String> {
    let asked = ask_by(&client(&allowing(hosts)), url, &Validators::default()).await;
    asked.map_err(|error| error.to_string())
}

/// What is told of this address if it is not asked.
fn refusal(address: &str) -> String {
    format!("the address {address} is not public; [fetch] allow_hosts can allow it")
}

#[test]
fn the_public_internet_ends_where_the_registries_say() {
    cases::table("fetch/public.tsv", |address| {
        let address: IpAddr = address.parse().expect("an address");
        if is_public(address) { "public" } else { "private" }.into()
    });
}

#[test]
fn addresses_are_recognized_in_any_spelling() {
    let runtime = Runtime::new().expect("threads");
    let client = client(&allowing(&[]));
    cases::table("fetch/literals.tsv", |url| {
        let asked = runtime.block_on(ask_by(&client, url, &Validators::default()));
        asked.expect_err("no document").to_string()
    });
}

#[tokio::test]
async fn a_name_is_judged_by_its_addresses() {
    let server = Server::start();
    server.route("/feed", [Answer::ok(FEED)]);
    let named = server.url("/feed").replace("127.0.0.1", "localhost");
    let refused = ask(&[], &named).await.expect_err("no document");
    assert!(refused == refusal("127.0.0.1") || refused == refusal("::1"), "{refused}");
    assert!(ask(&["localhost.example.org", "10.0.0.0/8"], &named).await.is_err());
    assert!(server.requests("/feed").is_empty());
    for allowed in ["localhost", "127.0.0.1", "127.0.0.0/8"] {
        let asked = ask(&[allowed], &named).await.expect(allowed);
        assert_eq!(document(Ok(asked)).body, FEED, "{allowed}");
    }
    // A name that is allowed says nothing for the address itself.
    assert_eq!(ask(&["localhost"], &server.url("/feed")).await.expect_err("refused"), refusal("127.0.0.1"));
}

#[tokio::test]
async fn redirects_into_the_network_are_not_followed() {
    let (server, inner) = (Server::start(), Server::start());
    inner.route("/feed", [Answer::ok(FEED)]);
    for (to, address) in [
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254"),
        ("http://0x0a.1/", "10.0.0.1"),
        ("http://[::ffff:10.0.0.1]/", "10.0.0.1"),
        ("//127.0.0.9/", "127.0.0.9"),
    ] {
        server.route("/feed", [Answer::redirect(302, to)]);
        let refused = ask(&["127.0.0.1"], &server.url("/feed")).await.expect_err("no document");
        assert_eq!(refused, refusal(address), "{to}");
    }
    // By name: only the connection learns its address.
    let named = server.url("/hop").replace("127.0.0.1", "localhost");
    server.route("/hop", [Answer::redirect(302, &inner.url("/feed"))]);
    assert_eq!(ask(&["localhost"], &named).await.expect_err("refused"), refusal("127.0.0.1"));
    server.route("/feed", [Answer::redirect(302, &inner.url("/feed").replace("127.0.0.1", "localhost"))]);
    let allowed = ask(&["127.0.0.1"], &server.url("/feed")).await.expect("both are allowed");
    assert_eq!(document(Ok(allowed)).body, FEED);
}

#[tokio::test]
async fn a_server_that_moves_learns_nothing() {
    let server = Server::start();
    let asking = "/feed?path=${ENV:PATH}";
    server.route(asking, [Answer::ok(FEED)]).route("/own", [Answer::redirect(301, asking)]);
    let client = client(&allowing(&["127.0.0.1"]));
    let plain = Source { url: Some(server.url("/own")), ..Source::default() };
    let keyed = Source { headers: [("X-Key".into(), "key".into())].into(), ..plain.clone() };
    let since = Validators::default();
    let to = server.url(asking);
    let (found, _) = fetch::ask(&client, &plain, Path::new(""), &since, Some(&to)).await;
    assert_eq!(document(found).body, FEED);
    assert_eq!(server.requests("/own").len(), 0);
    // With a secret it is asked at its own address, and where that leads to is not told.
    let (found, head) = fetch::ask(&client, &keyed, Path::new(""), &since, Some(&to)).await;
    assert_eq!((document(found).body.as_ref(), head.moved), (FEED.as_bytes(), None));
    assert_eq!((server.requests("/own").len(), server.requests(asking).len()), (1, 2));
    let (_, head) = fetch::ask(&client, &plain, Path::new(""), &since, None).await;
    assert_eq!(head.moved, Some(to));
}
