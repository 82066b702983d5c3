-- at: prisma/migrations/20250110080000_start/migration.sql
-- CreateTable
CREATE TABLE "Room" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "seats" INTEGER NOT NULL,
    "note" TEXT,
    "buildingId" INTEGER,
    "plan" VARCHAR(60),

    CONSTRAINT "Room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Building" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "Building_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Legacy" (
    "id" SERIAL NOT NULL,

    CONSTRAINT "Legacy_pkey" PRIMARY KEY ("id")
);
