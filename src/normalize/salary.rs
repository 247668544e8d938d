//! The words of pay in, figures, currency and unit out.
