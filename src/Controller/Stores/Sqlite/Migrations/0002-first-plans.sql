-- Where a new cluster was planned to go, as JSON: part of the answer to its request, and so to its repetitions.

ALTER TABLE idempotent_answers ADD COLUMN placement TEXT;
