//! The store in, pairs of vacancies that may be one out.

use clap::Args;
use serde::Serialize;
use serde_json::json;
use shelfwire::gather::evidence::{Effect, Outcome, Verdict};
use shelfwire::posting::Posting;
use shelfwire::store::Judged;

use super::table::count;
use super::{Common, Exit, open_to_read, tell};

/// List pairs of open vacancies that may be one, the likeliest first, and what speaks for and against it.
///
/// They are shown as two until `shelfwire same` says otherwise; `shelfwire not-same` takes a pair off
/// the list.
#[derive(Debug, Args)]
pub struct Possible {
    /// Pairs to show, at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print them as JSON, one a line.
    #[arg(long)]
    json: bool,
}

impl Possible {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let Some(store) = open_to_read(&loaded)? else {
            anyhow::bail!("nothing is remembered yet: run `shelfwire run` first")
        };
        let pairs = store.possible()?;
        for pair in pairs.iter().take(self.limit) {
            let Some(judged) = store.evidence(*pair)? else { continue };
            tell(if self.json { serde_json::to_string(&as_json(&judged))? } else { shown(&judged) });
        }
        if !self.json {
            let left = pairs.len().saturating_sub(self.limit);
            let more = if left > 0 { format!(", {left} of them not shown (--limit)") } else { String::new() };
            tell(format!("{} that may be one vacancy{more}", count(pairs.len() as u64, "pair", "pairs")));
        }
        Ok(Exit::AllWell)
    }
}

/// Two postings and the evidence, in lines.
pub fn shown(judged: &Judged) -> String {
    let Judged { ids: (a, b), postings: (one, two), verdict, decided } = judged;
    let mut out = format!("{a}  {}\n{b}  {}\n", line(one), line(two));
    let said = match decided {
        Some(true) => "the same, as decisions.toml says".to_owned(),
        Some(false) => "not the same, as decisions.toml says".to_owned(),
        None if apart(judged) => {
            format!("alike ({:.1} points), but something keeps their vacancies apart", verdict.score)
        }
        None => outcome(verdict),
    };
    out.push_str(&format!("   {said}\n"));
    for one in &verdict.evidence {
        let weight = match one.effect {
            Effect::Weighs => format!("{:+.1}", one.weight),
            Effect::NeedsKey | Effect::NeedsPage => "needs".into(),
            Effect::Vetoes => "vetoes".into(),
        };
        let needs = match one.effect {
            Effect::NeedsKey => "; only the same address or number outweighs it",
            Effect::NeedsPage => "; only the same page outweighs it",
            Effect::Weighs | Effect::Vetoes => "",
        };
        let found = if one.found.is_empty() { String::new() } else { format!(": {}", one.found) };
        out.push_str(&format!("   {weight:>6}  {}{found}{needs}\n", one.says));
    }
    out
}

fn line(posting: &Posting) -> String {
    let Posting { title, employer, source, posted, .. } = posting;
    let employer = employer.as_deref().map(|employer| format!(", {employer}")).unwrap_or_default();
    let posted = posted.map(|posted| format!(", {}", posted.date())).unwrap_or_default();
    format!("{title}{employer} ({source}{posted})")
}

/// Whether two that are taken for the same are of two vacancies: another posting of one of these is not
/// of the other.
fn apart(judged: &Judged) -> bool {
    let (one, two) = &judged.postings;
    judged.verdict.outcome == Outcome::Same && one.vacancy != two.vacancy
}

fn outcome(verdict: &Verdict) -> String {
    let word = match verdict.outcome {
        Outcome::Same => "the same",
        Outcome::Possible => "may be the same",
        Outcome::Readvertised => "the same position, advertised again",
        Outcome::Different => "not the same",
    };
    format!("{word}: {:.1} points", verdict.score)
}

/// A pair for programs.
pub fn as_json(judged: &Judged) -> impl Serialize + use<> {
    let Judged { ids: (a, b), postings: (one, two), verdict, decided } = judged;
    let side = |id: &dyn std::fmt::Display, posting: &Posting| {
        let Posting { vacancy, source, title, employer, url, posted, .. } = posting;
        json!({ "id": id.to_string(), "vacancy": vacancy, "source": source, "title": title,
            "employer": employer, "url": url, "posted": posted })
    };
    json!({ "postings": [side(a, one), side(b, two)], "verdict": verdict, "decided": decided })
}
