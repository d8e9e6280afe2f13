-- Text is COLLATE "C" throughout: the same order as on SQLite, on every server, whatever its locale.
-- CreateTable
CREATE TABLE "ledger_entry" (
    "id" SERIAL NOT NULL,
    "stream" TEXT COLLATE "C" NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "person" TEXT COLLATE "C",
    "account" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,
    "sealed" TEXT COLLATE "C",
    "keyId" TEXT COLLATE "C",
    "subjectId" TEXT COLLATE "C",
    "prev" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream_head" (
    "stream" TEXT COLLATE "C" NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "stream_head_pkey" PRIMARY KEY ("stream")
);

-- CreateTable
CREATE TABLE "subject" (
    "id" TEXT COLLATE "C" NOT NULL,
    "lookup" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "createdAt" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "subject_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subject_key" (
    "id" TEXT COLLATE "C" NOT NULL,
    "subjectId" TEXT COLLATE "C" NOT NULL,
    "wrapped" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "subject_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request" (
    "ref" TEXT COLLATE "C" NOT NULL,
    "subjectId" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "status" TEXT COLLATE "C" NOT NULL,
    "outcome" TEXT COLLATE "C",
    "owner" TEXT COLLATE "C",
    "scope" TEXT COLLATE "C" NOT NULL,
    "loggedAt" TEXT COLLATE "C" NOT NULL,
    "receivedAt" TEXT COLLATE "C" NOT NULL,
    "receiptDay" TEXT COLLATE "C" NOT NULL,
    "due" TEXT COLLATE "C" NOT NULL,
    "target" TEXT COLLATE "C" NOT NULL,
    "ackDue" TEXT COLLATE "C" NOT NULL,
    "acknowledged" BOOLEAN NOT NULL,
    "freeze" TEXT COLLATE "C" NOT NULL,
    "nextDueAt" TIMESTAMP(3),
    "retainedUntil" TEXT COLLATE "C",
    "openRecipients" INTEGER NOT NULL,
    "closedAt" TEXT COLLATE "C",
    "pack" TEXT COLLATE "C" NOT NULL,
    "packHash" TEXT COLLATE "C" NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "request_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "disclosure" (
    "ref" TEXT COLLATE "C" NOT NULL,
    "subjectId" TEXT COLLATE "C" NOT NULL,
    "status" TEXT COLLATE "C" NOT NULL,
    "offered" BOOLEAN NOT NULL,
    "basis" TEXT COLLATE "C" NOT NULL,
    "recipient" TEXT COLLATE "C" NOT NULL,
    "categories" TEXT COLLATE "C" NOT NULL,
    "consent" TEXT COLLATE "C",
    "template" TEXT COLLATE "C",
    "requestedBy" TEXT COLLATE "C",
    "requestedAt" TEXT COLLATE "C" NOT NULL,
    "askedAt" TEXT COLLATE "C" NOT NULL,
    "decidedBy" TEXT COLLATE "C",
    "decidedAt" TEXT COLLATE "C",
    "sentAt" TEXT COLLATE "C",
    "sentDay" TEXT COLLATE "C",
    "withhold" TEXT COLLATE "C",
    "nextDueAt" TIMESTAMP(3),
    "pack" TEXT COLLATE "C" NOT NULL,
    "packHash" TEXT COLLATE "C" NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "disclosure_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "consent" (
    "ref" TEXT COLLATE "C" NOT NULL,
    "subjectId" TEXT COLLATE "C" NOT NULL,
    "recipient" TEXT COLLATE "C",
    "categories" TEXT COLLATE "C" NOT NULL,
    "live" TEXT COLLATE "C" NOT NULL,
    "grantedAt" TEXT COLLATE "C" NOT NULL,
    "recordedAt" TEXT COLLATE "C" NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "standing" (
    "number" INTEGER NOT NULL,
    "recipient" TEXT COLLATE "C" NOT NULL,
    "template" TEXT COLLATE "C" NOT NULL,
    "categories" TEXT COLLATE "C" NOT NULL,
    "fromDay" TEXT COLLATE "C" NOT NULL,
    "untilDay" TEXT COLLATE "C" NOT NULL,
    "givenBy" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "standing_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "staff" (
    "person" TEXT COLLATE "C" NOT NULL,
    "roles" TEXT COLLATE "C" NOT NULL,
    "trainedUntil" TEXT COLLATE "C",
    "active" BOOLEAN NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("person")
);

-- CreateTable
CREATE TABLE "staff_account" (
    "account" TEXT COLLATE "C" NOT NULL,
    "person" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "staff_account_pkey" PRIMARY KEY ("account")
);

-- CreateTable
CREATE TABLE "channel" (
    "surface" TEXT COLLATE "C" NOT NULL,
    "channel" TEXT COLLATE "C" NOT NULL,
    "uses" TEXT COLLATE "C" NOT NULL,
    "locale" TEXT COLLATE "C",

    CONSTRAINT "channel_pkey" PRIMARY KEY ("surface","channel")
);

-- CreateTable
CREATE TABLE "pack" (
    "hash" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "text" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "pack_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "counter" (
    "series" TEXT COLLATE "C" NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "counter_pkey" PRIMARY KEY ("series")
);

-- CreateTable
CREATE TABLE "post" (
    "id" SERIAL NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "surface" TEXT COLLATE "C" NOT NULL,
    "effect" TEXT COLLATE "C" NOT NULL,
    "lane" TEXT COLLATE "C" NOT NULL,
    "status" TEXT COLLATE "C" NOT NULL,
    "attempt" INTEGER NOT NULL,
    "notBefore" TIMESTAMP(3) NOT NULL,
    "leaseUntil" TIMESTAMP(3),
    "lastError" TEXT COLLATE "C",
    "createdAt" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "slot" TEXT COLLATE "C" NOT NULL,
    "channel" TEXT COLLATE "C" NOT NULL,
    "messageId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("slot")
);

-- CreateTable
CREATE TABLE "claim" (
    "invocation" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("invocation")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "vault" (
    "id" INTEGER NOT NULL,
    "check" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "vault_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entry_stream_seq_key" ON "ledger_entry"("stream", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "subject_lookup_key" ON "subject"("lookup");

-- CreateIndex
CREATE UNIQUE INDEX "subject_key_subjectId_key" ON "subject_key"("subjectId");

-- CreateIndex
CREATE INDEX "request_nextDueAt_ref_idx" ON "request"("nextDueAt", "ref");

-- CreateIndex
CREATE INDEX "request_status_due_ref_idx" ON "request"("status", "due", "ref");

-- CreateIndex
CREATE INDEX "request_subjectId_idx" ON "request"("subjectId");

-- CreateIndex
CREATE INDEX "request_retainedUntil_idx" ON "request"("retainedUntil");

-- CreateIndex
CREATE INDEX "disclosure_nextDueAt_ref_idx" ON "disclosure"("nextDueAt", "ref");

-- CreateIndex
CREATE INDEX "disclosure_status_ref_idx" ON "disclosure"("status", "ref");

-- CreateIndex
CREATE INDEX "disclosure_subjectId_ref_idx" ON "disclosure"("subjectId", "ref");

-- CreateIndex
CREATE INDEX "disclosure_sentDay_ref_idx" ON "disclosure"("sentDay", "ref");

-- CreateIndex
CREATE INDEX "consent_subjectId_ref_idx" ON "consent"("subjectId", "ref");

-- CreateIndex
CREATE INDEX "standing_template_untilDay_idx" ON "standing"("template", "untilDay");

-- CreateIndex
CREATE INDEX "staff_account_person_idx" ON "staff_account"("person");

-- CreateIndex
CREATE UNIQUE INDEX "post_key_key" ON "post"("key");

-- CreateIndex
CREATE INDEX "post_status_lane_id_idx" ON "post"("status", "lane", "id");

-- CreateIndex
CREATE INDEX "message_channel_messageId_idx" ON "message"("channel", "messageId");

-- AddForeignKey
ALTER TABLE "subject_key" ADD CONSTRAINT "subject_key_subjectId_fkey" FOREIGN KEY ("subjectId") REFERENCES "subject"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_account" ADD CONSTRAINT "staff_account_person_fkey" FOREIGN KEY ("person") REFERENCES "staff"("person") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The ledger is append-only. OM001 is how the store knows this error from others.
CREATE FUNCTION "ledger_entry_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'OM001';
END;
$$;

CREATE TRIGGER "ledger_entry_no_change" BEFORE UPDATE OR DELETE ON "ledger_entry"
FOR EACH ROW EXECUTE FUNCTION "ledger_entry_refuse"();

CREATE TRIGGER "ledger_entry_no_truncate" BEFORE TRUNCATE ON "ledger_entry"
FOR EACH STATEMENT EXECUTE FUNCTION "ledger_entry_refuse"();
