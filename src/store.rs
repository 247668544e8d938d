//! What is remembered between passes: a pass's changes in, the state of the last one out.
