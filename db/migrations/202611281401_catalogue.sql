-- Lists, switches and calendars that registries keep in the platform.

-- table catalogue_changes: tenant — what a registry changes: its whole state, and the columns that lists need
create table catalogue_changes (
    agency integer not null,
    id text not null,
    version bigint not null,
    kind text not null check (kind in ('item', 'item_switch', 'calendar')),
    state text not null check (state in ('draft', 'in_review', 'approved', 'withdrawn')),
    item text not null,
    starts_on text not null,
    name text not null,
    changed_at bigint not null,
    body text not null,
    primary key (agency, id)
);
create index catalogue_changes_by_time on catalogue_changes (agency, changed_at, id);
create index catalogue_changes_of_item on catalogue_changes (agency, item, name);

-- table catalogue_published: reference — what was approved anywhere, for every node to know; never changed but for `withdrawn`
create table catalogue_published (
    id text not null primary key,
    agency integer not null,
    kind text not null check (kind in ('item', 'item_switch', 'calendar')),
    item text not null,
    name text not null,
    starts_on text not null,
    withdrawn integer not null check (withdrawn in (0, 1)),
    published_at bigint not null,
    body text not null
);

-- For the view of what a change does: sittings at other windows that collect for a registry.
create index collections_open_of_home on collections (home, item) where state = 'open';
