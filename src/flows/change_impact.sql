-- name: impact_cases
-- Open cases of an item that are judged at this registry, in pages.
select number from cases
 where agency = $1 and item = $2 and queue not in ('none', 'done') and number > $3
 order by number limit $4;

-- name: report_impact_sittings
-- Who is collecting for the registry now, and how much.
select agency, count(*) from collections where home = $1 and item = $2 and state = 'open' group by agency order by agency;
