-- Training runs: branches, rounds, the ledger of optimizer steps, checkpoints. `experiment` has no foreign key: a run may be started alone.
create table run (
    id                text primary key,
    phase             text        not null check (phase in ('WARM_START', 'ARM')),
    experiment        text        not null,
    arm               text        not null,
    seed              bigint      not null,
    spec_digest       digest      not null,
    base_checkpoint   digest,
    threads           integer     not null check (threads >= 0),
    state             text        not null check (state in ('CREATED', 'RUNNING', 'PAUSED', 'WAITING_FOR_POLICY', 'WAITING_FOR_OPERATOR', 'COMPLETED', 'FAILED', 'SKIPPED', 'STOPPED')),
    reason            text,
    base_lineage      digest,
    base_state_digest digest,
    final_checkpoint  digest,
    created_at        timestamptz not null default clock_timestamp(),
    updated_at        timestamptz not null default clock_timestamp()
);
create index run_by_experiment on run (experiment, id);
create index run_by_base on run (base_checkpoint);

create table branch (
    run               text        not null references run,
    branch            integer     not null check (branch >= 0),
    parent_branch     integer,
    parent_lineage    digest,
    opened_from_round integer     not null,
    reason            text        not null,
    created_at        timestamptz not null default clock_timestamp(),
    primary key (run, branch)
);

create table round (
    run            text        not null,
    branch         integer     not null,
    round          integer     not null check (round >= 0),
    parent_lineage digest      not null,
    end_lineage    digest,
    state          text        not null check (state in ('LIVE', 'SUPERSEDED')),
    metrics        jsonb,
    created_at     timestamptz not null default clock_timestamp(),
    primary key (run, branch, round),
    foreign key (run, branch) references branch
);
create unique index round_live on round (run, round) where state = 'LIVE';

create table step_ledger (
    run            text        not null,
    branch         integer     not null,
    round          integer     not null,
    step           integer     not null check (step >= 0),
    lineage_before digest      not null,
    lineage_after  digest,
    batch_digest   digest      not null,
    rollout_digest digest,
    score_digest   digest,
    micro_batches  jsonb       not null,
    state          text        not null check (state in ('PLANNED', 'COMMITTED')),
    state_digest   digest,
    metrics        jsonb,
    token          bigint      not null,
    incarnation    text,
    attempts       integer     not null default 1,
    superseded     boolean     not null default false,
    planned_at     timestamptz not null default clock_timestamp(),
    committed_at   timestamptz,
    primary key (run, branch, step),
    foreign key (run, branch, round) references round,
    check ((state = 'COMMITTED') = (lineage_after is not null and metrics is not null))
);
-- The live path of a run is one row a step: what a replay needs, whatever branch wrote it.
create unique index step_ledger_live on step_ledger (run, step) where not superseded;
create index step_ledger_by_lineage on step_ledger (run, lineage_after);

create table checkpoint (
    id           digest primary key,
    run          text        not null references run,
    branch       integer     not null,
    step         integer     not null check (step >= 0),
    lineage      digest      not null,
    state_digest digest      not null,
    bytes        bigint      not null check (bytes >= 0),
    kind         text        not null check (kind in ('PERIODIC', 'FINAL')),
    pruned       boolean     not null default false,
    created_at   timestamptz not null default clock_timestamp()
);
create index checkpoint_by_run on checkpoint (run, step);
