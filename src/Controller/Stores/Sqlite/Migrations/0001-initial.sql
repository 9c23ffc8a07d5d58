-- Times are UTC text of fixed width, so that they sort. Ids are lower-case GUIDs. Enumerations are snake_case words. An owner is a resource: the
-- word of its type, a slash, its id.

CREATE TABLE identity (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    store_id TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    operation_sequence INTEGER NOT NULL
) STRICT;

-- When which process commanded, told by revisions: what an agent has obeyed in no term of these was commanded from another copy of the store.
CREATE TABLE epoch_terms (
    id TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    first_revision INTEGER NOT NULL,
    last_revision INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE hosts (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    name TEXT NOT NULL,
    labels TEXT NOT NULL,
    cluster_address TEXT NOT NULL,
    client_address TEXT NOT NULL,
    port_first INTEGER NOT NULL,
    port_last INTEGER NOT NULL,
    network_pool TEXT NOT NULL,
    cordoned INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    enrolled_at TEXT NOT NULL,
    UNIQUE (project, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE clusters (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    name TEXT NOT NULL,
    labels TEXT NOT NULL,
    spec TEXT NOT NULL,
    effective TEXT NOT NULL,
    revision TEXT NOT NULL,
    image_set TEXT NOT NULL,
    generation INTEGER NOT NULL,
    lifecycle TEXT NOT NULL,
    held_by TEXT,
    owner_generation INTEGER NOT NULL,
    next_ordinal INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    deleted_at TEXT,
    -- What it comes back from, as JSON.
    trash TEXT
) STRICT, WITHOUT ROWID;

-- The name of a deleted cluster may be given again.
CREATE UNIQUE INDEX clusters_living_name ON clusters (project, name) WHERE lifecycle <> 'deleted';

CREATE TABLE instances (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    host_id TEXT NOT NULL REFERENCES hosts (id),
    kind TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    member TEXT NOT NULL,
    cluster_address TEXT NOT NULL,
    client_address TEXT NOT NULL,
    subnet TEXT NOT NULL,
    generation INTEGER NOT NULL,
    initialised INTEGER NOT NULL,
    power TEXT NOT NULL,
    revision TEXT NOT NULL,
    image_label TEXT NOT NULL,
    config_hash TEXT NOT NULL,
    placement_reason TEXT NOT NULL,
    UNIQUE (owner, ordinal)
) STRICT, WITHOUT ROWID;

-- One port of a host is one instance's.
CREATE TABLE instance_ports (
    host_id TEXT NOT NULL,
    port INTEGER NOT NULL,
    instance_id TEXT NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (host_id, port),
    UNIQUE (instance_id, name)
) STRICT, WITHOUT ROWID;

-- A resource has one network on a host, shared by its instances there; a subnet of a host is one resource's.
CREATE TABLE networks (
    host_id TEXT NOT NULL,
    subnet TEXT NOT NULL,
    owner TEXT NOT NULL,
    PRIMARY KEY (host_id, subnet),
    UNIQUE (owner, host_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE operations (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    project TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    resource_name TEXT NOT NULL,
    state TEXT NOT NULL,
    steps TEXT NOT NULL,
    arguments TEXT NOT NULL,
    error_reason TEXT,
    error_message TEXT,
    cancel_requested INTEGER NOT NULL,
    warnings TEXT NOT NULL,
    principal TEXT NOT NULL,
    source_address TEXT NOT NULL,
    reason TEXT NOT NULL,
    request_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    ended_at TEXT,
    sequence INTEGER NOT NULL UNIQUE,
    done INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX operations_newest ON operations (created_at, id);
CREATE INDEX operations_of_resource ON operations (resource_id, created_at, id);
CREATE INDEX operations_open ON operations (created_at, id) WHERE done = 0;

CREATE TABLE credentials (
    owner TEXT NOT NULL,
    role TEXT NOT NULL,
    version INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    sealed BLOB NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (owner, role, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE image_sets (
    sequence INTEGER PRIMARY KEY,
    version TEXT NOT NULL UNIQUE,
    images TEXT NOT NULL
) STRICT;

CREATE TABLE leftovers (
    host_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    owner_generation INTEGER NOT NULL,
    instance_id TEXT,
    generation INTEGER NOT NULL,
    not_before TEXT NOT NULL,
    -- The explicit word without which agents remove no volume that holds data.
    destroy_data INTEGER NOT NULL,
    operation_id TEXT NOT NULL,
    PRIMARY KEY (host_id, kind, name)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: a sequence that was announced is never given again, even when the newest events were removed.
CREATE TABLE events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    project TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    principal TEXT NOT NULL,
    source_address TEXT NOT NULL,
    reason TEXT NOT NULL,
    request_id TEXT NOT NULL,
    payload TEXT NOT NULL,
    time TEXT NOT NULL
) STRICT;

CREATE TABLE idempotent_answers (
    principal TEXT NOT NULL,
    request_id TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    placement TEXT,
    PRIMARY KEY (principal, request_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    secret_sha256 TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    project TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX user_tokens_good_name ON user_tokens (name) WHERE revoked_at IS NULL;

CREATE TABLE join_tokens (
    id TEXT PRIMARY KEY,
    secret_sha256 TEXT NOT NULL UNIQUE,
    project TEXT NOT NULL,
    labels TEXT NOT NULL,
    max_uses INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    created_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE authorities (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    certificate BLOB NOT NULL,
    sealed_key BLOB NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE host_identities (
    host_id TEXT PRIMARY KEY REFERENCES hosts (id),
    public_key_sha256 TEXT NOT NULL,
    serial TEXT NOT NULL,
    certificate BLOB NOT NULL,
    not_after TEXT NOT NULL,
    -- The key that is to replace it, as JSON.
    next_key TEXT,
    revoked_at TEXT,
    join_token_id TEXT NOT NULL,
    request_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX host_identities_request ON host_identities (request_id, public_key_sha256);
