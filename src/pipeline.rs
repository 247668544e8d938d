//! Settings and a store in, a pass's report out: the whole journey on one screen.
