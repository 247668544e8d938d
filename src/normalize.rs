//! An entry in, a posting out.

pub mod closing;
mod cue;
pub mod degree;
pub mod employer;
pub mod employment;
pub mod html;
pub mod place;
pub mod remote;
pub mod salary;
pub mod tag;
pub mod title;
