-- What a posting is compared by, apart from its record and small, so that a comparison reads no text.
-- Traits and keys follow from the record; where the setting "gathering" names another version of that
-- rule than the program's, both tables are filled anew.
CREATE TABLE trait (
  posting INTEGER PRIMARY KEY REFERENCES posting (id),
  own     INTEGER NOT NULL,                 -- the posting's own id, by which its vacancy may go
  vacancy INTEGER NOT NULL,                 -- as in its row of `posting`
  source  INTEGER NOT NULL,
  posted  INTEGER NOT NULL,
  traits  TEXT NOT NULL,                    -- JSON
  keys    BLOB NOT NULL,                    -- 8 bytes each, as in `posting_key`
  sketch  BLOB NOT NULL                     -- of its text
);

-- The ids that lead to a vacancy which goes by another: those of its other postings, among them the ids
-- of vacancies that ended in it.
CREATE TABLE alias (
  id      INTEGER PRIMARY KEY,
  vacancy INTEGER NOT NULL
);
CREATE INDEX alias_vacancy ON alias (vacancy);

-- Postings that may be of one vacancy, for an operator to say.
CREATE TABLE possible (
  a     INTEGER NOT NULL,
  b     INTEGER NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX possible_b ON possible (b);

-- Postings of a position that was advertised before.
CREATE TABLE again (
  newer INTEGER NOT NULL,
  older INTEGER NOT NULL,
  PRIMARY KEY (newer, older)
) WITHOUT ROWID;
CREATE INDEX again_older ON again (older);

-- What an operator decided of two postings, by their own ids, as far as it was carried out.
CREATE TABLE decision (
  a    INTEGER NOT NULL,
  b    INTEGER NOT NULL,
  same INTEGER NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;

ALTER TABLE posting DROP COLUMN title;
