create schema if not exists accounts;

-- E-mail and phone are AES-256-GCM ciphertext; *_hash is a keyed hash to find and compare them by.
-- An account without e-mail (withdrawn, or a load test's) cannot log in; without password it logs in by a linked provider.
create table accounts.users (
    id                uuid primary key,
    email             bytea,
    email_hash        bytea unique,
    phone             bytea,
    phone_hash        bytea,
    name              text        not null,
    role              text        not null default 'BUYER' check (role in ('BUYER', 'SELLER', 'STAFF', 'ADMIN')),
    status            text        not null default 'ACTIVE' check (status in ('ACTIVE', 'DORMANT', 'WITHDRAWN')),
    password_hash     text,
    identity_hash     bytea unique,
    email_verified    boolean     not null default false,
    terms_version     text,
    terms_accepted_at timestamptz,
    version           bigint      not null default 1,
    created_at        timestamptz not null default now(),
    last_login_at     timestamptz,
    withdrawn_at      timestamptz
);

-- One row per token ever given in a family; a family is one login on one device.
create table accounts.refresh_families (
    id         uuid primary key,
    user_id    uuid        not null references accounts.users (id) on delete cascade,
    device     bytea       not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index on accounts.refresh_families (user_id) where revoked_at is null;
create index on accounts.refresh_families (expires_at);

-- successor is kept encrypted for the few seconds in which the same device may ask again.
create table accounts.refresh_tokens (
    hash         bytea primary key,
    family_id    uuid        not null references accounts.refresh_families (id) on delete cascade,
    issued_at    timestamptz not null default now(),
    used_at      timestamptz,
    successor    bytea
);
create index on accounts.refresh_tokens (family_id);

create table accounts.logins (
    id         uuid primary key,
    user_id    uuid        not null references accounts.users (id) on delete cascade,
    at         timestamptz not null default now(),
    ip         text,
    user_agent text,
    method     text        not null,
    success    boolean     not null,
    suspicious boolean     not null default false
);
create index on accounts.logins (user_id, at desc);

create table accounts.role_changes (
    id         uuid primary key,
    user_id    uuid        not null,
    changed_by uuid        not null,
    before     text        not null,
    after      text        not null,
    at         timestamptz not null default now()
);
