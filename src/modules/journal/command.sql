-- name: command_find
select body_digest, status, headers, body from commands where agency = $1 and account = $2 and key = $3;

-- name: command_add
insert into commands (agency, key, account, body_digest, status, headers, body, at)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: command_purge
delete from commands
 where agency = $1
   and (account, key) in (select account, key from commands where agency = $1 and at < $2 order by at limit $3)
returning key;
