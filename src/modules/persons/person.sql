-- name: person_code_get
select sent_at, hour_started_at, sent_in_hour, day_started_at, sent_in_day
  from person_codes where agency = $1 and phone_digest = $2;

-- name: person_code_put
insert into person_codes (agency, phone_digest, code_digest, expires_at, attempts_left, sent_at, hour_started_at,
                          sent_in_hour, day_started_at, sent_in_day)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (agency, phone_digest) do update
   set code_digest = $3, expires_at = $4, attempts_left = $5, sent_at = $6, hour_started_at = $7, sent_in_hour = $8,
       day_started_at = $9, sent_in_day = $10;

-- name: person_code_attempt
update person_codes set attempts_left = attempts_left - 1
 where agency = $1 and phone_digest = $2 and attempts_left > 0 and expires_at > $3
returning code_digest;

-- name: person_code_use
-- No row back: somebody used it in the meantime.
update person_codes set attempts_left = 0, expires_at = 0
 where agency = $1 and phone_digest = $2 and code_digest = $3 and expires_at > $4
returning phone_digest;

-- name: person_find
select id, name, identity, version from persons where agency = $1 and number_digest = $2 and phone_digest = $3;

-- name: person_add
insert into persons (agency, id, number_digest, phone_digest, name, number_sealed, number_masked, phone_sealed,
                     phone_masked, identity, liveness, version, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $12);

-- name: person_identified
update persons set name = $3, identity = $4, version = $5 where agency = $1 and id = $2;

-- name: person_get
select name, number_sealed, number_masked, number_digest, phone_sealed, phone_masked, phone_digest, identity, liveness,
       version
  from persons where agency = $1 and id = $2;

-- name: person_live
update persons set liveness = $3, version = $4 where agency = $1 and id = $2;

-- name: liveness_add
insert into liveness_checks (agency, id, person, request, state, transaction_id, score, live, consented_at, expires_at,
                             answered_at)
values ($1, $2, $3, $4, 'open', '', 0, 0, $5, $6, 0);

-- name: liveness_find_request
select id, state, expires_at from liveness_checks where agency = $1 and person = $2 and request = $3;

-- name: liveness_get
select person, state, transaction_id, score, live, consented_at, expires_at
  from liveness_checks where agency = $1 and id = $2;

-- name: liveness_answer
update liveness_checks set state = $3, transaction_id = $4, score = $5, live = $6, answered_at = $7
 where agency = $1 and id = $2 and state = 'open';

-- name: liveness_purge
-- What led to nothing is of no use to anybody; what passed is kept in the account.
delete from liveness_checks where agency = $1 and expires_at < $2;

-- name: person_codes_purge
delete from person_codes where agency = $1 and day_started_at < $2;
