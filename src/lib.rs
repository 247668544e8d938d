//! Reads library-job boards, turns every entry into one common schema, finds out which postings
//! advertise the same vacancy, and republishes RSS, Atom and JSON Feed by tag and region.
//!
//! # Layout
//!
//! The modules, in the order in which a posting meets them. A module imports only from modules
//! above it in this list; only [`pipeline`] knows all stages.
//!
//! | module | what goes in, what comes out |
//! |---|---|
//! | [`posting`] | the common schema: one advertisement at one source |
//! | [`text`] | markup in, plain text out; white space, character references |
//! | [`lines`] | plain text in, its lines out: text, or items of lists |
//! | [`date`] | the text of a date in, a date out |
//! | [`link`] | an address in, its canonical form and the key to compare it by out |
//! | [`iso`] | codes and names of countries and their subdivisions |
//! | [`taxonomy`] | the built-in tags and the words that they go by |
//! | [`schedule`] | a cron expression and a time in, the next time out |
//! | [`life`] | what is known of postings and the time in, whether they are open out, or why they closed |
//! | [`vacancy`] | one open position and the postings that advertise it |
//! | [`config`] | feeds.toml as types, and the named checks of it |
//! | [`fetch`] | a source in, a document out; the only place that reads the network |
//! | [`parse`] | a document in, entries out, in the source's own words |
//! | [`discover`] | a web page or a subscription list in, the feeds that it names out |
//! | [`normalize`] | an entry in, a posting out |
//! | [`gather`] | postings and known vacancies in, changes to vacancies out |
//! | [`manners`] | what servers and feeds ask of their readers in, when to ask again out |
//! | [`store`] | what is remembered between passes |
//! | [`select`] | which vacancies belong in a feed, in which order |
//! | [`publish`] | a feed and its vacancies in, pages out, written only if changed |
//! | [`pipeline`] | one pass: the whole journey, and its report |
//! | [`worker`] | when a pass runs: the schedule |

pub mod config;
pub mod date;
pub mod discover;
pub mod fetch;
pub mod gather;
pub mod iso;
pub mod life;
pub mod lines;
pub mod link;
pub mod manners;
pub mod normalize;
pub mod parse;
pub mod pipeline;
pub mod posting;
pub mod publish;
pub mod schedule;
pub mod select;
pub mod store;
pub mod taxonomy;
pub mod text;
pub mod vacancy;
pub mod worker;
