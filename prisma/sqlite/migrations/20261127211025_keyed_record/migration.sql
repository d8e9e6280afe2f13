-- Whatever is kept is keyed: who writes to the database without the key is found (design: evidence.md).
ALTER TABLE "ledger_entry" ADD COLUMN "mac" TEXT;
ALTER TABLE "stream_head" ADD COLUMN "mac" TEXT;
ALTER TABLE "subject" ADD COLUMN "mac" TEXT;
ALTER TABLE "post" ADD COLUMN "mac" TEXT;
ALTER TABLE "post" ADD COLUMN "outcome" TEXT;
ALTER TABLE "message" ADD COLUMN "mac" TEXT;
ALTER TABLE "setting" ADD COLUMN "mac" TEXT;
ALTER TABLE "vault" ADD COLUMN "recordKey" TEXT;

-- Entries written before are sealed once; nothing else of an entry ever changes.
DROP TRIGGER "ledger_entry_no_update";
CREATE TRIGGER "ledger_entry_no_update" BEFORE UPDATE ON "ledger_entry"
WHEN NOT (OLD."mac" IS NULL AND NEW."mac" IS NOT NULL
    AND NEW."id" = OLD."id" AND NEW."stream" = OLD."stream" AND NEW."seq" = OLD."seq" AND NEW."at" = OLD."at"
        AND NEW."account" = OLD."account" AND NEW."type" = OLD."type" AND NEW."body" = OLD."body"
            AND NEW."prev" = OLD."prev" AND NEW."hash" = OLD."hash"
    AND NEW."person" IS OLD."person" AND NEW."sealed" IS OLD."sealed" AND NEW."keyId" IS OLD."keyId"
        AND NEW."subjectId" IS OLD."subjectId")
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
