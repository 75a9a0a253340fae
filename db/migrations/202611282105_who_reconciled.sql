-- Screens name the person, the account stays for the record.
alter table reconciliations add column ran_by_name text not null default '';
alter table reconciliation_items add column resolved_by_name text not null default '';
