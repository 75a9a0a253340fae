-- name: case_code_put
insert into case_codes (agency, case_number, party, code_digest, last_day, attempts_left, made_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (agency, case_number, party) do update
   set code_digest = $4, last_day = $5, attempts_left = $6, made_at = $7;

-- name: case_code_of
select made_at from case_codes where agency = $1 and case_number = $2 and party = $3;

-- name: case_code_find
select party from case_codes
 where agency = $1 and case_number = $2 and code_digest = $3 and attempts_left > 0 and last_day >= $4;

-- name: case_code_failed
-- A wrong guess costs every code of the case one attempt: whoever guesses does not say whose he means.
update case_codes set attempts_left = attempts_left - 1 where agency = $1 and case_number = $2 and attempts_left > 0;

-- name: case_code_forget
delete from case_codes where agency = $1 and case_number = $2;

-- name: case_code_forget_party
delete from case_codes where agency = $1 and case_number = $2 and party = $3;
