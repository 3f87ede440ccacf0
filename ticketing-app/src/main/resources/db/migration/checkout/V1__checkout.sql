CREATE SCHEMA IF NOT EXISTS checkout;

-- The ways back: seats a buyer gave up, or lost with the event, and the money that belongs to them.
CREATE TABLE checkout.cancellations (
    id             text PRIMARY KEY,
    reservation_id text        NOT NULL,
    event_id       text        NOT NULL,
    refund_id      text        NOT NULL UNIQUE,
    -- true: the whole reservation ends; false: it keeps its other seats
    whole          boolean     NOT NULL,
    seat_ids       text[]      NOT NULL,
    refund_amount  bigint      NOT NULL CHECK (refund_amount >= 0),
    fee            bigint      NOT NULL CHECK (fee >= 0),
    reason         text        NOT NULL,
    requested_at   timestamptz NOT NULL,
    refunded_at    timestamptz
);
CREATE INDEX cancellations_reservation ON checkout.cancellations (reservation_id);
CREATE INDEX cancellations_event ON checkout.cancellations (event_id);

-- Refund policies: a changed policy is a new version, and a booking keeps the one it was made under.
CREATE TABLE checkout.refund_policies (
    event_id   text        NOT NULL,
    version    integer     NOT NULL CHECK (version > 0),
    policy     jsonb       NOT NULL,
    valid_from timestamptz NOT NULL,
    set_by     text        NOT NULL,
    PRIMARY KEY (event_id, version)
);

-- An event that will not happen: every booking goes back, however often this is interrupted.
CREATE TABLE checkout.mass_refunds (
    event_id     text PRIMARY KEY,
    started_at   timestamptz NOT NULL,
    -- bookings up to this id have been seen in the pass under way
    cursor       text        NOT NULL DEFAULT '',
    finished_at  timestamptz,
    next_step_at timestamptz NOT NULL
);
