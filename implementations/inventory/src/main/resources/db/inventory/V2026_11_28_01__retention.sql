-- For the deletion of old rows. The indexes are small and cost writers almost nothing.
CREATE INDEX movements_created_at ON movements USING brin (created_at);
CREATE INDEX reservations_created_at ON reservations USING brin (created_at);
