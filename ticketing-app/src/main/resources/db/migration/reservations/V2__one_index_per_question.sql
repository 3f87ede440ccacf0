-- The seat map reads all claims of a performance, a hold those of its seats. Of a performance that sells since a moment the planner believes that
-- it has hardly any claims, and took this index for the hold's question as well: each hold read every claim there was. So it is
-- only for whoever names its condition, which is always true.
drop index reservations.claims_of_performance;
create index claims_of_performance on reservations.claims (performance_id) include (version) where version > 0;
