//! A posting's text in, on site, hybrid or remote out.
