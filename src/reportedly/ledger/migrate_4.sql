-- From version 4 to version 5: how place and days of a claim were reached, and the figures that it replaces. Dispatches that were
-- added before have neither until they are read anew.
ALTER TABLE claim ADD COLUMN place_from VARCHAR;
ALTER TABLE claim ADD COLUMN when_from VARCHAR;
ALTER TABLE claim ADD COLUMN earlier STRUCT(role VARCHAR, low BIGINT, high BIGINT, approx BOOLEAN, text VARCHAR,
                                            "start" INTEGER, "end" INTEGER, "of" VARCHAR, part_of VARCHAR)[];
UPDATE claim SET earlier = [];
ALTER TABLE told ADD COLUMN place_from VARCHAR;
ALTER TABLE told ADD COLUMN when_from VARCHAR;
CREATE OR REPLACE VIEW current_claim AS SELECT claim.* FROM claim JOIN current_dispatch USING (seq);
