-- Rungs of successive halving: what was known of every arm, and which go on. A decided rung never changes.
create table rung (
    experiment text        not null,
    number     integer     not null check (number > 0),
    body       jsonb       not null,
    decided_at timestamptz not null default now(),
    primary key (experiment, number)
);
