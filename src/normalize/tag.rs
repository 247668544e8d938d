//! A posting in, its tags out.
