//! Nothing in, a posting that says nothing out: what cases fill in.

use shelfwire::posting::{Closing, Mlis, Posting, Remote};

pub fn empty(source: &str, title: &str) -> Posting {
    Posting {
        source: source.into(),
        source_key: None,
        vacancy: String::new(),
        readvertises: Vec::new(),
        url: None,
        source_url: None,
        apply_url: None,
        apply_email: None,
        title: title.into(),
        employer: None,
        places: Vec::new(),
        remote: Remote::No,
        salary: None,
        posted: None,
        closing: Closing::default(),
        closes: None,
        employment_types: Vec::new(),
        mlis: Mlis::No,
        tags: Vec::new(),
        categories: Vec::new(),
        language: None,
        description: String::new(),
        summary: String::new(),
        known: Vec::new(),
    }
}
