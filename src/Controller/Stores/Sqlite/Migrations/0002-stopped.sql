-- What is remembered of a cluster that is meant to be stopped, as JSON; NULL where it is meant to run.
ALTER TABLE clusters ADD COLUMN stopped TEXT;
