-- Events on their way out and on their way in. Order within one aggregate is the order of seq, because every writer holds its
-- aggregate's row lock before it appends.
CREATE SCHEMA IF NOT EXISTS platform;

CREATE TABLE platform.outbox (
    seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id     text        NOT NULL UNIQUE,
    topic        text        NOT NULL,
    key          text        NOT NULL,
    event_type   text        NOT NULL,
    envelope     text        NOT NULL,
    -- consumers of this app that must hold the event before the row counts as finished
    awaits       text[]      NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at timestamptz,
    publications integer     NOT NULL DEFAULT 0,
    finished_at  timestamptz
);
CREATE INDEX outbox_unpublished ON platform.outbox (seq) WHERE published_at IS NULL;
CREATE INDEX outbox_unfinished ON platform.outbox (published_at) WHERE finished_at IS NULL;
CREATE INDEX outbox_unfinished_key ON platform.outbox (topic, key, seq) WHERE finished_at IS NULL;
CREATE INDEX outbox_finished ON platform.outbox (finished_at) WHERE finished_at IS NOT NULL;

-- One relay at a time, so that two cannot reorder an aggregate; taken over when its holder falls silent.
CREATE TABLE platform.relay_lease (
    name   text PRIMARY KEY,
    holder text        NOT NULL,
    until  timestamptz NOT NULL
);

-- What a consumer has applied, written in the transaction of the effect.
CREATE TABLE platform.inbox (
    consumer     text        NOT NULL,
    event_id     text        NOT NULL,
    aggregate_id text        NOT NULL,
    version      bigint      NOT NULL,
    applied_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_applied ON platform.inbox (applied_at);

-- Messages that could not be handled, and those of the same aggregate that wait behind them.
CREATE TABLE platform.parked (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    consumer     text        NOT NULL,
    topic        text        NOT NULL,
    aggregate_id text        NOT NULL,
    event_id     text        NOT NULL,
    event_type   text        NOT NULL,
    message      text        NOT NULL,
    -- null: nothing wrong with this one, it waits behind another
    reason       text,
    parked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (consumer, event_id)
);
CREATE INDEX parked_aggregate ON platform.parked (consumer, aggregate_id, id);
