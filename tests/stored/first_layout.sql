-- Makes the tables of a conversation what they were when a message was three rows: `first-layout` was made with it.
BEGIN;
UPDATE meta SET revision = max(revision, (SELECT max(revision) FROM events));
ALTER TABLE meta DROP COLUMN granted;
CREATE TABLE earlier (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT, json TEXT NOT NULL);
INSERT INTO earlier (seq, id, digest, json) SELECT seq, id, digest, json FROM events;
DROP TABLE events;
ALTER TABLE earlier RENAME TO events;
COMMIT;
VACUUM;
