-- What a hold cannot do without: a reservation, a claim behind a unique index, an event to announce. Nothing else.
create schema if not exists bench;
drop table if exists bench.reservations, bench.claims, bench.outbox;
create table bench.reservations (id uuid primary key, user_id text not null, expires_at timestamptz not null);
create table bench.claims (
    reservation_id uuid not null, performance_id text not null, seat_id text not null, fence bigint not null,
    live boolean not null default true, primary key (reservation_id, seat_id));
create unique index on bench.claims (performance_id, seat_id) where live;
create table bench.outbox (seq bigint generated always as identity primary key, envelope text not null);
