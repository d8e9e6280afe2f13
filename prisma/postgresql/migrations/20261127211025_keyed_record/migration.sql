-- Whatever is kept is keyed: who writes to the database without the key is found (design: evidence.md).
ALTER TABLE "ledger_entry" ADD COLUMN "mac" TEXT COLLATE "C";
ALTER TABLE "stream_head" ADD COLUMN "mac" TEXT COLLATE "C";
ALTER TABLE "subject" ADD COLUMN "mac" TEXT COLLATE "C";
ALTER TABLE "post" ADD COLUMN "mac" TEXT COLLATE "C";
ALTER TABLE "post" ADD COLUMN "outcome" TEXT COLLATE "C";
ALTER TABLE "message" ADD COLUMN "mac" TEXT COLLATE "C";
ALTER TABLE "setting" ADD COLUMN "mac" TEXT COLLATE "C";
ALTER TABLE "vault" ADD COLUMN "recordKey" TEXT COLLATE "C";

-- Entries written before are sealed once; nothing else of an entry ever changes.
CREATE OR REPLACE FUNCTION "ledger_entry_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD."mac" IS NULL AND NEW."mac" IS NOT NULL AND
            (NEW."id", NEW."stream", NEW."seq", NEW."at", NEW."account", NEW."type", NEW."body", NEW."prev",
                NEW."hash", NEW."person", NEW."sealed", NEW."keyId", NEW."subjectId")
            IS NOT DISTINCT FROM (OLD."id", OLD."stream", OLD."seq", OLD."at", OLD."account", OLD."type", OLD."body",
                OLD."prev", OLD."hash", OLD."person", OLD."sealed", OLD."keyId", OLD."subjectId") THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'OM001';
END;
$$;
