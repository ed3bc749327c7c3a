-- What the screens read. Dropped and rebuilt from the mirror when its version rises; holds nothing that exists only here.
-- `number`, `patient`, `thread`, `ref`: numbers of resource_ref, so that what a slice of a sync brings is appended instead of strewn.

CREATE TABLE patient (
  number INTEGER PRIMARY KEY,
  version_id TEXT NOT NULL,
  family_name TEXT NOT NULL,
  given_names TEXT NOT NULL,
  nhi TEXT,
  restricted INTEGER NOT NULL,
  deceased INTEGER NOT NULL,
  -- JSON of the domain Patient without allergies and proxies, which have rows of their own.
  detail TEXT NOT NULL
) STRICT;

CREATE TABLE allergy (number INTEGER PRIMARY KEY, patient INTEGER NOT NULL, status TEXT NOT NULL, substance TEXT NOT NULL, reaction TEXT, severe INTEGER NOT NULL) STRICT;
CREATE INDEX allergy_patient ON allergy (patient);

CREATE TABLE proxy (number INTEGER PRIMARY KEY, patient INTEGER NOT NULL, name TEXT NOT NULL, relationship TEXT NOT NULL, until_on TEXT, can_read INTEGER NOT NULL) STRICT;
CREATE INDEX proxy_patient ON proxy (patient);

CREATE TABLE staff (number INTEGER PRIMARY KEY, practitioner_id TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, cpn TEXT, active INTEGER NOT NULL) STRICT;

-- One row per triage Task. Columns are what the row shows after our own waiting changes; server_state is what the server said.
CREATE TABLE work_item (
  -- Made of the second of arrival (work-item.ts): the higher, the newer.
  row INTEGER PRIMARY KEY,
  -- The Task's.
  id TEXT NOT NULL UNIQUE,
  version_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  patient_id TEXT,
  family_name TEXT NOT NULL,
  given_names TEXT NOT NULL,
  nhi TEXT,
  subject TEXT NOT NULL,
  preview TEXT NOT NULL,
  priority TEXT NOT NULL,
  status TEXT NOT NULL,
  open INTEGER NOT NULL,
  -- 0 pinned (urgent group), 1 the rest.
  rank INTEGER NOT NULL,
  owner_id TEXT,
  owner_name TEXT,
  pool TEXT,
  arrived_at TEXT NOT NULL,
  -- Newest thing in the item from outside; compared with read_mark.
  newest_at TEXT NOT NULL,
  due_at TEXT,
  closed_at TEXT,
  unread INTEGER NOT NULL,
  -- Space-separated ItemFlag.
  flags TEXT NOT NULL,
  pending TEXT NOT NULL,
  -- Communication thread, first proposal or DiagnosticReport id that the Task focuses on.
  focus_ref TEXT,
  -- Of the Tasks of one kind about one thing the oldest has the item's key (item-key.ts); 1: this one.
  holds_key INTEGER NOT NULL,
  -- 1: the Task names its item by our identifier.
  identified INTEGER NOT NULL,
  -- JSON of ServerState (pending-changes.ts) as on the server, while a change of ours waits; else null.
  server_state TEXT
) STRICT;
-- One index per list, holding all that orders it: a page is found by its first row's key, without sorting and without OFFSET over the whole.
CREATE INDEX work_item_all ON work_item (arrived_at, id) WHERE open = 1;
CREATE INDEX work_item_owner ON work_item (owner_id, rank, arrived_at, id) WHERE open = 1 AND owner_id IS NOT NULL;
CREATE INDEX work_item_team ON work_item (pool, rank, arrived_at, id, owner_id) WHERE open = 1 AND owner_id IS NULL;
CREATE INDEX work_item_urgent ON work_item (arrived_at, id) WHERE open = 1 AND rank = 0;
CREATE INDEX work_item_kind ON work_item (kind, rank, arrived_at, id) WHERE open = 1;
CREATE INDEX work_item_done ON work_item (closed_at, id) WHERE open = 0;
CREATE INDEX work_item_patient ON work_item (patient_id, arrived_at);
CREATE INDEX work_item_focus ON work_item (focus_ref);

