-- name: report_log_heads
-- Every registry with a journal, and how far it is sealed.
select h.agency, h.seq, coalesce(l.size, 0), coalesce(l.sealed_at, 0), coalesce(l.asked_size, 0), coalesce(l.asked_at, 0)
  from journal_heads h left join log_heads l on l.agency = h.agency
 order by h.agency;

-- name: log_event_at
select at from journal_events where agency = $1 and seq = $2;

-- name: log_leaves
select hash from journal_events where agency = $1 and seq > $2 order by seq limit $3;

-- name: log_lease
-- No row back: another worker seals this registry.
insert into log_heads (agency, size, root, sealed_at, asked_size, asked_at, leased_until) values ($1, 0, '', 0, 0, 0, $3)
on conflict (agency) do update set leased_until = $3 where log_heads.leased_until <= $2
returning size;

-- name: log_release
update log_heads set leased_until = 0 where agency = $1;

-- name: log_head
select size, root, sealed_at, asked_size, asked_at from log_heads where agency = $1;

-- name: log_grow
-- No row back: somebody else was faster.
update log_heads set size = $3, root = $4, sealed_at = $5, leased_until = 0 where agency = $1 and size = $2
returning agency;

-- name: log_asked
update log_heads set asked_size = $2, asked_at = $3 where agency = $1;

-- name: log_tile
select hashes from log_tiles where agency = $1 and level = $2 and tile = $3;

-- name: log_tile_save
insert into log_tiles (agency, level, tile, hashes) values ($1, $2, $3, $4)
on conflict (agency, level, tile) do update set hashes = excluded.hashes;

-- name: log_checkpoint_add
insert into log_checkpoints (agency, size, at, note) values ($1, $2, $3, $4);

-- name: log_checkpoint
select note from log_checkpoints where agency = $1 and size = $2;

-- name: log_checkpoint_covering
-- The first checkpoint over at least so many events.
select size, note from log_checkpoints where agency = $1 and size >= $2 order by size limit 1;

-- name: log_checkpoint_witnessed
-- The first one over at least so many events that another registry has signed.
select size from log_cosignatures where agency = $1 and size >= $2 order by size limit 1;

-- name: log_checkpoint_page
select size, note from log_checkpoints where agency = $1 and size > $2 order by size limit $3;

-- name: log_cosignature_add
insert into log_cosignatures (agency, size, witness, at, line) values ($1, $2, $3, $4, $5)
on conflict (agency, size, witness) do nothing;

-- name: log_cosignatures
select line from log_cosignatures where agency = $1 and size = $2 order by witness;

-- name: log_witness_save
insert into log_witnesses (agency, witness, size, at) values ($1, $2, $3, $4)
on conflict (agency, witness) do update set size = excluded.size, at = excluded.at;

-- name: log_witness
select size from log_witnesses where agency = $1 and witness = $2;

-- name: log_followed
select size, note from log_followed where agency = $1 and log = $2;

-- name: log_followed_save
insert into log_followed (agency, log, size, note, at) values ($1, $2, $3, $4, $5)
on conflict (agency, log) do update set size = excluded.size, note = excluded.note, at = excluded.at;

-- name: log_alarm_add
insert into log_alarms (agency, log, id, kind, size, note, seen_note, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (agency, log, id) do nothing;

-- name: report_log_alarms
select agency, log, kind, size, at from log_alarms order by at desc, agency, log, id limit $1;
