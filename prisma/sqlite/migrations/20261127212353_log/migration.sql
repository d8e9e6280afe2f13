-- CreateTable
CREATE TABLE "log_leaf" (
    "position" INTEGER NOT NULL PRIMARY KEY,
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "log_hash" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "log_leaf_stream_seq_key" ON "log_leaf"("stream", "seq");

-- The log is append-only, as the ledger is.
CREATE TRIGGER "log_leaf_no_update" BEFORE UPDATE ON "log_leaf"
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

CREATE TRIGGER "log_leaf_no_delete" BEFORE DELETE ON "log_leaf"
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

-- INSERT OR REPLACE deletes without firing a delete trigger.
CREATE TRIGGER "log_leaf_no_replace" BEFORE INSERT ON "log_leaf"
WHEN EXISTS (
    SELECT 1 FROM "log_leaf" WHERE "position" = NEW."position"
    UNION ALL
    SELECT 1 FROM "log_leaf" WHERE "stream" = NEW."stream" AND "seq" = NEW."seq"
)
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

CREATE TRIGGER "log_hash_no_update" BEFORE UPDATE ON "log_hash"
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

CREATE TRIGGER "log_hash_no_delete" BEFORE DELETE ON "log_hash"
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

-- INSERT OR REPLACE deletes without firing a delete trigger.
CREATE TRIGGER "log_hash_no_replace" BEFORE INSERT ON "log_hash"
WHEN EXISTS (SELECT 1 FROM "log_hash" WHERE "id" = NEW."id")
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;
