//! The text of feeds.toml in, settings or every failure with its place out.
