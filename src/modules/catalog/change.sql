-- name: change_load
select version, body from catalogue_changes where agency = $1 and id = $2;

-- name: change_insert
insert into catalogue_changes (agency, id, version, kind, state, item, starts_on, name, changed_at, body)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: change_save
-- No row back means that the version is not the one that was loaded.
update catalogue_changes
   set version = $4, state = $5, item = $6, starts_on = $7, name = $8, changed_at = $9, body = $10
 where agency = $1 and id = $2 and version = $3
returning version;

-- name: change_list
select body from catalogue_changes
 where agency = $1 and (changed_at, id) < ($2, $3)
 order by changed_at desc, id desc limit $4;

-- name: change_named
-- The change that made a version.
select body from catalogue_changes where agency = $1 and item = $2 and name = $3;

-- name: change_names
-- Versions of the item that begin on a day, for the next serial.
select count(*) from catalogue_changes where agency = $1 and item = $2 and starts_on = $3 and name <> '';

-- name: change_ids_after
-- For checks of the stored data: in pages.
select id from catalogue_changes where agency = $1 and id > $2 order by id limit 500;

-- name: published_add
insert into catalogue_published (id, agency, kind, item, name, starts_on, withdrawn, published_at, body)
values ($1, $2, $3, $4, $5, $6, 0, $7, $8);

-- name: published_withdraw
update catalogue_published set withdrawn = 1 where id = $1;

-- name: report_published_stamp
-- Another number means that something was published or withdrawn.
select count(*), coalesce(sum(withdrawn), 0) from catalogue_published;

-- name: report_published
-- Without the bodies: versions are known by their names after the first time.
select id, agency, kind, item, name, starts_on from catalogue_published
 where withdrawn = 0 order by published_at, id;

-- name: published_body
select body from catalogue_published where id = $1;

-- name: report_changes_waiting
-- How many changes are being written or reviewed, by registry and item.
select agency, item, count(*) from catalogue_changes
 where state in ('draft', 'in_review') and item <> '' group by agency, item;
