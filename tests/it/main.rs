//! One test crate: what goes in and what must come out stands in `tests/cases`.
//!
//! `BLESS=1 cargo test` rewrites what is expected; read the difference before you commit it.

mod broken;
mod cases;
mod config;
mod discover;
mod e2e;
mod facts;
mod fetch;
mod follow;
mod gather;
mod html;
mod life;
mod manners;
mod pages;
mod parse;
mod places;
mod posting;
mod presets;
mod publish;
mod rules;
mod select;
mod server;
mod site;
mod sitemap;
mod store;
mod tags;
mod tidy;
mod titles;
mod worker;
