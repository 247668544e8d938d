//! The text of a date in, a date out: the forms that feeds, posts and people write.
