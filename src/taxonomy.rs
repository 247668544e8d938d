//! The built-in tags and the words that they go by.
//!
//! They stand in `data/taxonomy.toml`, which says what its weights mean.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::fold;

/// A built-in tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    pub slug: String,
    /// The name that readers see.
    pub name: String,
    pub kind: Kind,
    pub words: Vec<Word>,
}

/// What a tag says of a vacancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The type of library that the work is done in; one at most.
    Setting,
    /// The core of the work; four at most.
    Function,
    /// The standing of the post; one at most.
    Level,
}

/// A word or phrase, and how much it says in each part of a posting: 10 says the tag outright, 0
/// nothing. In a part without a weight it is not looked for; with one, be it 0, it silences the
/// words in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// As an operator would write it; `*` at the end stands for any ending.
    pub word: String,
    pub title: Option<f32>,
    pub employer: Option<f32>,
    pub text: Option<f32>,
}

impl Word {
    /// Whether an operator means it by `name`: the same word, whether its ending is open or not, or a
    /// beginning of it followed by `*`.
    pub fn is_named_by(&self, name: &str) -> bool {
        let (own, name, open) = (fold(&self.word), fold(name), name.trim_end().ends_with('*'));
        if open { own.starts_with(&name) } else { own == name }
    }
}

/// Headings, and how much a word under them counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    pub factor: f32,
    pub list: Vec<String>,
}

/// All built-in tags, settings first, then functions, then levels.
pub fn built_in() -> &'static [Tag] {
    &TABLE.tags
}

/// The built-in tag of that slug.
pub fn find(slug: &str) -> Option<&'static Tag> {
    TABLE.tags.iter().find(|tag| tag.slug == slug)
}

/// Headings of a posting's text.
pub fn sections() -> &'static [Section] {
    &TABLE.sections
}

/// Phrases that say nothing about a posting although words in them would.
pub fn neutral() -> &'static [String] {
    &TABLE.neutral
}

struct Table {
    neutral: Vec<String>,
    sections: Vec<Section>,
    tags: Vec<Tag>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../data/taxonomy.toml")).expect("the built-in taxonomy is tested");
    Table {
        neutral: file.neutral.words(),
        sections: file
            .section
            .into_iter()
            .map(|s| Section { factor: s.factor, list: s.lists.words() })
            .collect(),
        tags: file.tag.into_iter().map(TagTable::into_tag).collect(),
    }
});

/// `data/taxonomy.toml`.
#[derive(Deserialize)]
struct File {
    neutral: Lists,
    section: Vec<SectionTable>,
    tag: Vec<TagTable>,
}

#[derive(Deserialize)]
struct SectionTable {
    factor: f32,
    #[serde(flatten)]
    lists: Lists,
}

#[derive(Deserialize)]
struct TagTable {
    slug: String,
    name: String,
    kind: Kind,
    words: Vec<WordsTable>,
}

/// Words with the same weights; where a word stands in several tables of a tag, the last one that
/// gives a part a weight decides.
#[derive(Deserialize)]
struct WordsTable {
    title: Option<f32>,
    employer: Option<f32>,
    text: Option<f32>,
    #[serde(flatten)]
    lists: Lists,
}

/// Words by language, separated by commas.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Lists {
    en: String,
    fr: String,
    de: String,
    es: String,
}

impl TagTable {
    fn into_tag(self) -> Tag {
        let mut words: Vec<Given> = Vec::new();
        let mut known: HashMap<(String, bool), usize> = HashMap::new();
        for table in self.words {
            for word in table.lists.words() {
                let (stem, open) = (fold(&word), word.ends_with('*'));
                let index = *known.entry((stem.clone(), open)).or_insert(words.len());
                if index == words.len() {
                    words.push(Given { word, stem, open, weights: [None; 3] });
                }
                for (weight, new) in
                    words[index].weights.iter_mut().zip([table.title, table.employer, table.text])
                {
                    *weight = new.or(*weight);
                }
            }
        }
        let words = words.iter().map(|given| given.settle(&words)).collect();
        Tag { slug: self.slug, name: self.name, kind: self.kind, words }
    }
}

/// A word of a tag with the weights that its tables give it, for title, employer and text.
struct Given {
    word: String,
    stem: String,
    open: bool,
    weights: [Option<f32>; 3],
}

impl Given {
    /// A weight that no table gives is that of the tag's nearest `word*` that fits.
    fn settle(&self, all: &[Given]) -> Word {
        let nearest = all
            .iter()
            .filter(|other| other.open && !std::ptr::eq(*other, self) && self.stem.starts_with(&other.stem))
            .max_by_key(|other| other.stem.len());
        let weight = |part: usize| self.weights[part].or(nearest.and_then(|other| other.weights[part]));
        Word { word: self.word.clone(), title: weight(0), employer: weight(1), text: weight(2) }
    }
}

impl Lists {
    fn words(&self) -> Vec<String> {
        let mut out = Vec::new();
        for list in [&self.en, &self.de, &self.es] {
            out.extend(split(list).map(String::from));
        }
        for word in split(&self.fr) {
            if fold(word).starts_with(['a', 'e', 'i', 'o', 'u', 'h']) {
                out.extend(["d'", "l'"].map(|article| format!("{article}{word}")));
            }
            out.push(word.into());
        }
        out
    }
}

fn split(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty())
}
