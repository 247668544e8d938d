//! The built-in tags and the words that they go by.
