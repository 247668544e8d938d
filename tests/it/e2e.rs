//! The built program, from a feeds.toml to pages, against files and a scripted local server.

mod commands;
mod faults;
mod samples;
mod stopping;
