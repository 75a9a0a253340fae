-- The number under which the tax office gives tax back, as the payer told it: followed here, paid there (H41).
alter table tax_settlements add column refund_reference text not null default '';
