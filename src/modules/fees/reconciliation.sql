-- name: reconciliation_put
insert into reconciliations (agency, day, matched, ours_fen, theirs_fen, ran_at, ran_by, ran_by_name)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (agency, day) do update set matched = excluded.matched, ours_fen = excluded.ours_fen,
       theirs_fen = excluded.theirs_fen, ran_at = excluded.ran_at, ran_by = excluded.ran_by,
       ran_by_name = excluded.ran_by_name;

-- name: reconciliation_item_put
-- What people found out stays.
insert into reconciliation_items (agency, day, kind, reference, order_id, verdict, ours_fen, theirs_fen, at, resolution,
                                  reason, resolved_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '')
on conflict (agency, day, kind, reference) do update set verdict = excluded.verdict, ours_fen = excluded.ours_fen,
       theirs_fen = excluded.theirs_fen;

-- name: reconciliation_items_forget
-- Those that nobody has looked at are found anew, or not.
delete from reconciliation_items where agency = $1 and day = $2 and resolution = '';

-- name: reconciliation_get
select day, matched, ours_fen, theirs_fen, ran_at, ran_by_name from reconciliations where agency = $1 and day = $2;

-- name: reconciliations_page
-- The youngest first, with how many items there are and how many of them are open; $2: the last day of the page before.
select day, matched, ours_fen, theirs_fen, ran_at, ran_by_name,
       (select count(*) from reconciliation_items i where i.agency = $1 and i.day = reconciliations.day),
       (select count(*) from reconciliation_items i
         where i.agency = $1 and i.day = reconciliations.day and i.resolution = '')
  from reconciliations where agency = $1 and day < $2 order by day desc limit $3;

-- name: reconciliation_items
select kind, reference, order_id, verdict, ours_fen, theirs_fen, at, resolution, reason, resolved_by_name, resolved_at
  from reconciliation_items where agency = $1 and day = $2 order by kind, reference limit 1000;

-- name: reconciliation_item_get
select kind, reference, order_id, verdict, ours_fen, theirs_fen, at, resolution, reason, resolved_by_name, resolved_at
  from reconciliation_items where agency = $1 and day = $2 and kind = $3 and reference = $4;

-- name: reconciliation_item_resolve
update reconciliation_items set resolution = $5, reason = $6, resolved_by = $7, resolved_by_name = $8, resolved_at = $9
 where agency = $1 and day = $2 and kind = $3 and reference = $4 and resolution = '' returning reference;
