//! Files of older programs in, the same postings out.

use rusqlite::{Connection, params};
use shelfwire::gather::{Known, VacancyId};
use shelfwire::posting::Posting;
use shelfwire::store::{Error, Store};

use crate::posting::empty;

/// The tables of the first program, whose records held their descriptions.
const FIRST: &str = include_str!("../../src/store/migrations/1.sql");

#[test]
fn descriptions_move_out_of_records() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("store.sqlite");
    let long = Posting {
        description: "<p>\u{201C}Books\u{201D} &amp; more\\\u{1F4DA}</p>\n".repeat(900),
        summary: "Books".into(),
        ..empty("board", "Archivist")
    };
    let given = [long, empty("board", "Clerk")];
    {
        let db = Connection::open(&path).expect("the file can be made");
        db.execute_batch(FIRST).expect("the tables can be made");
        db.execute_batch("INSERT INTO source (id, name) VALUES (1, 'board'); PRAGMA user_version = 1;")
            .expect("the source can be written");
        for (id, posting) in (1..).zip(&given) {
            db.execute("INSERT INTO vacancy VALUES (?1, 0, 0, 0, NULL, 1, '', 0)", [id])
                .expect("the vacancy can be written");
            let record = serde_json::to_string(posting).expect("a posting becomes JSON");
            db.execute("INSERT INTO posting VALUES (?1, 1, ?1, 0, ?1, 0, 0, 0, ?2)", params![id, record])
                .expect("the posting can be written");
        }
    }
    let store = Store::open(&path).expect("the file is brought up to date");
    let mut found = Vec::new();
    store
        .each_posting(|posting| {
            found.push(posting);
            Ok::<_, Error>(())
        })
        .expect("the postings can be read");
    let numbered = (1..).zip(given).map(|(id, posting)| {
        // Of which vacancy a posting is stands beside its record.
        Posting { vacancy: VacancyId(id).to_string(), ..posting }
    });
    assert_eq!(found, numbered.collect::<Vec<_>>());
    // What postings are compared by is made of their records.
    assert_eq!(store.of_vacancy(VacancyId(2)).expect("it can be read")[0].traits.title.core, ["clerk"]);
}
