//! Untrusted markup in, safe HTML and plain text out.
