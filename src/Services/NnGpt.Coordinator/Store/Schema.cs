namespace NnGpt.Coordinator.Store;

/// <summary>The tables, as steps from one version (PRAGMA user_version) to the next.</summary>
internal static class Schema
{
    // "NGPT": marks the file as ours.
    public const int ApplicationId = 0x4E475054;

    public static readonly string[] Steps =
    [
        """
        CREATE TABLE experiments (
          id TEXT PRIMARY KEY,
          name TEXT NOT NULL,
          profile TEXT NOT NULL,
          seed INTEGER NOT NULL,
          state INTEGER NOT NULL,
          stage INTEGER NOT NULL,
          cycle INTEGER NOT NULL DEFAULT 0,
          adapter TEXT NOT NULL DEFAULT '',
          message TEXT NOT NULL DEFAULT '',
          created INTEGER NOT NULL,
          ended INTEGER,
          stage_since INTEGER NOT NULL,
          progress INTEGER NOT NULL,
          resends INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE cycles (
          experiment TEXT NOT NULL REFERENCES experiments (id),
          number INTEGER NOT NULL,
          stage INTEGER NOT NULL,
          requested INTEGER NOT NULL,
          threshold REAL NOT NULL,
          adapter TEXT NOT NULL,
          next_adapter TEXT NOT NULL DEFAULT '',
          training_set TEXT NOT NULL DEFAULT '',
          losses TEXT NOT NULL DEFAULT '[]',
          seconds TEXT NOT NULL DEFAULT '{}',
          PRIMARY KEY (experiment, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE candidates (
          id TEXT PRIMARY KEY,
          experiment TEXT NOT NULL,
          cycle INTEGER NOT NULL,
          idx INTEGER NOT NULL,
          status TEXT NOT NULL,
          source TEXT,
          origin BLOB,
          validation BLOB,
          training BLOB,
          novelty BLOB,
          lost INTEGER NOT NULL DEFAULT 0,
          lost_detail TEXT NOT NULL DEFAULT '',
          accuracy REAL,
          parameters INTEGER NOT NULL DEFAULT 0,
          admitted INTEGER,
          created INTEGER NOT NULL,
          finished INTEGER,
          FOREIGN KEY (experiment, cycle) REFERENCES cycles (experiment, number)
        ) STRICT;
        CREATE UNIQUE INDEX candidates_position ON candidates (experiment, cycle, idx);
        CREATE INDEX candidates_accuracy ON candidates (experiment, accuracy);
        CREATE TABLE rescores (
          candidate TEXT NOT NULL REFERENCES candidates (id),
          seed INTEGER NOT NULL,
          experiment TEXT NOT NULL,
          outcome BLOB,
          PRIMARY KEY (candidate, seed)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE outbox (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          experiment TEXT NOT NULL,
          routing_key TEXT NOT NULL,
          message_id TEXT NOT NULL,
          type TEXT NOT NULL,
          body BLOB NOT NULL
        ) STRICT;
        CREATE TABLE probe (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
        """,
        """
        ALTER TABLE candidates ADD COLUMN structure BLOB;
        CREATE TABLE graphs (candidate TEXT PRIMARY KEY REFERENCES candidates (id), body BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE corpus_graphs (source BLOB PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
        """,

        // Counts the changes of an experiment's candidates: who watches asks for those after the last one it has seen.
        """
        ALTER TABLE candidates ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX candidates_revision ON candidates (experiment, revision);
        """,

        // A letter that comes again, since its acknowledgement was lost or it died again, is the same one: the digest says so.
        """
        CREATE TABLE dead_letters (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          digest BLOB NOT NULL UNIQUE,
          received INTEGER NOT NULL,
          deaths INTEGER NOT NULL,
          queue TEXT NOT NULL,
          reason TEXT NOT NULL,
          routing_key TEXT NOT NULL,
          message_id TEXT NOT NULL,
          type TEXT NOT NULL,
          experiment TEXT NOT NULL,
          cycle INTEGER NOT NULL,
          first INTEGER NOT NULL,
          candidates INTEGER NOT NULL,
          bytes INTEGER NOT NULL,
          body BLOB
        ) STRICT;
        """,
    ];
}
