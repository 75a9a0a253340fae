-- name: login_find
select agency, account_id from logins where login = $1;

-- name: login_add
-- No row back: somebody else has the name.
insert into logins (login, agency, account_id) values ($1, $2, $3)
on conflict (login) do nothing
returning login;

-- name: account_add
insert into accounts (agency, account_id, login, name, password, duties, active, created_at)
values ($1, $2, $3, $4, $5, $6, 1, $7);

-- name: account_get
select account_id, login, name, password, duties from accounts where agency = $1 and account_id = $2 and active = 1;

-- name: account_list
select account_id, login, name, duties, active from accounts where agency = $1 order by login limit 1000;

-- name: staff_get
select account_id, name, duties, place, phone from accounts where agency = $1 and account_id = $2 and active = 1;

-- name: staff_list
select account_id, name, duties, place, phone from accounts where agency = $1 and active = 1 order by login limit 1000;

-- name: account_set_contact
update accounts set place = $3, phone = $4 where agency = $1 and login = $2 returning account_id;

-- name: account_set_active
update accounts set active = $3 where agency = $1 and login = $2 returning account_id;

-- name: account_set_password
update accounts set password = $3 where agency = $1 and login = $2 returning account_id;

-- name: session_add
insert into sessions (agency, token_digest, kind, account_id, name, case_number, party, opened_at, seen_at, ends_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9);

-- name: session_get
-- Duties come from the account as it is now: who loses a duty loses it in open sessions too.
select s.kind, s.account_id, s.name, s.case_number, s.party, s.seen_at, s.ends_at, a.duties, a.login, a.active
  from sessions s
  left join accounts a on a.agency = s.agency and a.account_id = s.account_id
 where s.agency = $1 and s.token_digest = $2;

-- name: session_touch
update sessions set seen_at = $3 where agency = $1 and token_digest = $2 and seen_at < $3;

-- name: session_end
delete from sessions where agency = $1 and token_digest = $2;

-- name: sessions_end_of_account
delete from sessions where agency = $1 and account_id = $2;

-- name: sessions_purge
delete from sessions where agency = $1 and ends_at < $2;
