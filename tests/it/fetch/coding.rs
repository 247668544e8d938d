//! Documents that are sent compressed in, the documents out; and the coders that the tests need.

use std::io::Write;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use super::{FEED, ask, document, failure};
use crate::server::{Answer, Server};

pub fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

/// RFC 1950, which RFC 9110 section 8.4.1.2 calls "deflate".
fn deflate(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

/// One stored block (RFC 7932 section 9.2): a window of 16 bits, a length of four nibbles.
fn brotli(text: &[u8]) -> Vec<u8> {
    let head = ((text.len() as u32 - 1) << 4) | (1 << 20);
    [&head.to_le_bytes()[..3], text, &[3]].concat()
}

/// One raw block (RFC 8878 section 3.1.1).
fn zstd(text: &[u8]) -> Vec<u8> {
    let head = ((text.len() as u32) << 3) | 1;
    [&[0x28, 0xb5, 0x2f, 0xfd, 0, 0x58][..], &head.to_le_bytes()[..3], text].concat()
}

pub type Coder = fn(&[u8]) -> Vec<u8>;

pub const CODINGS: [(&str, Coder); 4] =
    [("gzip", gzip), ("deflate", deflate), ("br", brotli), ("zstd", zstd)];

#[tokio::test]
async fn compressed_documents_are_unpacked() {
    let server = Server::start();
    for (coding, pack) in CODINGS {
        server.route("/feed", [Answer::ok(pack(FEED.as_bytes())).header("Content-Encoding", coding)]);
        assert_eq!(document(ask(&server.url("/feed")).await).body, FEED, "{coding}");
        let asked = server.requests("/feed");
        let offered = asked[asked.len() - 1].header("Accept-Encoding").expect("an offer");
        assert!(offered.split(',').any(|offer| offer.trim() == coding), "{coding} is not in {offered}");
    }
}

#[tokio::test]
async fn a_coding_that_nobody_asked_for_is_named() {
    let server = Server::start();
    server.route("/feed", [Answer::ok("x").header("Content-Encoding", "compress")]);
    let failure = failure(&server.url("/feed")).await;
    assert_eq!(failure, "the document is compressed as \"compress\", which nobody asked for");
    server.route("/feed", [Answer::ok(FEED).header("Content-Encoding", "identity")]);
    assert_eq!(document(ask(&server.url("/feed")).await).body, FEED);
}
