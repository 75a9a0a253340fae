-- name: case_read_add
insert into case_reads (agency, case_number, day, account, purpose, name, duty, times, first_at, last_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (agency, case_number, day, account, purpose)
do update set times = case_reads.times + excluded.times, last_at = excluded.last_at;

-- name: case_reads_of
select account, name, duty, purpose, times, first_at, last_at from case_reads
 where agency = $1 and case_number = $2 order by last_at desc, account, purpose limit 500;

-- name: case_read_today
select count(*) from case_reads where agency = $1 and case_number = $2 and day = $3 and account = $4;
