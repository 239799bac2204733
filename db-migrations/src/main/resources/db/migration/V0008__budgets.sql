-- What the policy servers' jobs took, one row for each that ended well: a job that is asked for again on the same incarnation is the
-- same one, made again on another it was paid for twice. And what operators added to budgets.
create table policy_job (
    run          text        not null,
    job          text        not null,
    incarnation  text        not null,
    kind         text        not null,
    microseconds bigint      not null check (microseconds >= 0),
    tokens       bigint      not null check (tokens >= 0),
    ended_at     timestamptz not null default clock_timestamp(),
    primary key (run, job, incarnation)
);

alter table operator_audit add column budget text, add column amount bigint check (amount >= 0);

create index stage_waiter_by_waiter on stage_waiter (waiter);
