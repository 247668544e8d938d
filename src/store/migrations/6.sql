-- The life of postings and vacancies: when and why they closed, and what subscribers were told of it.

ALTER TABLE posting ADD COLUMN missing INTEGER; -- the first list of its source without it; NULL while it is listed
ALTER TABLE posting ADD COLUMN missed INTEGER;  -- the number of that list
ALTER TABLE posting ADD COLUMN gone INTEGER;    -- when it was taken for gone
ALTER TABLE posting ADD COLUMN ended INTEGER;   -- when it came to be over; NULL while it is open
ALTER TABLE posting ADD COLUMN reason TEXT;     -- date, gone, age
-- What a source's document is compared with, without the postings that are gone from it.
CREATE INDEX posting_here ON posting (source, fingerprint, vacancy, missing, missed) WHERE gone IS NULL;
CREATE INDEX posting_missing ON posting (source) WHERE missing IS NOT NULL AND gone IS NULL;

ALTER TABLE source ADD COLUMN lists TEXT NOT NULL DEFAULT '{}'; -- JSON: of its lists of everything
ALTER TABLE source ADD COLUMN listed INTEGER;                   -- when such a list was last believed

DROP INDEX vacancy_closes;
ALTER TABLE vacancy ADD COLUMN due INTEGER;    -- when time alone may change whether it is open
ALTER TABLE vacancy ADD COLUMN closed INTEGER; -- when it came to be over
ALTER TABLE vacancy ADD COLUMN reason TEXT;    -- date, gone, age, takedown
ALTER TABLE vacancy ADD COLUMN note TEXT;      -- what the operator said who took it down
ALTER TABLE vacancy ADD COLUMN foreseen INTEGER NOT NULL DEFAULT 0; -- 1: it closed when it was known that it would
ALTER TABLE vacancy ADD COLUMN told INTEGER;   -- its `updated` as it was published last; NULL if it is not
CREATE INDEX vacancy_due ON vacancy (due) WHERE due IS NOT NULL;
UPDATE vacancy SET told = CASE WHEN open THEN updated END;
-- Those that opened, changed or closed since the last publication.
CREATE INDEX vacancy_untold ON vacancy (id) WHERE told IS NOT CASE WHEN open THEN updated END;

ALTER TABLE feed ADD COLUMN moved INTEGER NOT NULL DEFAULT 0; -- when a vacancy last left it

-- Closed vacancies that were in a feed, so that its subscribers hear of it.
CREATE TABLE removed (
  feed    INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  vacancy INTEGER NOT NULL,
  PRIMARY KEY (feed, at DESC, vacancy)
) WITHOUT ROWID;
CREATE INDEX removed_vacancy ON removed (vacancy);
CREATE INDEX removed_at ON removed (at);

-- What was published of vacancies, the newest last.
CREATE TABLE change (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  record TEXT NOT NULL -- JSON, as the page of changes has it
);
CREATE INDEX change_at ON change (at);
