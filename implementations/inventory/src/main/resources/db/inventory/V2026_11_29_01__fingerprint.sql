ALTER TABLE reservations ADD COLUMN fingerprint text;
