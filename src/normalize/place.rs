//! The words of a place in, ISO codes and a town out.