-- Counts of every list, kept by lists/tally.ts: badges and totals cost a few dozen rows, however many items there are. No triggers: they make each
-- write to work_item a statement with a savepoint, and FTS5 writes a segment at every savepoint.
CREATE TABLE work_tally (
  open INTEGER NOT NULL,
  kind TEXT NOT NULL,
  -- Empty: none. Done items are counted together, whoever had them.
  pool TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  rank INTEGER NOT NULL,
  items INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  PRIMARY KEY (open, kind, pool, owner_id, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
  number INTEGER PRIMARY KEY,
  version_id TEXT NOT NULL,
  thread INTEGER NOT NULL,
  patient INTEGER,
  sent_at TEXT NOT NULL,
  from_kind TEXT NOT NULL,
  from_name TEXT NOT NULL,
  body TEXT NOT NULL,
  attachments TEXT NOT NULL,
  read_at TEXT
) STRICT;
CREATE INDEX message_thread ON message (thread, sent_at);

CREATE TABLE thread (number INTEGER PRIMARY KEY, version_id TEXT NOT NULL, patient INTEGER, topic TEXT NOT NULL, sender_kind TEXT NOT NULL) STRICT;

CREATE TABLE internal_note (number INTEGER PRIMARY KEY, task_id TEXT, patient_id TEXT, written_at TEXT NOT NULL, by_name TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX internal_note_task ON internal_note (task_id, written_at) WHERE task_id IS NOT NULL;
CREATE INDEX internal_note_patient ON internal_note (patient_id, written_at) WHERE task_id IS NULL;

-- Proposals and orders alike; `intent` tells them apart.
CREATE TABLE medicine_request (
  number INTEGER PRIMARY KEY,
  version_id TEXT NOT NULL,
  intent TEXT NOT NULL,
  status TEXT NOT NULL,
  patient INTEGER NOT NULL,
  group_id TEXT,
  based_on TEXT,
  prior_id TEXT,
  code TEXT,
  -- Lower-case key that says "same medicine": the code, or the text without strength.
  medicine_key TEXT NOT NULL,
  authored_on TEXT,
  requester_name TEXT,
  -- JSON: {genericName, brandName, strength, form, dose, supplyDays, repeatsAllowed, pharmacy, note, longTerm, validUntil}
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX medicine_request_group ON medicine_request (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX medicine_request_patient ON medicine_request (patient, medicine_key, authored_on DESC);

CREATE TABLE test_report (
  number INTEGER PRIMARY KEY,
  version_id TEXT NOT NULL,
  patient INTEGER NOT NULL,
  status TEXT NOT NULL,
  held INTEGER NOT NULL,
  reported_at TEXT,
  -- JSON: {name, collectedAt, laboratory, conclusion, labels, measurementIds}
  detail TEXT NOT NULL
) STRICT;

CREATE TABLE measurement (
  number INTEGER PRIMARY KEY,
  version_id TEXT NOT NULL,
  patient INTEGER NOT NULL,
  -- Code that says "same test": system|code, or the text.
  test_key TEXT NOT NULL,
  at TEXT,
  value TEXT NOT NULL,
  amount REAL,
  unit TEXT,
  -- JSON: {name, flag, reference, note, held}
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX measurement_trend ON measurement (patient, test_key, at DESC);

-- Words of an item, without macrons; rowid = work_item.row, so newest first is by rowid (PERFORMANCE).
CREATE VIRTUAL TABLE item_words USING fts5 (words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4', content = '', contentless_delete = 1);
-- Merging is done in slices between batches (search.ts); an automatic merge in the middle of an act would take seconds at a million items.
INSERT INTO item_words (item_words, rank) VALUES ('automerge', 0);
INSERT INTO item_words (item_words, rank) VALUES ('deletemerge', 0);
INSERT INTO item_words (item_words, rank) VALUES ('crisismerge', 1000);
-- Two leaves to a database page: the default of 4,050 bytes is just too long for that and wastes half of each.
INSERT INTO item_words (item_words, rank) VALUES ('pgsz', 3960);
CREATE TABLE item_words_hash (row INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;

-- What hangs on a resource that the lists don't reach by an index of their own: project `by_ref` again when `ref` arrives or changes.
CREATE TABLE projection_dependency (by_ref INTEGER NOT NULL, ref INTEGER NOT NULL, PRIMARY KEY (by_ref, ref)) STRICT, WITHOUT ROWID;
CREATE INDEX projection_dependency_ref ON projection_dependency (ref);

-- What is left out of the screens by a rule, such as another system's Task: counted on screen (SAFETY I3).
CREATE TABLE filtered (number INTEGER PRIMARY KEY) STRICT;

-- Finished consultations: the newest is when the patient's medicines were last reviewed.
CREATE TABLE consultation (number INTEGER PRIMARY KEY, patient INTEGER NOT NULL, "on" TEXT NOT NULL) STRICT;
CREATE INDEX consultation_patient ON consultation (patient, "on");
