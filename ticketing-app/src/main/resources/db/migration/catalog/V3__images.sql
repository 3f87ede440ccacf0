-- The bytes are elsewhere, under a name made from them; two events may show the same picture.
create table catalog.images (
    id         uuid primary key,
    event_id   uuid        not null references catalog.events (id),
    kind       text        not null check (kind in ('POSTER', 'DESCRIPTION')),
    name       text        not null,
    width      int         not null,
    height     int         not null,
    created_at timestamptz not null
);
create index on catalog.images (event_id);
create unique index on catalog.images (event_id) where kind = 'POSTER';
