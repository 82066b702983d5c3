import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

// bad: the unsafe call takes the text as it is
export async function search(title: string) {
  return prisma.$queryRawUnsafe(`SELECT id, title FROM "Course" WHERE title = '${title}'`); // expect
}

// bad: so does the other one
export async function rename(title: string) {
  await prisma.$executeRawUnsafe("UPDATE \"Course\" SET title = '" + title + "' WHERE id = 1"); // expect
}

// trap: a tagged template binds its values
export async function bound(title: string) {
  return prisma.$queryRaw`SELECT id, title FROM "Course" WHERE title = ${title}`;
}

// trap: the values are given apart
export async function given(title: string) {
  return prisma.$queryRawUnsafe('SELECT id, title FROM "Course" WHERE title = $1', title);
}

// trap: one of two that stand in the source
export async function ordered(newest: boolean) {
  return prisma.$queryRawUnsafe(`SELECT id FROM "Course" ORDER BY id ${newest ? 'DESC' : 'ASC'} LIMIT 10`);
}
