//! The built program, from a feeds.toml to pages, against files and a scripted local server.

mod adding;
mod commands;
mod decisions;
mod faults;
mod life;
mod manners;
mod proxy;
mod replay;
mod samples;
mod secrets;
mod stopping;
