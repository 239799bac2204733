-- What was decided between the stages of an experiment, and what it was decided from: the chosen learning rates, rungs
-- of successive halving, stops for futility, looks at the seeds. The target is the stage's. The first decision stays.
create table decision (
    experiment text        not null,
    target     text        not null,
    ordinal    bigint      not null generated always as identity,
    body       jsonb       not null,
    decided_at timestamptz not null default now(),
    primary key (experiment, target)
);

insert into decision (experiment, target, body, decided_at)
select experiment, 'rung/' || number, body, decided_at from rung order by experiment, number;

drop table rung;
