//! A link as given in, its canonical form out.
