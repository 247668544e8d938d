//! The store in, JSON Lines out.

use std::io::{BufWriter, Write, stdout};

use clap::{Args, ValueEnum};
use shelfwire::pipeline::{store_path, today};
use shelfwire::select::Rules;
use shelfwire::store::Store;

use super::{Common, Exit, open_to_read};

/// Print everything that is remembered, one JSON object a line.
///
/// Field names follow schema.org's JobPosting. A posting is one advertisement at one board; a
/// vacancy is one open position with all the postings that advertise it.
#[derive(Debug, Args)]
pub struct Export {
    /// What to print.
    what: What,
    /// Only vacancies that are still open.
    #[arg(long)]
    open: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    Postings,
    Vacancies,
}

impl Export {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let Some(store) = open_to_read(&loaded)? else {
            anyhow::bail!(
                "nothing is remembered yet ({} is not there): run `shelfwire run` first",
                store_path(&loaded).display()
            );
        };
        let mut out = BufWriter::new(stdout().lock());
        match self.what {
            What::Postings => store.each_posting(|posting| line(&mut out, &posting))?,
            What::Vacancies => {
                let rules = Rules::new(&loaded.config).deciding(&loaded.decisions);
                let today = today(common.now());
                self.vacancies(&store, &rules, today, &mut out)?;
            }
        }
        out.flush()?;
        Ok(Exit::AllWell)
    }

    fn vacancies(
        &self,
        store: &Store,
        rules: &Rules,
        today: chrono::NaiveDate,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        for id in store.vacancy_ids()? {
            match store.vacancy(rules, id)? {
                Some(vacancy) if !self.open || vacancy.is_open(today) => line(out, &vacancy)?,
                _ => {}
            }
        }
        Ok(())
    }
}

fn line(out: &mut impl Write, value: &impl serde::Serialize) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")?;
    Ok(())
}
