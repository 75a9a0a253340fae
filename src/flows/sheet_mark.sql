-- name: sheet_mark
-- What tells a case sheet from every other one: the versions of the case and of its unit, and when they came to be. Two
-- modules' rows in one statement, because opening a sheet asks for nothing else most of the time.
select c.version, c.changed_at, u.version, u.changed_at
  from cases c
  left join register_units u on u.agency = c.agency and u.unit_number = c.unit_number
 where c.agency = $1 and c.number = $2;
