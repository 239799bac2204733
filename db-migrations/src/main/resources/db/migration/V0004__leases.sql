-- Policy servers and leases. The lease row outlives its holder, so that the token of a run only ever grows.
create table policy_server (
    name             text primary key,
    address          text        not null,
    capacity         integer     not null check (capacity >= 1),
    incarnation      text,
    state            text        not null check (state in ('READY', 'RECOVERING')),
    recovery_owner   text,
    recovering_since timestamptz,
    updated_at       timestamptz not null default clock_timestamp(),
    check ((state = 'RECOVERING') = (recovery_owner is not null and recovering_since is not null))
);

create table lease (
    run                text primary key,
    server             text        not null references policy_server,
    holder_workflow_id text,
    holder_run_id      text,
    token              bigint      not null check (token >= 1),
    ttl_millis         bigint      not null check (ttl_millis >= 1),
    expires_at         timestamptz not null,
    check ((holder_workflow_id is null) = (holder_run_id is null))
);
create index lease_by_server on lease (server) where holder_workflow_id is not null;

create table lease_ticket (
    ticket             bigint generated always as identity primary key,
    server             text        not null references policy_server,
    run                text        not null,
    holder_workflow_id text        not null,
    expires_at         timestamptz not null,
    requested_at       timestamptz not null default clock_timestamp(),
    unique (server, run, holder_workflow_id)
);
