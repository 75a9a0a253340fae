-- name: tracking_code_get
select party, code_digest, expires_at, attempts_left, sent_at, window_started_at, sent_in_window,
       day_started_at, sent_in_day
  from tracking_codes where agency = $1 and case_number = $2 and phone_digest = $3;

-- name: tracking_code_put
insert into tracking_codes (agency, case_number, phone_digest, party, code_digest, expires_at, attempts_left, sent_at,
                            window_started_at, sent_in_window, day_started_at, sent_in_day)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (agency, case_number, phone_digest) do update
   set party = $4, code_digest = $5, expires_at = $6, attempts_left = $7, sent_at = $8, window_started_at = $9,
       sent_in_window = $10, day_started_at = $11, sent_in_day = $12;

-- name: tracking_code_attempt
update tracking_codes set attempts_left = attempts_left - 1
 where agency = $1 and case_number = $2 and phone_digest = $3 and attempts_left > 0 and expires_at > $4
returning party, code_digest;

-- name: tracking_code_use
update tracking_codes set attempts_left = 0, expires_at = 0
 where agency = $1 and case_number = $2 and phone_digest = $3;
