-- Which migrations this database has had. The only table made outside db/migrations.

-- name: migration_table
-- table migrations: local — one row for each applied file, with the text that was applied
create table if not exists migrations (
    name text not null primary key,
    content text not null,
    applied_at bigint not null
);

-- name: migration_list
select name, content from migrations order by name;

-- name: migration_claim
insert into migrations (name, content, applied_at) values ($1, $2, $3) on conflict (name) do nothing returning name;
