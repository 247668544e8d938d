//! A server that speaks TLS in; its document, if it proves who it is, out.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::{env, thread};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{FEED, ask, document, failure};
use crate::cases;
use crate::server::{Answer, Server};

/// Names the test that this process is the child of.
const CHILD: &str = "SHELFWIRE_TEST_CHILD";

fn pem(name: &str) -> PathBuf {
    cases::root().join("fetch/tls").join(name)
}

/// The port of a server for "localhost". It gives [`FEED`] without its length, so that only TLS
/// can say that it ended; for `/cut` TLS does not. It lives as long as the process.
fn start() -> u16 {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::from_pem_file(pem("server.key")).expect("the key");
    let chain = vec![CertificateDer::from_pem_file(pem("server.pem")).expect("the certificate")];
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the versions")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("the key fits the certificate");
    let config = Arc::new(config);
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port on the loopback");
    let port = listener.local_addr().expect("the port").port();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let session = ServerConnection::new(config.clone()).expect("the configuration is good");
            // An error is a client that does not trust us.
            let _ = answer(StreamOwned::new(session, connection));
        }
    });
    port
}

fn answer(mut stream: StreamOwned<ServerConnection, std::net::TcpStream>) -> std::io::Result<()> {
    let mut lines = BufReader::new(&mut stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{FEED}")?;
    if !first.contains("/cut") {
        stream.conn.send_close_notify();
    }
    stream.flush()
}

/// Runs a test of this file again in a process whose system has the roots in the file `roots`:
/// they are read from the environment, which must not change under a running process.
fn run_again(test: &str, roots: &Path) {
    let again = Command::new(env::current_exe().expect("this test"))
        .args([&format!("fetch::tls::{test}"), "--exact"])
        .env("SSL_CERT_FILE", roots)
        .env("SSL_CERT_DIR", "/nonexistent")
        .env(CHILD, test)
        .output()
        .expect("this test runs");
    let out = String::from_utf8_lossy(&again.stdout);
    assert!(again.status.success() && out.contains("1 passed"), "{out}");
}

#[tokio::test]
async fn https_wants_proof() {
    let url = format!("https://localhost:{}/", start());
    if env::var_os(CHILD).is_some() {
        let found = document(ask(&url).await);
        assert_eq!((found.body.as_ref(), &found.location), (FEED.as_bytes(), &url));
        let failed = failure(&format!("{url}cut")).await;
        assert!(failed.starts_with("the document broke off or came damaged: "), "{failed}");
        return;
    }
    let failed = failure(&url).await;
    assert!(failed.starts_with("no connection: ") && failed.contains("certificate"), "{failed}");
    run_again("https_wants_proof", &pem("root.pem"));
}

#[tokio::test]
async fn a_machine_without_roots_reads_plain_http() {
    if env::var_os(CHILD).is_none() {
        return run_again("a_machine_without_roots_reads_plain_http", Path::new("/nonexistent"));
    }
    let failed = failure(&format!("https://localhost:{}/", start())).await;
    assert!(failed.starts_with("no connection: ") && failed.contains("certificate"), "{failed}");
    let plain = Server::start();
    plain.route("/feed", [Answer::ok(FEED)]);
    assert_eq!(document(ask(&plain.url("/feed")).await).body, FEED);
}
