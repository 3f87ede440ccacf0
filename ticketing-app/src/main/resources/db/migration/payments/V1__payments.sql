CREATE SCHEMA IF NOT EXISTS payments;

CREATE TABLE payments.payments (
    id                 text PRIMARY KEY,
    reservation_id     text        NOT NULL,
    event_id           text        NOT NULL,
    user_id            text        NOT NULL,
    provider           text        NOT NULL,
    method             text,
    order_name         text        NOT NULL,
    amount             bigint      NOT NULL CHECK (amount >= 0),
    state              text        NOT NULL CHECK (state IN
        ('READY', 'PENDING', 'SUCCESS', 'FAILED', 'UNKNOWN', 'PARTIALLY_REFUNDED', 'REFUNDED')),
    reason             text,
    captured           bigint      NOT NULL DEFAULT 0 CHECK (captured >= 0),
    captured_at        timestamptz,
    refunded           bigint      NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND captured),
    -- the provider's own name for it (PortOne's transaction, KakaoPay's tid), and where its checkout is
    provider_reference text,
    checkout_url       text,
    checks             integer     NOT NULL DEFAULT 0,
    -- when the provider is asked next; null: nothing left to ask
    next_check_at      timestamptz,
    version            bigint      NOT NULL DEFAULT 0,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL
);
-- One open payment per reservation.
CREATE UNIQUE INDEX payments_open ON payments.payments (reservation_id) WHERE state IN ('READY', 'PENDING', 'UNKNOWN');
CREATE INDEX payments_reservation ON payments.payments (reservation_id);
CREATE INDEX payments_user ON payments.payments (user_id, id DESC);
CREATE INDEX payments_due ON payments.payments (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE payments.history (
    payment_id text        NOT NULL REFERENCES payments.payments,
    version    bigint      NOT NULL,
    state      text        NOT NULL,
    reason     text,
    at         timestamptz NOT NULL,
    PRIMARY KEY (payment_id, version)
);

CREATE TABLE payments.refunds (
    -- also the provider's idempotency key
    id                 text PRIMARY KEY,
    payment_id         text        NOT NULL REFERENCES payments.payments,
    -- what asked for it, so that asking twice is one refund
    request_key        text        NOT NULL,
    amount             bigint      NOT NULL CHECK (amount >= 0),
    -- what the buyer does not get back of what was cancelled; stays with the house
    fee                bigint      NOT NULL DEFAULT 0 CHECK (fee >= 0),
    reason             text        NOT NULL,
    state              text        NOT NULL CHECK (state IN ('REQUESTED', 'SUCCEEDED', 'FAILED')),
    failure            text,
    attempts           integer     NOT NULL DEFAULT 0,
    next_try_at        timestamptz,
    provider_reference text,
    created_at         timestamptz NOT NULL,
    finished_at        timestamptz,
    UNIQUE (payment_id, request_key)
);
CREATE INDEX refunds_due ON payments.refunds (next_try_at) WHERE next_try_at IS NOT NULL;

CREATE TABLE payments.webhooks (
    provider    text        NOT NULL,
    webhook_id  text        NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (provider, webhook_id)
);

-- Double entry, append only: each posting's entries sum to zero, for ever.
CREATE TABLE payments.ledger (
    seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- capture:<payment>, refund:<refund>, fee:<refund>: so that no posting is made twice
    posting    text        NOT NULL,
    -- provider:<name> what providers hold for us, sales:<event> what buyers paid for, fees:<event> what cancellations left
    account    text        NOT NULL,
    amount     bigint      NOT NULL CHECK (amount <> 0),
    payment_id text        NOT NULL REFERENCES payments.payments,
    at         timestamptz NOT NULL,
    UNIQUE (posting, account)
);
CREATE INDEX ledger_account ON payments.ledger (account);
CREATE INDEX ledger_payment ON payments.ledger (payment_id);

CREATE FUNCTION payments.refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append only';
END $$;
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON payments.ledger
    FOR EACH ROW EXECUTE FUNCTION payments.refuse_ledger_change();
CREATE TRIGGER ledger_not_emptied BEFORE TRUNCATE ON payments.ledger
    FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_ledger_change();

CREATE FUNCTION payments.check_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount) FROM payments.ledger WHERE posting = NEW.posting) <> 0 THEN
        RAISE EXCEPTION 'posting % does not sum to zero', NEW.posting;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_balanced AFTER INSERT ON payments.ledger
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.check_posting();
