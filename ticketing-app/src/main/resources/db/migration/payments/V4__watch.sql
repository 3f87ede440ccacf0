-- Looks at money that was taken have a time of their own: what is urgent does not wait behind them, and they move nothing that is.
ALTER TABLE payments.payments ADD COLUMN next_look_at timestamptz;
UPDATE payments.payments SET next_look_at = next_check_at, next_check_at = NULL
 WHERE captured > refunded AND state IN ('SUCCESS', 'PARTIALLY_REFUNDED') AND next_check_at IS NOT NULL;
CREATE INDEX payments_watched ON payments.payments (next_look_at) WHERE next_look_at IS NOT NULL;
