//! A feed and its vacancies in, pages out, written only if changed.
