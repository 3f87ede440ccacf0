create schema if not exists reservations;

-- The rules of each performance's sale, kept from the catalogue, so that a hold is decided beside the seats.
create table reservations.sales (
    performance_id      text primary key,
    event_id            text        not null,
    offer_version       bigint      not null,
    opens_at            timestamptz not null,
    closes_at           timestamptz not null,
    max_seats_per_buyer int         not null check (max_seats_per_buyer > 0),
    pass_required       boolean     not null,
    closed              boolean     not null,
    total               int         not null check (total >= 0),
    blocked             int         not null check (blocked >= 0)
);
create index sales_of_event on reservations.sales (event_id);

create table reservations.areas (
    performance_id text not null references reservations.sales on delete cascade,
    area_id        text not null,
    capacity       int  not null check (capacity >= 0),
    primary key (performance_id, area_id),
    unique (performance_id, area_id, capacity)
);

create table reservations.reservations (
    id             text primary key,
    -- Names the request that asked for it: the same request finds the same reservation.
    request_id     text        not null unique,
    event_id       text        not null,
    performance_id text        not null references reservations.sales,
    user_id        text        not null,
    pass_id        text,
    status         text        not null
        check (status in ('PENDING', 'PAYING', 'CONFIRMED', 'CANCELLING', 'CANCELLED', 'EXPIRED')),
    amount         bigint      not null check (amount >= 0),
    created_at     timestamptz not null default clock_timestamp(),
    expires_at     timestamptz not null,
    -- A payment moves the end of a hold once.
    end_moved      boolean     not null default false,
    confirmed_at   timestamptz,
    payment_id     text,
    version        bigint      not null default 1,
    check (confirmed_at is not null or status not in ('CONFIRMED', 'CANCELLING'))
);
create unique index one_live_reservation_per_pass on reservations.reservations (pass_id)
    where status in ('PENDING', 'PAYING', 'CONFIRMED');
create index reservations_by_end on reservations.reservations (expires_at) where status in ('PENDING', 'PAYING');
create index reservations_of_user on reservations.reservations (user_id, id desc);
create index live_reservations_of_buyer on reservations.reservations (event_id, user_id)
    where status in ('PENDING', 'PAYING', 'CONFIRMED', 'CANCELLING');
create index confirmed_reservations_of_event on reservations.reservations (event_id, id) where status = 'CONFIRMED';

-- Who claims which seat, now (live) or before. A place in a standing area is a claim like any other, numbered up to the capacity.
create table reservations.claims (
    reservation_id text    not null references reservations.reservations,
    performance_id text    not null,
    seat_id        text    not null,
    fence          bigint  not null,
    grade          text    not null,
    amount         bigint  not null check (amount >= 0),
    live           boolean not null default true,
    sold           boolean not null default false,
    -- Rises with each change, never falls: their sum over a performance is the version of its seat map.
    version        int     not null default 1,
    ended_at       timestamptz,
    area_id        text,
    place          int check (place > 0),
    area_capacity  int,
    primary key (reservation_id, seat_id, fence),
    check (live = (ended_at is null)),
    constraint sold_claims_live check (live or not sold),
    constraint area_claims_are_whole check (num_nonnulls(area_id, place, area_capacity) in (0, 3)),
    constraint area_claim_within_capacity check (place <= area_capacity),
    constraint area_claim_names_its_place check (area_id is null or seat_id = area_id || '-0-' || place),
    constraint area_capacity_as_laid_out foreign key (performance_id, area_id, area_capacity)
        references reservations.areas (performance_id, area_id, capacity) on update cascade
);
create unique index one_live_claim_per_seat on reservations.claims (performance_id, seat_id) where live;
create index claims_of_performance on reservations.claims (performance_id) include (version);

-- The newest fence of each seat. Lives on when claims end, and when Redis forgets.
create table reservations.seat_fences (
    performance_id text   not null,
    seat_id        text   not null,
    fence          bigint not null,
    primary key (performance_id, seat_id)
);

create function reservations.fence_rises() returns trigger language plpgsql as $$
begin
    if new.fence <= old.fence then
        raise exception 'fence % of seat % is not newer than %', new.fence, new.seat_id, old.fence using errcode = 'OS001';
    end if;
    return new;
end $$;
create trigger fence_rises before update on reservations.seat_fences
    for each row execute function reservations.fence_rises();

-- A claim is only written with a fence that its seat has not seen.
create function reservations.claim_takes_fence() returns trigger language plpgsql as $$
begin
    insert into reservations.seat_fences as seen (performance_id, seat_id, fence)
    values (new.performance_id, new.seat_id, new.fence)
    on conflict (performance_id, seat_id) do update set fence = excluded.fence;
    return new;
end $$;
create trigger claim_takes_fence before insert on reservations.claims
    for each row execute function reservations.claim_takes_fence();

-- What a claim says about its seat never changes, and a claim that ended does not live again.
create function reservations.claim_only_ends() returns trigger language plpgsql as $$
begin
    if (new.reservation_id, new.performance_id, new.seat_id, new.fence)
            is distinct from (old.reservation_id, old.performance_id, old.seat_id, old.fence) then
        raise exception 'a claim keeps its reservation, seat and fence' using errcode = 'OS002';
    end if;
    if new.live and not old.live then
        raise exception 'seat % of reservation % was given up', old.seat_id, old.reservation_id using errcode = 'OS002';
    end if;
    return new;
end $$;
create trigger claim_only_ends before update on reservations.claims
    for each row execute function reservations.claim_only_ends();

-- A payment token pays once.
create table reservations.used_payment_tokens (
    token_id       text primary key,
    reservation_id text        not null references reservations.reservations,
    used_at        timestamptz not null default clock_timestamp()
);
