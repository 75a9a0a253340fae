-- Codes sent are counted by the day too.
alter table tracking_codes add column day_started_at bigint not null default 0;
alter table tracking_codes add column sent_in_day integer not null default 0;
