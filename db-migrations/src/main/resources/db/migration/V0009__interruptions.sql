-- What did not go through at once, for the report's account of it. Nothing in results is computed from these.

-- Completions that a policy server was asked to sample: one row for each incarnation that began. The row is there before the
-- completions are, so that those that never came are known too. Wave 0 is the step's own draw, later ones sampled groups again.
create table rollout_draw (
    run         text    not null references run,
    branch      integer not null,
    round       integer not null,
    step        integer not null check (step >= 1),
    wave        integer not null check (wave >= 0),
    incarnation text    not null,
    samples     integer not null check (samples >= 1),
    -- Tokens of each completion when they were last looked at, in the order of the rollout; null: nobody saw any.
    lengths     integer[],
    -- Which of them were still growing then.
    growing     integer[],
    rollout     digest,
    ordinal     bigint generated always as identity,
    primary key (run, branch, step, wave, incarnation),
    check ((lengths is null) = (growing is null)),
    check (rollout is null or (lengths is not null and cardinality(growing) = 0))
);

-- How often a run's policy had to be brought back to where the run stood.
create table policy_return (
    run      text    not null references run,
    branch   integer not null,
    round    integer not null,
    token    bigint  not null,
    lineage  digest  not null,
    -- Whether a checkpoint or the base was gone back to; else stored batches alone did it.
    restored boolean not null,
    replayed integer not null check (replayed >= 0),
    ordinal  bigint generated always as identity,
    primary key (run, token, lineage)
);

-- Effects that did not stand after their activity's first attempt, with the attempt after which they did.
create table repeated_effect (
    run      text    not null references run,
    branch   integer not null,
    round    integer not null,
    step     integer not null check (step >= 0),
    activity text    not null,
    attempt  integer not null check (attempt >= 2),
    ordinal  bigint generated always as identity,
    primary key (run, branch, round, step, activity)
);
