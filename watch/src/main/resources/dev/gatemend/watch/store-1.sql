create table incident (
    id text primary key,
    state text not null,
    kind text not null,
    severity text not null,
    place_kind text not null,
    place text not null,
    site text,
    peer text,
    first_failure_at text not null,
    opened_at text not null,
    resolved_at text,
    reopened integer not null,
    judged integer not null,
    cause text,
    probability real,
    title text,
    verdict_site text,
    verdict_peer text,
    provisional integer not null
);
create table timeline (
    incident text not null references incident (id),
    position integer not null,
    at text not null,
    what text not null,
    why text not null,
    primary key (incident, position)
);
create table event (
    sequence bigint primary key,
    at text not null,
    event text not null,
    incident text,
    document text not null
);
create table log_line (
    incident text not null references incident (id),
    position integer not null,
    text text not null,
    primary key (incident, position)
);
create table bundle (
    incident text primary key references incident (id),
    taken_at text not null,
    content blob not null
);
