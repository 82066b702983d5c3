// rules: unsearchable-filter, filter-in-memory, repeated-query, unfiltered-write, wasteful-sql, unordered-pagination, code-enforced-uniqueness, outside-of-transaction, remote-call-in-transaction
import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

// bad unsearchable-filter: a wildcard on both sides
export async function search(part: string) {
  return prisma.course.findMany({ where: { title: { contains: part } } }); // expect unsearchable-filter
}

// bad unsearchable-filter: ILIKE from the end
export async function ending(part: string) {
  return prisma.teacher.findMany({ where: { name: { endsWith: part, mode: 'insensitive' } } }); // expect unsearchable-filter
}

// trap unsearchable-filter: from the beginning
export async function starting(part: string) {
  return prisma.course.findMany({ where: { title: { startsWith: part } } });
}

// trap unsearchable-filter: as it is
export async function titled(title: string) {
  return prisma.course.findMany({ where: { title: title.toLowerCase() } });
}

// bad filter-in-memory: all lessons for the long ones
export async function long() {
  return (await prisma.lesson.findMany()).filter((lesson) => lesson.minutes > 60); // expect filter-in-memory
}

// bad filter-in-memory: the first of a course
export async function first(courseId: number) {
  return (await prisma.lesson.findMany({ orderBy: { id: 'asc' } })).find((lesson) => lesson.courseId === courseId); // expect filter-in-memory
}

// trap filter-in-memory: the database has one condition already
export async function longOf(courseId: number) {
  return (await prisma.lesson.findMany({ where: { courseId } })).filter((lesson) => lesson.minutes > 60);
}

// trap filter-in-memory: all in another shape
export async function titles() {
  return (await prisma.course.findMany()).map((course) => course.title);
}

// bad repeated-query: the same teacher in each round
export async function announce(teacherId: number, texts: string[]) {
  for (const text of texts) {
    const teacher = await prisma.teacher.findUnique({ where: { id: teacherId } }); // expect repeated-query
    console.log(teacher?.name, text);
  }
}

// trap repeated-query: in the first round alone
export async function once(teacherId: number, texts: string[]) {
  const done: string[] = [];
  for (const text of texts) {
    done.push(text);
    if (done.length === 1) {
      const teacher = await prisma.teacher.findUnique({ where: { id: teacherId } });
      console.log(teacher?.name);
    }
  }
}

// bad repeated-query: twice
export async function twice(id: number) {
  const course = await prisma.course.findUnique({ where: { id } });
  const again = await prisma.course.findUnique({ where: { id } }); // expect repeated-query
  return [course?.title, again?.title];
}

// trap repeated-query: changed in between
export async function change(id: number) {
  const before = await prisma.course.findUnique({ where: { id } });
  await prisma.course.update({ where: { id }, data: { title: 'new' } });
  const after = await prisma.course.findUnique({ where: { id } });
  return [before, after];
}

// trap repeated-query: other rows
export async function pair(one: number, other: number) {
  const first = await prisma.course.findUnique({ where: { id: one } });
  const second = await prisma.course.findUnique({ where: { id: other } });
  return [first, second];
}

// bad unfiltered-write: every lesson
export async function cancelLessons() {
  await prisma.lesson.deleteMany({ where: {} }); // expect unfiltered-write
}

// bad unfiltered-write: every course
export async function retitle(title: string) {
  await prisma.course.updateMany({ data: { title } }); // expect unfiltered-write
}

// trap unfiltered-write: those of a course
export async function cancel(courseId: number) {
  await prisma.lesson.deleteMany({ where: { courseId } });
}

// trap unfiltered-write: the name says what it is for
export async function clearLessons() {
  await prisma.lesson.deleteMany();
}

// bad wasteful-sql: by chance
export async function draw() {
  return prisma.$queryRaw`SELECT id FROM "Course" ORDER BY random() LIMIT 1`; // expect wasteful-sql
}

// bad wasteful-sql: columns by their place
export async function insert(title: string) {
  await prisma.$executeRaw`INSERT INTO "Teacher" VALUES (1, ${title})`; // expect wasteful-sql
}

// trap wasteful-sql: named columns
export async function insertNamed(title: string) {
  await prisma.$executeRaw`INSERT INTO "Teacher" (name) VALUES (${title})`;
}

// trap wasteful-sql: counted
export async function total() {
  return prisma.$queryRaw`SELECT count(*) FROM "Teacher"`;
}

// trap unordered-pagination: Prisma sorts a page by the identifier where nothing else is asked
export async function page(skip: number) {
  return prisma.course.findMany({ skip, take: 20 });
}

