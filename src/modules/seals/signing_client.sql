-- name: signing_client_add
-- No row back: a living system has the name.
insert into signing_clients (agency, id, version, name, grants, state, reason, requested_by, requested_at, decided_by,
                             decided_at, secret_digest, issued_by, issued_at, ended_by, ended_at, ended_reason)
values ($1, $2, 1, $3, $4, 'requested', $5, $6, $7, '', 0, '', '', 0, '', 0, '')
on conflict do nothing
returning id;

-- name: signing_client_find
select id, version, name, grants, state, reason, requested_by, requested_at, decided_by, decided_at, secret_digest,
       issued_by, issued_at, ended_by, ended_at, ended_reason
  from signing_clients where agency = $1 and id = $2;

-- name: signing_clients_of
select id, version, name, grants, state, reason, requested_by, requested_at, decided_by, decided_at, secret_digest,
       issued_by, issued_at, ended_by, ended_at, ended_reason
  from signing_clients where agency = $1 order by requested_at, id limit $2;

-- name: signing_client_change
update signing_clients set version = $4, state = $5, decided_by = $6, decided_at = $7, secret_digest = $8,
                           issued_by = $9, issued_at = $10, ended_by = $11, ended_at = $12, ended_reason = $13
 where agency = $1 and id = $2 and version = $3 returning id;

-- name: signing_add
insert into signings (agency, id, client, seal, purpose, subject, format, source_digest, file_digest, file_bytes,
                      statement, seal_signature, signed_at, stamped_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: signing_find
select id, client, seal, purpose, subject, format, source_digest, file_digest, file_bytes, statement, seal_signature,
       signed_at, stamped_at
  from signings where agency = $1 and id = $2 and client = $3;
