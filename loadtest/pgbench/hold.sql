\set seat random(1, 2000000000)
\set buyer random(1, 2000000000)
BEGIN;
INSERT INTO bench.reservations VALUES (md5(:seat || ' ' || :buyer)::uuid, :buyer, now() + interval '5 minutes');
INSERT INTO bench.claims VALUES (md5(:seat || ' ' || :buyer)::uuid, 'performance', :seat, :seat) ON CONFLICT DO NOTHING;
INSERT INTO bench.outbox (envelope) VALUES ('{"eventType":"SeatsHeld","aggregateId":"' || :buyer || '","payload":{"seatIds":["' || :seat || '"]}}');
COMMIT;
