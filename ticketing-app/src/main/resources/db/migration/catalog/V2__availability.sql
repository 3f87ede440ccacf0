-- Events whose seats changed since they were last counted; a worker of any instance takes them.
create table catalog.stale_counts (
    event_id uuid primary key
);

-- What was last told to others.
create table catalog.told_counts (
    event_id uuid primary key,
    total    int    not null,
    held     int    not null,
    sold     int    not null,
    blocked  int    not null,
    version  bigint not null
);
