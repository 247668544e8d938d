//! A posting's text in, whether a library degree is asked for out.
