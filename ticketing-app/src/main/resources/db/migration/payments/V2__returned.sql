-- Money that goes back by hand, at the provider's console: written as a refund of its own (RETURNED_AT_PROVIDER). What it was more
-- than the seats it went back for had cost is a fee below zero.
ALTER TABLE payments.refunds DROP CONSTRAINT refunds_fee_check;
ALTER TABLE payments.refunds ADD CONSTRAINT refunds_fee_check CHECK (fee >= 0 OR reason = 'RETURNED_AT_PROVIDER');

-- How often the provider has refused it: what is asked again after that is a new request to a provider that remembers its answers.
ALTER TABLE payments.refunds ADD COLUMN refusals integer NOT NULL DEFAULT 0;

-- What was paid is looked at now and then from here on; not all of it at once.
UPDATE payments.payments SET next_check_at = now() + random() * interval '6 hours'
 WHERE state IN ('SUCCESS', 'PARTIALLY_REFUNDED') AND provider <> 'FREE' AND next_check_at IS NULL
   AND captured_at > now() - interval '180 days';

-- What the buyer brought from the provider's checkout (KakaoPay's pg_token), while the money is being asked for with it.
ALTER TABLE payments.payments ADD COLUMN brought text;
