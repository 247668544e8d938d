//! Two ids in, decisions.toml with or without what is decided of them out.

use anyhow::{Context, bail};
use clap::Args;
use shelfwire::config::decisions::{self, Decisions, Pair};
use shelfwire::gather::VacancyId;
use shelfwire::posting::Posting;
use shelfwire::store::Store;

use super::decisions::{append, bare, existing, replace, without};
use super::{Common, Exit, open_to_read, tell};

/// Say that two postings advertise one vacancy, whatever speaks against it.
///
/// The ids are those that `explain` and `possible` show. It is noted in decisions.toml beside feeds.toml,
/// replaces what was decided of the two before, and is carried out at the next run.
#[derive(Debug, Args)]
pub struct Same {
    #[command(flatten)]
    pair: Ids,
}

/// Say that two postings do not advertise one vacancy, whatever speaks for it.
///
/// The ids are those that `explain` and `possible` show. It is noted in decisions.toml beside feeds.toml,
/// replaces what was decided of the two before, and is carried out at the next run.
#[derive(Debug, Args)]
pub struct NotSame {
    #[command(flatten)]
    pair: Ids,
}

#[derive(Debug, Args)]
struct Ids {
    /// The id of a posting, or of a vacancy for its first posting.
    a: String,
    /// The id of the other.
    b: String,
    /// Take back what was decided of the two.
    #[arg(long)]
    undo: bool,
}

impl Same {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        self.pair.run(common, "same")
    }
}

impl NotSame {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        self.pair.run(common, "not_same")
    }
}

impl Ids {
    fn run(self, common: &Common, table: &'static str) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let (a, b) = (bare(&self.a)?, bare(&self.b)?);
        let path = decisions::path(&loaded.folder);
        let before = existing(&path)?;
        let of_these = |pair: &Pair| pair.is_of(&a, &b);
        let decides = |one: &Decisions| one.same.iter().chain(&one.not_same).any(of_these);
        if self.undo {
            let has = |one: &Decisions| {
                let pairs = if table == "same" { &one.same } else { &one.not_same };
                pairs.iter().any(of_these)
            };
            if !has(&loaded.decisions) {
                bail!("{} does not say that of {a} and {b}", path.display());
            }
            replace(&path, &cleared(&before, decides, &a, &b)?)?;
            tell(format!("{a} and {b} are judged by evidence again at the next run"));
            return Ok(Exit::AllWell);
        }
        let store = open_to_read(&loaded)?.context("nothing is remembered yet: run `shelfwire run` first")?;
        let titles = format!("{} | {}", titled(&store, &a)?, titled(&store, &b)?);
        let entry = format!("postings = [\"{a}\", \"{b}\"]\n");
        replace(&path, &append(cleared(&before, decides, &a, &b)?, &titles, table, &entry))?;
        let (verb, command) = if table == "same" { ("are", "same") } else { ("are not", "not-same") };
        tell(format!(
            "{a} and {b} {verb} one vacancy from the next run on; `shelfwire {command} {a} {b} --undo` takes it back"
        ));
        Ok(Exit::AllWell)
    }
}

/// The text without what it says of these two.
fn cleared(text: &str, decides: impl Fn(&Decisions) -> bool, a: &str, b: &str) -> anyhow::Result<String> {
    let text = without(text, &decides);
    if decisions::read(&text).is_ok_and(|left| decides(&left)) {
        bail!("take the entry of {a} and {b} out of decisions.toml by hand");
    }
    Ok(text)
}

/// The title and employer of a posting.
fn titled(store: &Store, id: &str) -> anyhow::Result<String> {
    let number = VacancyId::parse(id).context("an id")?;
    let posting = store.own_posting(number)?;
    let Posting { title, employer, .. } = posting.with_context(|| {
        format!("there is no posting {id}: `shelfwire explain` shows the ids of a vacancy's postings")
    })?;
    Ok(employer.map_or(title.clone(), |employer| format!("{title}, {employer}")))
}
