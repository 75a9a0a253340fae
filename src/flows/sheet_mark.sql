-- name: sheet_mark
-- What tells a case sheet from every other one: the versions of the case and of its unit, when they came to be, how many
-- other open cases there are on the unit, and the tax authority's last answer. Rows of three modules in one statement,
-- because opening a sheet asks for nothing else most of the time.
select c.version, c.changed_at, u.version, u.changed_at,
       (select count(*) from cases other
         where other.agency = c.agency and other.unit_number = c.unit_number and c.unit_number <> ''
           and other.number <> c.number and other.queue not in ('none', 'done')),
       t.version, t.asked_at
  from cases c
  left join register_units u on u.agency = c.agency and u.unit_number = c.unit_number
  left join tax_settlements t on t.agency = c.agency and t.case_number = c.number
 where c.agency = $1 and c.number = $2;
