-- From version 5 to version 6: what incidents are put in order by. Whole sentences can be searched; everything is merged anew.
ALTER TABLE incident ADD COLUMN voice_count INTEGER;
ALTER TABLE incident ADD COLUMN toll BIGINT;
ALTER TABLE incident ADD COLUMN disputes INTEGER;
ALTER TABLE incident ADD COLUMN arrived BIGINT;
DELETE FROM merged;
