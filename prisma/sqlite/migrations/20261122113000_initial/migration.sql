-- CreateTable
CREATE TABLE "ledger_entry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "person" TEXT,
    "account" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "sealed" TEXT,
    "keyId" TEXT,
    "subjectId" TEXT,
    "prev" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "stream_head" (
    "stream" TEXT NOT NULL PRIMARY KEY,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "subject" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "lookup" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "subject_key" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "subjectId" TEXT NOT NULL,
    "wrapped" TEXT NOT NULL,
    CONSTRAINT "subject_key_subjectId_fkey" FOREIGN KEY ("subjectId") REFERENCES "subject" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "request" (
    "ref" TEXT NOT NULL PRIMARY KEY,
    "subjectId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "outcome" TEXT,
    "owner" TEXT,
    "scope" TEXT NOT NULL,
    "loggedAt" TEXT NOT NULL,
    "receivedAt" TEXT NOT NULL,
    "receiptDay" TEXT NOT NULL,
    "due" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "ackDue" TEXT NOT NULL,
    "acknowledged" BOOLEAN NOT NULL,
    "freeze" TEXT NOT NULL,
    "nextDueAt" DATETIME,
    "retainedUntil" TEXT,
    "openRecipients" INTEGER NOT NULL,
    "closedAt" TEXT,
    "pack" TEXT NOT NULL,
    "packHash" TEXT NOT NULL,
    "version" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "disclosure" (
    "ref" TEXT NOT NULL PRIMARY KEY,
    "subjectId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "offered" BOOLEAN NOT NULL,
    "basis" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "categories" TEXT NOT NULL,
    "consent" TEXT,
    "template" TEXT,
    "requestedBy" TEXT,
    "requestedAt" TEXT NOT NULL,
    "askedAt" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" TEXT,
    "sentAt" TEXT,
    "sentDay" TEXT,
    "withhold" TEXT,
    "nextDueAt" DATETIME,
    "pack" TEXT NOT NULL,
    "packHash" TEXT NOT NULL,
    "version" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "consent" (
    "ref" TEXT NOT NULL PRIMARY KEY,
    "subjectId" TEXT NOT NULL,
    "recipient" TEXT,
    "categories" TEXT NOT NULL,
    "live" TEXT NOT NULL,
    "grantedAt" TEXT NOT NULL,
    "recordedAt" TEXT NOT NULL,
    "version" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "standing" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "recipient" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "categories" TEXT NOT NULL,
    "fromDay" TEXT NOT NULL,
    "untilDay" TEXT NOT NULL,
    "givenBy" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "staff" (
    "person" TEXT NOT NULL PRIMARY KEY,
    "roles" TEXT NOT NULL,
    "trainedUntil" TEXT,
    "active" BOOLEAN NOT NULL
);

-- CreateTable
CREATE TABLE "staff_account" (
    "account" TEXT NOT NULL PRIMARY KEY,
    "person" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    CONSTRAINT "staff_account_person_fkey" FOREIGN KEY ("person") REFERENCES "staff" ("person") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "channel" (
    "surface" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "uses" TEXT NOT NULL,
    "locale" TEXT,

    PRIMARY KEY ("surface", "channel")
);

-- CreateTable
CREATE TABLE "pack" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "counter" (
    "series" TEXT NOT NULL PRIMARY KEY,
    "value" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "post" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "notBefore" DATETIME NOT NULL,
    "leaseUntil" DATETIME,
    "lastError" TEXT,
    "createdAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "message" (
    "slot" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "messageId" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "claim" (
    "invocation" TEXT NOT NULL PRIMARY KEY,
    "at" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "vault" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "check" TEXT NOT NULL
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

-- The ledger is append-only.
CREATE TRIGGER "ledger_entry_no_update" BEFORE UPDATE ON "ledger_entry"
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER "ledger_entry_no_delete" BEFORE DELETE ON "ledger_entry"
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- INSERT OR REPLACE deletes without firing a delete trigger.
CREATE TRIGGER "ledger_entry_no_replace" BEFORE INSERT ON "ledger_entry"
WHEN EXISTS (
    SELECT 1 FROM "ledger_entry" WHERE "id" = NEW."id"
    UNION ALL
    SELECT 1 FROM "ledger_entry" WHERE "stream" = NEW."stream" AND "seq" = NEW."seq"
)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
