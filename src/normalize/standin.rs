//! Nothing in, nothing out: stands in for stages that are not there.
#![allow(unused, missing_docs, clippy::all)]
pub mod link {
    pub fn canonical(u: &str) -> Option<String> {
        url::Url::parse(u).ok().map(|u| {
            let s: String = u.into();
            s.split("?utm").next().unwrap().to_owned()
        })
    }
    pub fn resolve(base: &str, h: &str) -> Option<String> {
        url::Url::parse(h).ok().or_else(|| url::Url::parse(base).ok()?.join(h).ok()).map(Into::into)
    }
    pub fn links(t: &str) -> Vec<&str> {
        t.split_whitespace().filter(|w| w.starts_with("http")).collect()
    }
    pub fn emails(t: &str) -> Vec<String> {
        t.split_whitespace()
            .map(|w| w.trim_start_matches("mailto:"))
            .filter(|w| w.contains('@'))
            .map(str::to_owned)
            .collect()
    }
}
pub mod html {
    pub fn sanitize(h: &str, _b: Option<&str>) -> String {
        h.to_owned()
    }
    pub fn from_text(t: &str) -> String {
        format!("<p>{t}</p>")
    }
}
pub mod place {
    use crate::posting::Place;
    #[derive(Default)]
    pub struct Hint<'a> {
        pub country: Option<&'a str>,
        pub region: Option<&'a str>,
    }
    pub fn read(t: &str, h: &Hint<'_>) -> Vec<Place> {
        let (c, r) = match t.split_once(", ") {
            Some(x) => x,
            None => return vec![],
        };
        vec![Place { city: Some(c.into()), region: Some(format!("US-{r}")), country: Some("US".into()) }]
    }
    pub fn find(t: &str, _h: &Hint<'_>) -> Vec<Place> {
        vec![]
    }
    pub fn scan(t: &str, _h: &Hint<'_>) -> Vec<Place> {
        vec![]
    }
}
pub mod salary {
    use crate::posting::Salary;
    pub fn read(t: &str, c: Option<&str>) -> Option<(Salary, String)> {
        None
    }
    pub fn find(t: &str, c: Option<&str>) -> Option<(Salary, String)> {
        None
    }
}
pub mod closing {
    use crate::posting::Closing;
    use chrono::NaiveDate;
    pub fn read(t: &str, p: Option<NaiveDate>) -> Closing {
        Closing::default()
    }
    pub fn find(t: &str, p: Option<NaiveDate>) -> Closing {
        Closing::default()
    }
}
pub mod employment {
    use crate::posting::EmploymentType;
    pub fn read(t: &str, s: &str, x: &str) -> Vec<EmploymentType> {
        vec![]
    }
}
pub mod degree {
    use crate::posting::Mlis;
    pub fn find(t: &str) -> Mlis {
        Mlis::No
    }
}
pub mod remote {
    use crate::posting::Remote;
    pub fn find(t: &str, p: &str, x: &str) -> Remote {
        Remote::No
    }
}
pub mod tag {
    pub struct Tagger;
    pub struct Subject<'a> {
        pub title: &'a str,
        pub employer: Option<&'a str>,
        pub categories: &'a [String],
        pub text: &'a str,
        pub given: &'a [String],
    }
    impl Tagger {
        pub fn new(c: &crate::config::Config) -> Self {
            Tagger
        }
        pub fn tags(&self, s: &Subject<'_>) -> Vec<String> {
            s.given.to_vec()
        }
    }
}
