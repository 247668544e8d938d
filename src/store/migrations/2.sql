-- The description stands beside the record, not in it: it is most of a posting, and as text of its own
-- it is neither escaped nor read as JSON.
ALTER TABLE posting ADD COLUMN description TEXT NOT NULL DEFAULT ''; -- safe HTML

UPDATE posting SET
  description = coalesce(json_extract(record, '$.description'), ''),
  record = json_set(record, '$.description', '');
