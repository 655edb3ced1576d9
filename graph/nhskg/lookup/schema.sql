-- The look-up index of a build, graph.sqlite: what the JSON Lines files say, laid out so that a question reads only what it
-- needs. ontology/decisions/0006-lookup-index.md tells why. Numbers are in order: documents by date and id, entities by id,
-- quotations and claims as they stand in the documents, so that "in order of number" is "in order of date".

CREATE TABLE document (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    published TEXT,
    guessed INTEGER NOT NULL,            -- whether the date is only worked out from what the text names
    author TEXT NOT NULL,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    found TEXT NOT NULL,                 -- JSON object: how title, date … were found
    pages TEXT NOT NULL,                 -- JSON list: where pages begin
    copies TEXT NOT NULL,                -- JSON list: documents with the same text that were left out
    text TEXT NOT NULL
);

CREATE TABLE entity (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    ods_code TEXT NOT NULL,
    registered INTEGER NOT NULL,
    mentioned INTEGER NOT NULL,          -- 0: only the register brings it
    aliases TEXT NOT NULL,               -- JSON list
    candidates TEXT NOT NULL,            -- JSON list of ids
    corrections TEXT,                    -- JSON list of objects, or null
    claims INTEGER NOT NULL DEFAULT 0,   -- about it, as subject or object
    documents INTEGER NOT NULL DEFAULT 0,
    first TEXT,                          -- dates of the first and the last of these documents
    last TEXT,
    pagerank REAL NOT NULL DEFAULT 0,
    betweenness REAL NOT NULL DEFAULT 0
);

-- What people may type for an entity, as finding.name_key folds it.
CREATE TABLE name (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity
);

-- From the register: the life of a body or programme, and what it was called before.
CREATE TABLE life (
    entity INTEGER PRIMARY KEY REFERENCES entity,
    kind TEXT NOT NULL,
    opened TEXT NOT NULL,
    closed TEXT NOT NULL
);
CREATE TABLE earlier_name (
    entity INTEGER NOT NULL REFERENCES entity,
    name TEXT NOT NULL,
    start TEXT NOT NULL,
    "end" TEXT NOT NULL
);

CREATE TABLE relation (
    name TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    inverse_label TEXT NOT NULL
) WITHOUT ROWID;

-- A triple with all its claims; statuses has a bit for each status that one of them has, in the order of model.Status.
CREATE TABLE statement (
    number INTEGER PRIMARY KEY,
    subject INTEGER NOT NULL REFERENCES entity,
    predicate TEXT NOT NULL,
    object INTEGER NOT NULL REFERENCES entity,
    claims INTEGER NOT NULL,
    statuses INTEGER NOT NULL,
    disputed INTEGER NOT NULL,           -- whether some of its claims contradict each other
    first TEXT,                          -- dates of the first and the last document with such a claim
    last TEXT
);

-- How many claims of a relation and a status there are on an entity; outwards where it is the subject.
CREATE TABLE claim_count (
    entity INTEGER NOT NULL REFERENCES entity,
    outwards INTEGER NOT NULL,
    predicate TEXT NOT NULL,
    status TEXT NOT NULL,
    claims INTEGER NOT NULL,
    PRIMARY KEY (entity, outwards, predicate, status)
) WITHOUT ROWID;

CREATE TABLE quotation (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE claim (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    statement INTEGER NOT NULL REFERENCES statement,
    predicate TEXT NOT NULL,
    status TEXT NOT NULL,
    speaker INTEGER REFERENCES entity,
    quotation INTEGER NOT NULL REFERENCES quotation,
    published TEXT,
    period TEXT,
    valid_from TEXT,
    valid_to TEXT,
    moment TEXT,                         -- where it stands in time: valid_from, else valid_to, else published
    former INTEGER NOT NULL,
    disputed INTEGER NOT NULL,           -- whether another claim on the same triple contradicts it
    answer INTEGER REFERENCES claim,     -- of a plan: the first later claim that the same is so or is not so
    amount TEXT,                         -- JSON object
    confidence REAL NOT NULL,
    mention TEXT NOT NULL,
    rule TEXT NOT NULL,
    corrections TEXT                     -- JSON list of objects, or null
);

-- What a line of the register says.
CREATE TABLE entry (
    number INTEGER PRIMARY KEY,
    subject INTEGER NOT NULL REFERENCES entity,
    predicate TEXT NOT NULL,
    object INTEGER NOT NULL REFERENCES entity,
    post TEXT NOT NULL,
    start TEXT NOT NULL,
    "end" TEXT NOT NULL,
    note TEXT NOT NULL,
    source TEXT NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL
);

-- Counts that would need a walk over everything.
CREATE TABLE total (
    what TEXT NOT NULL,
    key TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (what, key)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE name_words USING fts5 (
    name, content = 'name', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE name_pieces USING fts5 (
    key, content = 'name', content_rowid = 'number', tokenize = 'trigram', detail = 'none'
);
CREATE VIRTUAL TABLE quotation_words USING fts5 (
    text, content = 'quotation', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
);
