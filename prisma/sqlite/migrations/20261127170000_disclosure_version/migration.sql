-- A disclosure's row counts every entry of its stream, refused attempts too, as a request's row does.
UPDATE "disclosure"
SET "version" = (SELECT "seq" FROM "stream_head" WHERE "stream" = "disclosure"."ref")
WHERE EXISTS (SELECT 1 FROM "stream_head" WHERE "stream" = "disclosure"."ref");
