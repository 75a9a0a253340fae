-- The worker looks at waiting messages only; an index of those alone does not grow with what was sent.
drop index notices_due;
create index notices_waiting on notices (agency, due_at) where state = 'waiting';
