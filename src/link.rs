//! An address in, its canonical form and the key to compare it by out.
