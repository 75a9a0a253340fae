-- name: own_case_put
-- Messages may overtake each other; what is older than the row changes nothing.
insert into own_cases (agency, number_digest, case_number, home, party, name, phone_digest, item, item_name, state, turn,
                       stage_text, due_on, location_sealed, ended, case_version, changed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
on conflict (agency, number_digest, case_number) do update
   set party = $5, name = $6, phone_digest = $7, item = $8, item_name = $9, state = $10, turn = $11, stage_text = $12,
       due_on = $13, location_sealed = $14, ended = $15, case_version = $16, changed_at = $17
 where own_cases.case_version < $16;

-- name: own_case_forget
-- Who was a party and is none any more.
delete from own_cases where agency = $1 and case_number = $2 and case_version < $3;

-- name: own_case_list
-- At $4 = 1 (a living face) everything under the number; below that only what was left with this very phone.
select case_number, home, item, item_name, state, turn, stage_text, due_on, location_sealed, ended, changed_at
  from own_cases
 where agency = $1 and number_digest = $2 and (phone_digest = $3 or $4 = 1)
   and (changed_at < $5 or (changed_at = $5 and case_number < $6))
 order by changed_at desc, case_number desc
 limit $7;

-- name: own_case_hidden
select case_number from own_cases where agency = $1 and number_digest = $2 and phone_digest <> $3 limit 1;

-- name: own_case_get
select home, party, name from own_cases
 where agency = $1 and number_digest = $2 and case_number = $3 and (phone_digest = $4 or $5 = 1);

-- name: own_application_put
-- Messages may overtake each other; what is older than the row changes nothing.
insert into own_applications (agency, account, id, home, case_number, item, item_name, state, sitting_version, changed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (agency, account, id) do update
   set case_number = $5, state = $8, sitting_version = $9, changed_at = $10
 where own_applications.sitting_version < $9 and own_applications.home = $4;

-- name: own_application_list
-- What an account has begun and what has not come to an end, last changed first.
select id, home, case_number, item, item_name, state, changed_at
  from own_applications
 where agency = $1 and account = $2 and state in ('open', 'pushed', 'received', 'supplement')
 order by changed_at desc, id desc
 limit 50;
