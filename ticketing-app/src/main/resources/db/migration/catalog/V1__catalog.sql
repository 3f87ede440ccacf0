create schema if not exists catalog;
create extension if not exists pg_trgm with schema public;

create table catalog.venues (
    id         uuid primary key,
    owner_id   uuid        not null,
    name       text        not null,
    address    text        not null,
    city       text        not null,
    created_at timestamptz not null,
    deleted_at timestamptz
);
create index on catalog.venues (name) where deleted_at is null;

-- A layout never changes: a changed hall gets a new one, and performances keep theirs. So a hall of 60,000 seats is one row, and its
-- seats are computed (id = section-row-number).
create table catalog.layouts (
    id         uuid primary key,
    seats      int         not null check (seats > 0),
    grades     text[]      not null,
    layout     text        not null,
    created_at timestamptz not null
);

create table catalog.halls (
    id         uuid primary key,
    venue_id   uuid        not null references catalog.venues (id),
    layout_id  uuid        not null references catalog.layouts (id),
    name       text        not null,
    created_at timestamptz not null,
    deleted_at timestamptz
);
create index on catalog.halls (venue_id) where deleted_at is null;

-- changed_at lets every instance notice changes by others.
create table catalog.events (
    id                   uuid primary key,
    seller_id            uuid        not null,
    title                text        not null,
    artist               text        not null,
    description          text        not null,
    category             text        not null,
    hall_id              uuid        not null references catalog.halls (id),
    layout_id            uuid        not null references catalog.layouts (id),
    sale_opens_at        timestamptz not null,
    sale_closes_at       timestamptz not null,
    max_seats_per_buyer  int         not null check (max_seats_per_buyer > 0),
    draft                boolean     not null,
    sold_out             boolean     not null default false,
    cancelled_at         timestamptz,
    deleted_at           timestamptz,
    rate_per_second      int,
    waiting_capacity     int,
    active_limit         int,
    pass_seconds         int,
    waiting_mode         text check (waiting_mode in ('FIFO', 'DRAW')),
    pre_queue_opens_at   timestamptz,
    first_starts_at      timestamptz not null,
    last_starts_at       timestamptz not null,
    version              bigint      not null default 1,
    created_at           timestamptz not null,
    changed_at           timestamptz not null default clock_timestamp(),
    search               text        not null,
    check (sale_opens_at < sale_closes_at)
);
create index on catalog.events using gin (search gin_trgm_ops);
create index on catalog.events (sale_opens_at, id) where deleted_at is null;
create index on catalog.events (first_starts_at, id) where deleted_at is null;
create index on catalog.events (seller_id);
create index on catalog.events (hall_id);
create index on catalog.events (changed_at);

create table catalog.performances (
    id        uuid primary key,
    event_id  uuid        not null references catalog.events (id),
    starts_at timestamptz not null,
    unique (event_id, starts_at)
);

create table catalog.prices (
    event_id uuid   not null references catalog.events (id),
    grade    text   not null,
    position int    not null,
    amount   bigint not null check (amount >= 0),
    primary key (event_id, grade)
);

create table catalog.blocked_seats (
    performance_id uuid not null references catalog.performances (id),
    seat_id        text not null,
    primary key (performance_id, seat_id)
);
