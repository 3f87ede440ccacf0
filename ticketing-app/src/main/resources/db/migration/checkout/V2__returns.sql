-- Money that went back by hand at the provider's console, and what became of the seats it had paid for.
CREATE TABLE checkout.returns (
    refund_id      text PRIMARY KEY,
    payment_id     text        NOT NULL,
    reservation_id text        NOT NULL,
    event_id       text        NOT NULL,
    amount         bigint      NOT NULL CHECK (amount > 0),
    noticed_at     timestamptz NOT NULL,
    -- when it is looked at next; null: settled, or a person has to decide
    next_try_at    timestamptz,
    -- why a person has to decide
    question       text,
    settled_at     timestamptz,
    -- a person's user id, or 'onsale'
    settled_by     text,
    -- the seats that were given up for it
    seat_ids       text[],
    note           text
);
CREATE INDEX returns_due ON checkout.returns (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX returns_open ON checkout.returns (noticed_at) WHERE settled_at IS NULL;
CREATE INDEX returns_reservation ON checkout.returns (reservation_id);
