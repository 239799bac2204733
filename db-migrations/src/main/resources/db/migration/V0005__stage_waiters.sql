-- Which workflows wait for the end of another: the end comes to them as a signal, the published row stays the truth.
create table stage_waiter (
    workflow_id text        not null,
    waiter      text        not null,
    created_at  timestamptz not null default now(),
    primary key (workflow_id, waiter)
);
