-- An identity verification counts once.
create table accounts.used_identities (
    verification_id text primary key,
    used_at         timestamptz not null
);

-- Accounts elsewhere that log in to an account here.
create table accounts.social_logins (
    provider  text        not null,
    subject   text        not null,
    user_id   uuid        not null references accounts.users (id) on delete cascade,
    linked_at timestamptz not null,
    primary key (provider, subject)
);
create index on accounts.social_logins (user_id);
