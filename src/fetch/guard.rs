//! A host in, its addresses that may be asked out: those of the public internet, and those that
//! `[fetch] allow_hosts` names.
//!
//! Whoever can name a source, or answer for one with a redirect or a DNS record, must not be able to
//! look around in the operator's own network. Names are checked by the resolver that the connection
//! itself uses, so that nothing can change between the check and the connection; addresses in URLs,
//! which no resolver sees, are checked before the request and at every redirect.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::config::Allowed;

/// An address that is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the address {0} is not public; [fetch] allow_hosts can allow it")]
pub struct NotPublic(pub IpAddr);

/// What may be asked.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    allowed: Arc<[Allowed]>,
}

impl Guard {
    /// Items that say nothing allow nothing; the check of feeds.toml tells of them.
    pub(super) fn new(allow_hosts: &[String]) -> Self {
        Guard { allowed: allow_hosts.iter().filter_map(|item| Allowed::parse(item).ok()).collect() }
    }

    fn check(&self, name: Option<&str>, address: IpAddr) -> Result<(), NotPublic> {
        let lets = || self.allowed.iter().any(|allowed| allowed.lets(name, address));
        if is_public(address) || lets() { Ok(()) } else { Err(NotPublic(address.to_canonical())) }
    }

    /// Checks a host that is an address; names are for the resolver.
    ///
    /// # Errors
    /// If it may not be asked.
    pub(super) fn literal(&self, url: &Url) -> Result<(), NotPublic> {
        match url.host() {
            Some(Host::Ipv4(address)) => self.check(None, address.into()),
            Some(Host::Ipv6(address)) => self.check(None, address.into()),
            Some(Host::Domain(_)) | None => Ok(()),
        }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let (mut public, mut refused) = (Vec::new(), None);
            for found in tokio::net::lookup_host((name.as_str(), 0)).await? {
                match guard.check(Some(name.as_str()), found.ip()) {
                    Ok(()) => public.push(found),
                    Err(error) => refused = refused.or(Some(error)),
                }
            }
            match refused {
                Some(error) if public.is_empty() => Err(error.into()),
                _ => Ok(Box::new(public.into_iter()) as Addrs),
            }
        })
    }
}

/// Ranges that are not the public internet (IANA special-purpose address registry, RFC 6890): this
/// host, private, carrier NAT, loopback, link-local with clouds' metadata, protocol assignments,
/// documentation, 6to4 relays, benchmarks, multicast, reserved and broadcast.
const PRIVATE_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// Whether an address belongs to the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !PRIVATE_V4.iter().any(|(net, bits)| (net.to_bits() ^ address.to_bits()) >> (32 - bits) == 0)
}

/// Only 2000::/3 is given out (RFC 4291 section 2.4), and not all of that; and addresses that stand
/// for one of IPv4 are as public as that is.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let v4 = |high: u16, low: u16| is_public_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match address.segments() {
        // NAT64, RFC 6052
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => v4(high, low),
        // Teredo, RFC 4380 section 4: the server, and the client with its bits turned
        [0x2001, 0, server_high, server_low, _, _, high, low] => {
            v4(server_high, server_low) && v4(!high, !low)
        }
        // protocol assignments, RFC 2928; among them benchmarks and ORCHID
        [0x2001, 0..=0x1ff, ..] => false,
        // documentation, RFC 3849 and RFC 9637
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // 6to4, RFC 3056 section 2
        [0x2002, high, low, ..] => v4(high, low),
        [first, ..] => first & 0xe000 == 0x2000,
    }
}
