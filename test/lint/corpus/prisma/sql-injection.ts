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

type Comparison = '<' | '>' | '=';

// trap: its type names all that it can be
export async function compared({ comparison, count }: { comparison: Comparison; count: number }) {
  return prisma.$queryRawUnsafe(`SELECT title FROM "Course" GROUP BY title HAVING count(*) ${comparison} ${count}`);
}

const orders = new Set(['id ASC', 'title DESC']);

// trap: looked up in a list before
export async function sorted(order: string) {
  if (!orders.has(order)) throw new Error('no such order');
  return prisma.$queryRawUnsafe(`SELECT id FROM "Course" ORDER BY ${order}`);
}

// bad: one of several that come in as text
export async function matching({ words, limit }: { words: string; limit: number }) {
  return prisma.$queryRawUnsafe(`SELECT id FROM "Course" WHERE title = '${words}' LIMIT ${limit}`); // expect
}

export class Limits {
  static readonly patience = 20_000;

  // trap: the class states it
  async apply() {
    await prisma.$executeRawUnsafe(`SET LOCAL statement_timeout = ${Limits.patience}`);
  }
}
