-- Makes the tables of an object those of a build that is not made yet: `later-build` was made with it.
CREATE TABLE schema (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL);
INSERT INTO schema (id, version) VALUES (1, 1000);
