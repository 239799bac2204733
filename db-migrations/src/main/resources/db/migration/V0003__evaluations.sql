-- Evaluations. A variant is one way of asking within the evaluation: mode, template, question or sample.
create table evaluation (
    digest       digest primary key,
    run          text,
    checkpoint   digest,
    spec         jsonb       not null,
    state        text        not null check (state in ('OPEN', 'PUBLISHED')),
    summary      jsonb,
    created_at   timestamptz not null default clock_timestamp(),
    published_at timestamptz,
    check ((state = 'PUBLISHED') = (summary is not null))
);
create index evaluation_by_run on evaluation (run);

create table evaluation_item (
    evaluation digest    not null references evaluation,
    variant    text      not null,
    ordinal    integer   not null check (ordinal >= 0),
    item       text      not null,
    completion text      not null,
    tokens     integer[] not null,
    body       jsonb     not null,
    primary key (evaluation, variant, item)
);
create unique index evaluation_item_order on evaluation_item (evaluation, variant, ordinal);
