CREATE SCHEMA IF NOT EXISTS tickets;

CREATE TABLE tickets.tickets (
    id             text PRIMARY KEY,
    -- read aloud at a gate
    number         text        NOT NULL UNIQUE,
    reservation_id text        NOT NULL,
    event_id       text        NOT NULL,
    performance_id text        NOT NULL,
    seat_id        text        NOT NULL,
    user_id        text        NOT NULL,
    -- as printed: what the catalogue said when the ticket was issued
    title          text        NOT NULL,
    venue          text        NOT NULL,
    hall           text        NOT NULL,
    starts_at      timestamptz NOT NULL,
    section        text        NOT NULL,
    seat_row       text        NOT NULL,
    seat_number    text        NOT NULL,
    grade          text        NOT NULL,
    status         text        NOT NULL CHECK (status IN ('VALID', 'USED', 'TRANSFERRED', 'REFUNDED')),
    issued_at      timestamptz NOT NULL,
    used_at        timestamptz,
    used_by        text,
    CHECK ((status = 'USED') = (used_at IS NOT NULL)),
    UNIQUE (reservation_id, seat_id)
);
-- A second wall beside the claims: one ticket that opens the door per seat.
CREATE UNIQUE INDEX tickets_one_per_seat ON tickets.tickets (performance_id, seat_id) WHERE status IN ('VALID', 'USED');
CREATE INDEX tickets_user ON tickets.tickets (user_id, id DESC);
