-- In which language to write to somebody, and since when nobody has seen them.
alter table accounts.users
    add column language         text        not null default 'ko' check (language in ('ko', 'en')),
    add column last_active_at   timestamptz not null default now(),
    add column dormancy_told_at timestamptz;
update accounts.users set last_active_at = coalesce(last_login_at, created_at);
create index on accounts.users (last_active_at) where status = 'ACTIVE';

-- Mail that is to be sent. No address, no text and no token in it: those are looked up or made when it goes out.
-- A mail asked for by an address is stored whether or not that address has an account: nobody can tell by the time it takes.
create table accounts.mails (
    id         uuid primary key,
    kind       text        not null,
    language   text        not null check (language in ('ko', 'en')),
    user_id    uuid references accounts.users (id) on delete cascade,
    email_hash bytea,
    created_at timestamptz not null,
    due_at     timestamptz not null,
    attempts   int         not null default 0,
    outcome    text check (outcome in ('SENT', 'NOBODY', 'GIVEN_UP')),
    done_at    timestamptz,
    check (num_nonnulls(user_id, email_hash) = 1),
    check ((outcome is null) = (done_at is null))
);
create index on accounts.mails (due_at) where done_at is null;
create index on accounts.mails (done_at) where done_at is not null;

-- What mailed links carry, as hashes; each is good once. Bound to the address it went to.
create table accounts.mailed_tokens (
    hash       bytea primary key,
    kind       text        not null,
    user_id    uuid        not null references accounts.users (id) on delete cascade,
    email_hash bytea       not null,
    expires_at timestamptz not null
);
create index on accounts.mailed_tokens (user_id);
create index on accounts.mailed_tokens (expires_at);
