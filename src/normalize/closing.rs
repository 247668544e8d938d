//! The words of a deadline in, a typed closing date out.
