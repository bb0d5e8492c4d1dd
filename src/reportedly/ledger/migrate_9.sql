-- From version 9 to version 10: the period of a ledger that holds no more than some days and their margin.
CREATE TABLE period ("first" VARCHAR NOT NULL, "last" VARCHAR NOT NULL);
