-- Answers of requests that carried an Idempotency-Key, so that a repeated request gets the same answer.
create table platform.idempotent_requests (
    user_id        text        not null,
    route          text        not null,
    key            text        not null,
    fingerprint    bytea       not null,
    started_at     timestamptz not null,
    -- While this lies ahead and nothing is stored, the first request is still being worked on.
    lease_ends_at  timestamptz not null,
    lease_id       uuid        not null,
    status         int,
    content_type   text,
    body           bytea,
    primary key (user_id, route, key)
);

create index idempotent_requests_by_age on platform.idempotent_requests (started_at);
