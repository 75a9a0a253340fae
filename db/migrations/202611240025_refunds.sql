-- Money that paid a bill of a case that then ended without an entry: it settled the bill, so its outcome stays, and it
-- is to be given back since this time.
alter table payments add column refund_due_at bigint;

-- The money of a registry that people must give back, without reading all that ever arrived.
create index payments_to_refund on payments (agency, received_at) where outcome <> 'settled' or refund_due_at is not null;
