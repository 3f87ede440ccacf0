-- A hold is decided here, in one statement with fresh snapshots behind its locks: the rules of the sale, the buyer's limit, the
-- pass, the seats, their fences. The unique indexes and triggers of the tables hold even where this is not asked.

drop type if exists reservations.decision cascade;
-- outcome: OK, REPEATED, or the reason of a refusal; ids: what it speaks of; number: a fence, a limit or seats already owned;
-- moment: the end of the hold, or when the sale opens.
create type reservations.decision as (outcome text, ids text[], number bigint, moment timestamptz);

create or replace function reservations.decided(
    outcome text, ids text[] default null, number bigint default null, moment timestamptz default null)
    returns reservations.decision language sql immutable as $$
    select row (outcome, ids, number, moment)::reservations.decision
$$;

-- Whether these seats may be claimed by this buyer now; outcome OK or why not. Holds, until the end of the transaction, the
-- locks that keep its answer true: shared with other buyers of the performance, against its closing; alone for this buyer.
-- p_self is the reservation that asks: its own pass is no obstacle, and p_giving_up of its seats do not count any more.
create or replace function reservations.may_claim(
    p_self text, p_event text, p_performance text, p_user text, p_pass text, p_opens_for_buyer timestamptz, p_seats text[],
    p_giving_up int)
    returns reservations.decision language plpgsql as $$
declare
    sale reservations.sales;
begin
    perform pg_advisory_xact_lock_shared(hashtextextended(p_performance, 1));
    perform pg_advisory_xact_lock(hashtextextended(p_event || ' ' || p_user, 2));

    select * into sale from reservations.sales where performance_id = p_performance;
    if sale is null or sale.closed or clock_timestamp() >= sale.closes_at then
        return reservations.decided('SALE_CLOSED');
    end if;
    if clock_timestamp() < greatest(sale.opens_at, p_opens_for_buyer) then
        return reservations.decided('SALE_NOT_OPEN', moment => greatest(sale.opens_at, p_opens_for_buyer));
    end if;
    if sale.pass_required and p_pass is null then
        return reservations.decided('PASS_REQUIRED');
    end if;

    return (with obstacles as (
        select r.id, r.status, r.expires_at, 'SEAT_TAKEN' as reason, c.seat_id, 0::bigint as seats
          from reservations.claims c join reservations.reservations r on r.id = c.reservation_id
         where c.performance_id = p_performance and c.seat_id = any (p_seats) and c.live
        union all
        select r.id, r.status, r.expires_at, 'PASS_IN_USE', null, 0
          from reservations.reservations r
         where r.pass_id = p_pass and r.status in ('PENDING', 'PAYING', 'CONFIRMED') and r.id <> p_self
        union all
        select r.id, r.status, r.expires_at, 'LIMIT_EXCEEDED', null,
               (select count(*) from reservations.claims c where c.reservation_id = r.id and c.live)
          from reservations.reservations r
         where r.event_id = p_event and r.user_id = p_user
           and r.status in ('PENDING', 'PAYING', 'CONFIRMED', 'CANCELLING')
    ), lapsed as (
        select distinct id from obstacles
         where status in ('PENDING', 'PAYING') and expires_at <= clock_timestamp() and id <> p_self
    ), standing as (
        select * from obstacles where id not in (select id from lapsed)
    )
    select case
               when exists (select from lapsed) then reservations.decided('LAPSED', array(select id from lapsed))
               when exists (select from standing where reason = 'SEAT_TAKEN')
                   then reservations.decided('SEAT_TAKEN', array(select seat_id from standing where reason = 'SEAT_TAKEN'))
               when exists (select from standing where reason = 'PASS_IN_USE') then reservations.decided('PASS_IN_USE')
               when (select coalesce(sum(seats), 0) from standing) + cardinality(p_seats) - p_giving_up
                        > sale.max_seats_per_buyer
                   then reservations.decided('LIMIT_EXCEEDED', number => sale.max_seats_per_buyer)
               else reservations.decided('OK')
           end);
end $$;

-- Writes claims; the order keeps two writers from waiting for each other in a circle.
create or replace function reservations.write_claims(
    p_reservation text, p_performance text, p_fence bigint,
    p_seats text[], p_grades text[], p_amounts bigint[], p_areas text[], p_places int[])
    returns void language sql as $$
    insert into reservations.claims
        (reservation_id, performance_id, seat_id, fence, grade, amount, area_id, place, area_capacity)
    select p_reservation, p_performance, s.seat, p_fence, s.grade, s.amount, s.area, s.place, a.capacity
      from unnest(p_seats, p_grades, p_amounts, p_areas, p_places) as s(seat, grade, amount, area, place)
      left join reservations.areas a on a.performance_id = p_performance and a.area_id = s.area
     order by s.seat
$$;

