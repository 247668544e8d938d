//! A schedule in, passes at their times out.
