//! Markup in, plain text out: tags stripped, character references decoded, white space settled.