-- What a wall answered when another writer was faster.
create or replace function reservations.wall_of(p_constraint text, p_performance text, p_seats text[])
    returns reservations.decision language sql as $$
    select reservations.decided(case p_constraint
                    when 'one_live_claim_per_seat' then 'SEAT_TAKEN'
                    when 'one_live_reservation_per_pass' then 'PASS_IN_USE'
                    else 'CONFLICT' end,
                array(select seat_id from reservations.claims
                       where performance_id = p_performance and seat_id = any (p_seats) and live))
$$;

create or replace function reservations.newest_fence(p_performance text, p_seats text[])
    returns bigint language sql stable as $$
    select coalesce(max(fence), 0) from reservations.seat_fences
     where performance_id = p_performance and seat_id = any (p_seats)
$$;

-- All that hold and claim_more ask is asked by key, so one plan by index serves every call. Left to itself PostgreSQL plans most of
-- it anew each time, which takes longer than doing it; and a plan made while the tables were empty would read them whole.

-- A new reservation with its claims, for p_hold from now; REPEATED with its id when this request made one before.
create or replace function reservations.hold(
    p_id text, p_request text, p_event text, p_performance text, p_user text, p_pass text, p_opens_for_buyer timestamptz,
    p_fence bigint, p_hold_millis bigint,
    p_seats text[], p_grades text[], p_amounts bigint[], p_areas text[], p_places int[])
    returns reservations.decision language plpgsql
    set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    decision reservations.decision;
    before   text;
    wall     text;
    ends     timestamptz;
begin
    select id into before from reservations.reservations where request_id = p_request;
    if before is not null then
        return reservations.decided('REPEATED', array [before]);
    end if;
    decision := reservations.may_claim(p_id, p_event, p_performance, p_user, p_pass, p_opens_for_buyer, p_seats, 0);
    if decision.outcome <> 'OK' then
        return decision;
    end if;
    if p_fence <= reservations.newest_fence(p_performance, p_seats) then
        return reservations.decided('FENCE_STALE', number => reservations.newest_fence(p_performance, p_seats));
    end if;
    ends := clock_timestamp() + p_hold_millis * interval '1 millisecond';
    begin
        insert into reservations.reservations
            (id, request_id, event_id, performance_id, user_id, pass_id, status, amount, expires_at)
        values (p_id, p_request, p_event, p_performance, p_user, p_pass, 'PENDING',
                (select coalesce(sum(a), 0) from unnest(p_amounts) a), ends);
        perform reservations.write_claims(p_id, p_performance, p_fence, p_seats, p_grades, p_amounts, p_areas, p_places);
    exception
        when unique_violation then
            get stacked diagnostics wall = constraint_name;
            select id into before from reservations.reservations where request_id = p_request;
            if before is not null then
                return reservations.decided('REPEATED', array [before]);
            end if;
            return reservations.wall_of(wall, p_performance, p_seats);
        when sqlstate 'OS001' then
            return reservations.decided('FENCE_STALE', number => reservations.newest_fence(p_performance, p_seats));
    end;
    return reservations.decided('OK', moment => ends);
end $$;

-- Claims more seats for a reservation whose row the caller has locked; number is their fence.
create or replace function reservations.claim_more(
    p_id text, p_event text, p_performance text, p_user text, p_pass text, p_opens_for_buyer timestamptz, p_fence bigint,
    p_giving_up int, p_seats text[], p_grades text[], p_amounts bigint[], p_areas text[], p_places int[])
    returns reservations.decision language plpgsql
    set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    decision reservations.decision;
    wall     text;
    fence_   bigint;
begin
    decision := reservations.may_claim(
        p_id, p_event, p_performance, p_user, p_pass, p_opens_for_buyer, p_seats, p_giving_up);
    if decision.outcome <> 'OK' then
        return decision;
    end if;
    -- Without a fence from Redis one is made here: newer than all these seats have seen, and as Redis makes them.
    fence_ := coalesce(p_fence, greatest(reservations.newest_fence(p_performance, p_seats) + 1,
                                         (extract(epoch from clock_timestamp()) * 1000000)::bigint));
    if fence_ <= reservations.newest_fence(p_performance, p_seats) then
        return reservations.decided('FENCE_STALE', number => reservations.newest_fence(p_performance, p_seats));
    end if;
    begin
        perform reservations.write_claims(p_id, p_performance, fence_, p_seats, p_grades, p_amounts, p_areas, p_places);
    exception
        when unique_violation then
            get stacked diagnostics wall = constraint_name;
            return reservations.wall_of(wall, p_performance, p_seats);
        when sqlstate 'OS001' then
            return reservations.decided('FENCE_STALE', number => reservations.newest_fence(p_performance, p_seats));
    end;
    return reservations.decided('OK', number => fence_);
end $$;
