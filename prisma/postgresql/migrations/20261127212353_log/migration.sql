-- CreateTable
CREATE TABLE "log_leaf" (
    "position" INTEGER NOT NULL,
    "stream" TEXT COLLATE "C" NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "log_leaf_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "log_hash" (
    "id" INTEGER NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "log_hash_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "log_leaf_stream_seq_key" ON "log_leaf"("stream", "seq");

-- The log is append-only, as the ledger is: OM001 is how the store knows this error from others.
CREATE FUNCTION "log_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'OM001';
END;
$$;

CREATE TRIGGER "log_leaf_no_change" BEFORE UPDATE OR DELETE ON "log_leaf"
FOR EACH ROW EXECUTE FUNCTION "log_refuse"();

CREATE TRIGGER "log_leaf_no_truncate" BEFORE TRUNCATE ON "log_leaf"
FOR EACH STATEMENT EXECUTE FUNCTION "log_refuse"();

CREATE TRIGGER "log_hash_no_change" BEFORE UPDATE OR DELETE ON "log_hash"
FOR EACH ROW EXECUTE FUNCTION "log_refuse"();

CREATE TRIGGER "log_hash_no_truncate" BEFORE TRUNCATE ON "log_hash"
FOR EACH STATEMENT EXECUTE FUNCTION "log_refuse"();
