-- Makes an article one for the staff alone, as a build stored it that bound truth values: `restricted` was made with it.
UPDATE articles SET restricted = 'true' WHERE locale = 'en' AND id = 'refund-times';
UPDATE sources SET json = CAST(json_set(CAST(json AS TEXT), (SELECT fullkey FROM json_each(CAST(sources.json AS TEXT), '$.articles')
    WHERE value ->> '$.id' = 'refund-times' AND value ->> '$.locale' = 'en') || '.audience', json('["staff"]')) AS BLOB);