// bad unordered-pagination: courses of one teacher tie
export async function byTeacher(skip: number) {
  return prisma.course.findMany({ skip, take: 20, orderBy: { teacherId: 'asc' } }); // expect unordered-pagination
}

// trap unordered-pagination: few have one title
export async function byTitle(skip: number) {
  return prisma.course.findMany({ skip, take: 20, orderBy: { title: 'asc' } });
}

// bad unordered-pagination: many belong to one course
export async function byCourse(skip: number) {
  return prisma.lesson.findMany({ skip, take: 20, orderBy: { courseId: 'asc' } }); // expect unordered-pagination
}

// trap unordered-pagination: the key last
export async function ordered(skip: number) {
  return prisma.course.findMany({ skip, take: 20, orderBy: [{ title: 'asc' }, { id: 'asc' }] });
}

// trap unordered-pagination: a cursor is unique, and sorts by itself
export async function after(id: number) {
  return prisma.course.findMany({ cursor: { id }, take: 20, skip: 1, orderBy: { id: 'asc' } });
}

// bad code-enforced-uniqueness: nothing keeps names apart
export async function hire(name: string) {
  const known = await prisma.teacher.findFirst({ where: { name } }); // expect code-enforced-uniqueness
  if (known) throw new Error('known');
  return prisma.teacher.create({ data: { name } });
}

// bad code-enforced-uniqueness: by a count
export async function offer(title: string, teacherId: number) {
  const there = await prisma.course.count({ where: { title } }); // expect code-enforced-uniqueness
  if (there > 0) return null;
  return prisma.course.create({ data: { title, teacherId } });
}

// trap code-enforced-uniqueness: the primary key
export async function restore(id: number, name: string) {
  const known = await prisma.teacher.findUnique({ where: { id } });
  if (known) return known;
  return prisma.teacher.create({ data: { id, name } });
}

// trap code-enforced-uniqueness: a course has any number of lessons
export async function begin(courseId: number) {
  const some = await prisma.lesson.findFirst({ where: { courseId } });
  if (some) return some;
  return prisma.lesson.create({ data: { courseId, minutes: 45 } });
}

// bad outside-of-transaction: the client of the module
export async function move(id: number, teacherId: number) {
  await prisma.$transaction(async (tx) => {
    await tx.course.update({ where: { id }, data: { teacherId } });
    await prisma.lesson.deleteMany({ where: { courseId: id } }); // expect outside-of-transaction
  });
}

// bad outside-of-transaction: raw SQL
export async function renumber(id: number) {
  await prisma.$transaction(async (tx) => {
    await tx.lesson.deleteMany({ where: { courseId: id } });
    await prisma.$executeRaw`DELETE FROM "Course" WHERE id = ${id}`; // expect outside-of-transaction
  });
}

// trap outside-of-transaction: the client that is handed in
export async function moveTogether(id: number, teacherId: number) {
  await prisma.$transaction(async (tx) => {
    await tx.course.update({ where: { id }, data: { teacherId } });
    await tx.lesson.deleteMany({ where: { courseId: id } });
  });
}

// trap outside-of-transaction: what only reads sees the same on every connection
export async function page(teacherId: number) {
  return prisma.$transaction(async (tx) => {
    const courses = await prisma.course.findMany({ where: { teacherId }, orderBy: { id: 'asc' }, take: 20 });
    const total = await tx.course.count({ where: { teacherId } });
    return { courses, total };
  });
}

// trap outside-of-transaction: a list of queries
export async function moveInList(id: number, teacherId: number) {
  await prisma.$transaction([
    prisma.course.update({ where: { id }, data: { teacherId } }),
    prisma.lesson.deleteMany({ where: { courseId: id } }),
  ]);
}

// bad remote-call-in-transaction: the rows stay locked
export async function publish(id: number) {
  await prisma.$transaction(async (tx) => {
    await tx.course.update({ where: { id }, data: { title: 'x' } });
    await fetch('https://catalogue.example.org/courses'); // expect remote-call-in-transaction
  });
}

// bad remote-call-in-transaction: first the network, yet inside
export async function verify(id: number) {
  await prisma.$transaction(async (tx) => {
    const answer = await fetch('https://catalogue.example.org/verify'); // expect remote-call-in-transaction
    await tx.course.update({ where: { id }, data: { title: await answer.text() } });
  });
}

// trap remote-call-in-transaction: before it
export async function verifyFirst(id: number) {
  const answer = await fetch('https://catalogue.example.org/verify');
  const title = await answer.text();
  await prisma.$transaction(async (tx) => {
    await tx.course.update({ where: { id }, data: { title } });
  });
}

// trap remote-call-in-transaction: no transaction
export async function ping() {
  return fetch('https://catalogue.example.org');
}
