//! Postings and known vacancies in, changes to vacancies out.
