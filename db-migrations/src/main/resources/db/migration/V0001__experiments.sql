-- Experiments, plans, data sets and what people did to them. Time columns are for people only: no result is computed from one.
create domain digest as text check (value ~ '^[0-9a-f]{64}$');

create table experiment (
    id             text primary key,
    name           text        not null,
    digest         digest      not null,
    spec           jsonb       not null,
    operations     jsonb       not null,
    state          text        not null check (state in ('SUBMITTED', 'RUNNING', 'PAUSED', 'WAITING_FOR_POLICY', 'WAITING_FOR_OPERATOR', 'COMPLETED', 'FAILED', 'ABORTED')),
    stage          text        not null,
    reason         text,
    results_digest digest,
    report_digest  digest,
    created_at     timestamptz not null default clock_timestamp(),
    updated_at     timestamptz not null default clock_timestamp()
);
create index experiment_by_time on experiment (created_at desc, id);

create table plan (
    digest     digest primary key,
    experiment text        not null,
    body       jsonb       not null,
    created_at timestamptz not null default clock_timestamp()
);
create index plan_by_experiment on plan (experiment, created_at);

create table dataset (
    digest          digest primary key,
    spec            jsonb       not null,
    state           text        not null check (state in ('GENERATING', 'PUBLISHED')),
    manifest_digest digest,
    counts          jsonb,
    created_at      timestamptz not null default clock_timestamp(),
    published_at    timestamptz,
    check ((state = 'PUBLISHED') = (manifest_digest is not null and counts is not null))
);

create table operator_audit (
    workflow_id text        not null,
    command_id  text        not null,
    experiment  text,
    command     text        not null,
    issued_by   text        not null,
    target      text,
    reason      text        not null,
    outcome     text        not null check (outcome in ('ACCEPTED', 'REFUSED', 'DUPLICATE')),
    message     text        not null,
    issued_at   timestamptz not null,
    ordinal     bigint generated always as identity,
    primary key (workflow_id, command_id)
);
create index operator_audit_by_experiment on operator_audit (experiment, ordinal);

create table amendment (
    experiment text        not null,
    ordinal    integer     not null check (ordinal >= 0),
    command_id text        not null,
    body       jsonb       not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (experiment, ordinal),
    unique (experiment, command_id)
);

create table attempt_log (
    scope        text        not null,
    activity     text        not null,
    attempt      integer     not null check (attempt >= 1),
    failure_type text        not null,
    message      text        not null,
    failed_at    timestamptz not null default clock_timestamp(),
    ordinal      bigint generated always as identity primary key
);
create index attempt_log_by_scope on attempt_log (scope, ordinal);
