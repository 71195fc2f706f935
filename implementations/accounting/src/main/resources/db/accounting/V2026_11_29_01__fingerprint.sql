ALTER TABLE transactions ADD COLUMN fingerprint text;
