-- name: seal_add
insert into seals (agency, id, version, kind, name, state, reason, requested_by, requested_at, decided_by, decided_at, es_id,
                   valid_from, valid_until, ended_by, ended_at, ended_reason)
values ($1, $2, 1, $3, $4, 'requested', $5, $6, $7, '', 0, '', 0, 0, '', 0, '');

-- name: seal_find
select id, version, kind, name, state, reason, requested_by, requested_at, decided_by, decided_at, es_id, valid_from,
       valid_until, ended_by, ended_at, ended_reason
  from seals where agency = $1 and id = $2;

-- name: seals_of
select id, version, kind, name, state, reason, requested_by, requested_at, decided_by, decided_at, es_id, valid_from,
       valid_until, ended_by, ended_at, ended_reason
  from seals where agency = $1 order by requested_at, id limit $2;

-- name: seal_in_force
select id, version, kind, name, state, reason, requested_by, requested_at, decided_by, decided_at, es_id, valid_from,
       valid_until, ended_by, ended_at, ended_reason
  from seals where agency = $1 and kind = $2 and state = 'issued';

-- name: seal_change
update seals set version = $4, state = $5, decided_by = $6, decided_at = $7, es_id = $8, valid_from = $9, valid_until = $10,
                 ended_by = $11, ended_at = $12, ended_reason = $13
 where agency = $1 and id = $2 and version = $3 returning id;

-- name: seal_use_add
insert into seal_uses (agency, seal, serial_number, account, duty, purpose, subject, used_at)
values ($1, $2, (select coalesce(max(serial_number), 0) + 1 from seal_uses where agency = $1 and seal = $2), $3, $4, $5, $6,
        $7);

-- name: seal_uses_of
-- Newest first, from below $3.
select serial_number, account, duty, purpose, subject, used_at
  from seal_uses where agency = $1 and seal = $2 and serial_number < $3 order by serial_number desc limit $4;
