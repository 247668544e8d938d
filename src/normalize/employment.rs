//! A posting's text in, employment types out.
