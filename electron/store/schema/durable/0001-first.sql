-- What only this computer knows. Never dropped, never rebuilt; numbered migrations, not edited after release.

-- One row: who and what this file belongs to. A file opened for somebody else is refused (SAFETY I14).
CREATE TABLE store_identity (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  store_id TEXT NOT NULL,
  server TEXT NOT NULL,
  practice_name TEXT NOT NULL,
  subject TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  staff_json TEXT NOT NULL,
  cipher_suite TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- The session's refresh token, readable only with the store's key.
CREATE TABLE session_token (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  refresh_token TEXT,
  token_endpoint TEXT NOT NULL,
  -- Null: the server has none, and a sign-out ends here only.
  revocation_endpoint TEXT,
  scope TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('usable', 'in-flight', 'dead')),
  updated_at TEXT NOT NULL
) STRICT;

-- Which text of projections.sql the projections were made with, and the objects it made: dropped and made anew when it changes.
CREATE TABLE projection_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sha256 TEXT NOT NULL,
  rebuild_pending INTEGER NOT NULL CHECK (rebuild_pending IN (0, 1))
) STRICT;
CREATE TABLE projection_object (type TEXT NOT NULL, name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Last record of the intent journal that a committed act wrote: a journal that ends before it is older than this file (SAFETY I22).
CREATE TABLE journal_state (one INTEGER PRIMARY KEY CHECK (one = 1), last_number INTEGER NOT NULL) STRICT;
INSERT INTO journal_state (one, last_number) VALUES (1, 0);

-- Every resource that is here or that something here names, whether it has arrived or not. Its number stands for it in the mirror and in the
-- projections, never in a table of what only this computer knows: another file numbers otherwise.
CREATE TABLE resource_ref (number INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX resource_ref_id ON resource_ref (type, id);

-- Raw mirror of the server: the JSON text exactly as received. Not WITHOUT ROWID: there a body of 2 kB goes to an overflow page of its own (5 times the file).
CREATE TABLE resource (
  number INTEGER PRIMARY KEY,
  version_id TEXT NOT NULL,
  last_updated TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  body BLOB NOT NULL
) STRICT;
CREATE INDEX resource_deleted ON resource (deleted) WHERE deleted = 1;

-- What could not be read or projected: kept whole, counted on screen, never dropped (SAFETY I3).
CREATE TABLE quarantine (
  ref TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  version_id TEXT,
  reason TEXT NOT NULL,
  patient_id TEXT,
  body BLOB NOT NULL,
  since TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Pull state per resource type; committed with the page it belongs to (SAFETY I12). Times are the server's.
CREATE TABLE sync_cursor (
  type TEXT NOT NULL,
  scope TEXT NOT NULL,
  watermark TEXT,
  walk_next TEXT,
  walk_high TEXT,
  server_date TEXT,
  completed_at TEXT,
  PRIMARY KEY (type, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  op_id TEXT NOT NULL UNIQUE,
  -- The patient, else 'practice': changes of one lane leave one after the other.
  lane TEXT NOT NULL,
  -- Both null: on a patient or on the practice.
  item_key TEXT,
  task_id TEXT,
  patient_id TEXT,
  author_id TEXT NOT NULL,
  author_subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- JSON of QueuedChange, complete when queued.
  change TEXT NOT NULL,
  -- SHA-256 of what was asked; empty for what was recovered.
  request_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'unknown', 'done', 'conflict', 'rejected', 'needs-sign-in', 'undone')),
  created_at TEXT NOT NULL,
  sends_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before TEXT,
  problem TEXT,
  recovered INTEGER NOT NULL DEFAULT 0 CHECK (recovered IN (0, 1)),
  finished_at TEXT
) STRICT;
CREATE INDEX outbox_open ON outbox (seq) WHERE state NOT IN ('done', 'undone');
CREATE INDEX outbox_lane ON outbox (lane, seq) WHERE state NOT IN ('done', 'undone');
CREATE INDEX outbox_task ON outbox (task_id, seq) WHERE state NOT IN ('done', 'undone');
CREATE INDEX outbox_sent ON outbox (finished_at, seq) WHERE state = 'done';
CREATE INDEX outbox_policy ON outbox (seq) WHERE kind = 'draft-policy';

-- The bodies that the author saw, kept until the change is confirmed: base of If-Match, of rebasing and of the conflict screen.
CREATE TABLE outbox_base (
  op_id TEXT NOT NULL,
  ref TEXT NOT NULL,
  version_id TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (op_id, ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_base_ref ON outbox_base (ref);

-- Append-only and hash-chained: hash = SHA-256(previous hash || canonical JSON of the row) (SAFETY I26).
CREATE TABLE audit_event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  op_id TEXT NOT NULL UNIQUE,
  recorded_at TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  action TEXT NOT NULL,
  item_key TEXT,
  task_id TEXT,
  patient_id TEXT,
  detail TEXT NOT NULL,
  uploaded_at TEXT,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_event_to_upload ON audit_event (seq) WHERE uploaded_at IS NULL;
CREATE INDEX audit_event_item ON audit_event (item_key, seq) WHERE item_key IS NOT NULL;
CREATE TRIGGER audit_event_is_append_only BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER audit_event_is_not_rewritten BEFORE UPDATE OF seq, op_id, recorded_at, staff_id, action, item_key, task_id, patient_id, detail, hash ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;

CREATE TABLE draft (
  -- Of a note on a patient: `patient|Patient/<id>`.
  item_key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('reply', 'note', 'patient-note', 'release-comment', 'decline-text')),
  body TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (item_key, kind)
) STRICT, WITHOUT ROWID;

-- Which version of an item this person has read: unread is "newer than that".
CREATE TABLE read_mark (
  item_key TEXT PRIMARY KEY,
  -- Newest thing in the item that had arrived when it was read; empty string after "mark unread".
  read_to TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys that an item was known by before: its thread's header arrived late, or its Task was given a name. Marks, drafts and links under them still find it.
CREATE TABLE item_alias (alias TEXT PRIMARY KEY, item_key TEXT NOT NULL) STRICT, WITHOUT ROWID;
