//! An item of `[fetch] allow_hosts` in, the hosts that it lets through out.

use std::net::IpAddr;

/// What may be asked although it is not public: a host by its name, or addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    /// Lower case, without a dot at its end; whatever addresses it has.
    Name(String),
    /// Addresses that begin with so many bits of this one.
    Net(IpAddr, u8),
}

impl Allowed {
    /// Reads `intranet.example.org`, `127.0.0.1`, `::1`, `10.0.0.0/8` or `fd00::/8`.
    ///
    /// # Errors
    /// A sentence that says what is wrong, for the operator.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no host name, address or range such as \"10.0.0.0/8\"");
        let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        if let Ok(address) = bare.parse() {
            return Ok(Allowed::Net(address, most_bits(address)));
        }
        if let Some((address, bits)) = text.split_once('/') {
            let address: IpAddr = address.parse().map_err(|_| wrong())?;
            let bits = bits.parse().ok().filter(|bits| *bits <= most_bits(address)).ok_or_else(wrong)?;
            return Ok(Allowed::Net(address, bits));
        }
        let name = text.trim_end_matches('.').to_ascii_lowercase();
        // What ends in a number is an address that was mistyped: no top-level domain is one.
        let last = name.rsplit('.').next().unwrap_or_default();
        let sound = !last.bytes().all(|b| b.is_ascii_digit())
            && name.split('.').all(|label| !label.is_empty())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
        if sound { Ok(Allowed::Name(name)) } else { Err(wrong()) }
    }

    /// Whether this lets a connection to `address` through, which belongs to the host `name`, if that
    /// was asked for by name.
    pub fn lets(&self, name: Option<&str>, address: IpAddr) -> bool {
        match (self, address.to_canonical()) {
            (Allowed::Name(own), _) => {
                name.is_some_and(|name| name.trim_end_matches('.').eq_ignore_ascii_case(own))
            }
            (Allowed::Net(IpAddr::V4(net), bits), IpAddr::V4(address)) => {
                same_start(net.to_bits().into(), address.to_bits().into(), 32, *bits)
            }
            (Allowed::Net(IpAddr::V6(net), bits), IpAddr::V6(address)) => {
                same_start(net.to_bits(), address.to_bits(), 128, *bits)
            }
            _ => false,
        }
    }
}

fn most_bits(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// Whether two numbers of `width` bits begin with the same `bits`.
fn same_start(one: u128, other: u128, width: u8, bits: u8) -> bool {
    (one ^ other).checked_shr(u32::from(width - bits)).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_addresses_and_ranges_let_just_those_through() {
        let lets = |item: &str, name: Option<&str>, address: &str| {
            let allowed = Allowed::parse(item).expect(item);
            allowed.lets(name, address.parse().expect("an address"))
        };
        assert!(lets("127.0.0.1", None, "127.0.0.1") && !lets("127.0.0.1", None, "127.0.0.2"));
        assert!(lets("127.0.0.1", None, "::ffff:127.0.0.1") && !lets("127.0.0.1", None, "::1"));
        assert!(lets("10.0.0.0/8", Some("x.example.org"), "10.255.0.1"));
        assert!(!lets("10.0.0.0/8", None, "11.0.0.1") && lets("0.0.0.0/0", None, "11.0.0.1"));
        assert!(lets("[::1]", None, "::1") && lets("fd00::/8", None, "fdff::1"));
        assert!(!lets("fd00::/8", None, "fe80::1") && lets("::/0", None, "fe80::1"));
        assert!(lets("Intranet.example.org", Some("intranet.EXAMPLE.org."), "10.0.0.1"));
        assert!(!lets("example.org", Some("intranet.example.org"), "10.0.0.1"));
        assert!(!lets("example.org", None, "10.0.0.1"));
    }
}
