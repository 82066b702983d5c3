-- at: prisma/migrations/20250320090000_release/migration.sql
-- rules: destructive-migration, renaming-migration, unfilled-required-column, rewriting-migration, blocking-index-build, validating-constraint, blocking-unique-constraint
/*
  Warnings:

  - You are about to drop the column `note` on the `Room` table. All the data in the column will be lost.
  - You are about to drop the `Legacy` table. If the table is not empty, all the data it contains will be lost.
  - Added the required column `floor` to the `Room` table without a default value.
*/
-- bad destructive-migration, unfilled-required-column: what Prisma warns of
-- AlterTable
ALTER TABLE "Room" DROP COLUMN "note", -- expect destructive-migration, unfilled-required-column
ADD COLUMN     "floor" INTEGER NOT NULL;

-- bad destructive-migration: a table with its rows
-- DropTable
DROP TABLE "Legacy"; -- expect destructive-migration

-- trap destructive-migration: no row is lost with an index
-- DropIndex
DROP INDEX IF EXISTS "Room_plan_key";

-- trap destructive-migration: a constraint holds no values
ALTER TABLE "Room" DROP CONSTRAINT IF EXISTS "Room_buildingId_fkey";

-- bad renaming-migration: put in by hand in place of a drop
ALTER TABLE "Building" RENAME COLUMN "title" TO "name"; -- expect renaming-migration

-- bad renaming-migration: of a table
ALTER TABLE "Building" RENAME TO "House"; -- expect renaming-migration

-- trap renaming-migration: what Prisma writes where a default name has changed
-- RenameForeignKey
ALTER TABLE "Room" RENAME CONSTRAINT "Room_pk" TO "Room_pkey";

-- trap renaming-migration: nor does anybody call an index by its name
-- RenameIndex
ALTER INDEX "Room.plan_idx" RENAME TO "Room_plan_idx";

-- bad unfilled-required-column: a column that was optional
-- AlterTable
ALTER TABLE "Room" ALTER COLUMN "buildingId" SET NOT NULL; -- expect unfilled-required-column

-- trap unfilled-required-column: with a default
-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "open" BOOLEAN NOT NULL DEFAULT true;

-- trap unfilled-required-column, rewriting-migration: filled by the statement before
UPDATE "Room" SET "plan" = '' WHERE "plan" IS NULL;
ALTER TABLE "Room" ALTER COLUMN "plan" SET NOT NULL;

-- bad rewriting-migration: every row is written anew
-- AlterTable
ALTER TABLE "Room" ALTER COLUMN "seats" SET DATA TYPE BIGINT; -- expect rewriting-migration

-- bad rewriting-migration: one value per row
-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "publicId" UUID NOT NULL DEFAULT gen_random_uuid(); -- expect rewriting-migration

-- trap rewriting-migration: longer texts are free
-- AlterTable
ALTER TABLE "Room" ALTER COLUMN "plan" SET DATA TYPE TEXT;

-- bad blocking-index-build: nobody writes meanwhile
-- CreateIndex
CREATE INDEX "Room_buildingId_idx" ON "Room"("buildingId"); -- expect blocking-index-build

-- bad blocking-index-build: nor while two columns are
-- CreateIndex
CREATE INDEX "Room_seats_open_idx" ON "Room"("seats", "open"); -- expect blocking-index-build

-- bad validating-constraint: every row is compared
-- AddForeignKey
ALTER TABLE "Room" ADD CONSTRAINT "Room_buildingId_fkey" FOREIGN KEY ("buildingId") REFERENCES "House"("id") ON DELETE RESTRICT ON UPDATE CASCADE; -- expect validating-constraint

-- bad validating-constraint: Prisma knows no checks; by hand
ALTER TABLE "Room" ADD CONSTRAINT "Room_seats_check" CHECK ("seats" > 0); -- expect validating-constraint

-- trap validating-constraint: only what comes from now on
ALTER TABLE "Room" ADD CONSTRAINT "Room_floor_check" CHECK ("floor" < 100) NOT VALID;

-- bad blocking-index-build: Prisma makes an index of what is unique
-- CreateIndex
CREATE UNIQUE INDEX "Room_name_key" ON "Room"("name"); -- expect blocking-index-build

-- bad blocking-unique-constraint: a constraint, by hand
ALTER TABLE "Room" ADD CONSTRAINT "Room_plan_key" UNIQUE ("plan"); -- expect blocking-unique-constraint

-- bad blocking-unique-constraint: of two columns
ALTER TABLE "Room" ADD CONSTRAINT "Room_floor_plan_key" UNIQUE ("floor", "plan"); -- expect blocking-unique-constraint

-- CreateTable
CREATE TABLE "Seat" (
    "id" SERIAL NOT NULL,
    "roomId" INTEGER NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "Seat_pkey" PRIMARY KEY ("id")
);

-- trap blocking-index-build: of a new table
-- CreateIndex
CREATE INDEX "Seat_label_idx" ON "Seat"("label");

-- trap blocking-unique-constraint, blocking-index-build: this one too
-- CreateIndex
CREATE UNIQUE INDEX "Seat_roomId_label_key" ON "Seat"("roomId", "label");

-- trap validating-constraint: it has no rows yet
-- AddForeignKey
ALTER TABLE "Seat" ADD CONSTRAINT "Seat_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- trap blocking-unique-constraint: the index was built beside the writers
ALTER TABLE "Room" ADD CONSTRAINT "Room_publicId_key" UNIQUE USING INDEX "Room_publicId_idx";

-- trap unfilled-required-column: filled by a block of statements
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM "Building") THEN
    UPDATE "Guest" SET "phone" = '' WHERE "phone" IS NULL;
  END IF;
END $$;
ALTER TABLE "Guest" ALTER COLUMN "phone" SET NOT NULL;
