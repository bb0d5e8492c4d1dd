-- Which marks are too frequent to look dispatches up by, now that some came or went (`commoner`), and which have come back
-- (`rarer`). Statements are parted by lines of dashes.
CREATE OR REPLACE TEMP TABLE frequent AS SELECT mark FROM mark GROUP BY mark HAVING count(*) > $most;
--------
CREATE OR REPLACE TEMP TABLE commoner AS FROM frequent WHERE mark NOT IN (FROM common);
--------
CREATE OR REPLACE TEMP TABLE rarer AS FROM common WHERE mark NOT IN (FROM frequent);
