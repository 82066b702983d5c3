-- at: prisma/migrations/20250401090000_desks/migration.sql
CREATE TABLE "Desk" (
    "id" SERIAL NOT NULL,
    "floor" TEXT NOT NULL,
    "wing" TEXT,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "Desk_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Desk_floor_wing_number_key" ON "Desk"("floor", "wing", "number") NULLS NOT DISTINCT;
CREATE UNIQUE INDEX "Desk_wing_state_number_key" ON "Desk"("wing", "state", "number");
CREATE INDEX "Desk_state_idx" ON "Desk"("state");
CREATE INDEX "desk_open" ON "Desk"("state", "floor") WHERE "state" = 'open';
CREATE INDEX "Desk_number_idx" ON "Desk"("number");
CREATE INDEX "Desk_number_floor_idx" ON "Desk"("number", "floor");
