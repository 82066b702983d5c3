import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

// bad: a row at a time
export async function introduce() {
  const courses = await prisma.course.findMany();
  for (const course of courses) {
    await prisma.lesson.create({ data: { courseId: course.id, minutes: 5 } }); // expect
  }
}

// bad: deleted one by one
export async function cancel(teacherId: number) {
  const courses = await prisma.course.findMany({ where: { teacherId } });
  for (const course of courses) {
    await prisma.lesson.deleteMany({ where: { courseId: course.id } }); // expect
  }
}

// trap: one statement
export async function introduceAtOnce() {
  const courses = await prisma.course.findMany();
  await prisma.lesson.createMany({ data: courses.map(({ id }) => ({ courseId: id, minutes: 5 })) });
}

// trap: many rows at a time
export async function plan(weeks: number[]) {
  const courses = await prisma.course.findMany();
  for (const course of courses) {
    await prisma.lesson.createMany({ data: weeks.map((minutes) => ({ courseId: course.id, minutes })) });
  }
}

// bad: a transaction for each, all of them at once
export async function restart() {
  const courses = await prisma.course.findMany();
  await Promise.all(
    courses.map(async ({ id }) => {
      await prisma.$transaction([
        prisma.lesson.deleteMany({ where: { courseId: id } }), // expect
        prisma.lesson.create({ data: { courseId: id, minutes: 5 } }), // expect
      ]);
    }),
  );
}

// trap: a transaction for each, one after the other, so that one that fails undoes its own work alone
export async function restartInOrder() {
  const courses = await prisma.course.findMany();
  for (const { id } of courses) {
    await prisma.$transaction(async (tx) => {
      await tx.lesson.deleteMany({ where: { courseId: id } });
      await tx.lesson.create({ data: { courseId: id, minutes: 5 } });
    });
  }
}

// trap: each is marked once its own mail is out, so that one that fails undoes no other
export async function invite() {
  const courses = await prisma.course.findMany();
  for (const course of courses) {
    await sendInvitationEmail(course.teacherId);
    await prisma.course.update({ where: { id: course.id }, data: { invited: true } });
  }
}

declare function sendInvitationEmail(teacherId: number): Promise<void>;

// trap: steps one after the other are no elements
export async function close(courseId: number) {
  await async.series([
    () => prisma.lesson.deleteMany({ where: { courseId } }),
    () => prisma.course.delete({ where: { id: courseId } }),
  ]);
}

declare const async: { series(steps: readonly (() => Promise<unknown>)[]): Promise<void> };

// trap: what is given has values of its own, and may be little
export async function rename(changes: { id: number; title: string }[]) {
  for (const change of changes) {
    await prisma.course.update({ where: { id: change.id }, data: { title: change.title } });
  }
}

// trap: what each round sets it has made itself
export async function number(ids: number[]) {
  for (const id of ids) {
    const title = `Course ${id}`;
    await prisma.course.update({ where: { id }, data: { title } });
  }
}

// bad: what is given is set in all of them
export async function entitle(ids: number[], title: string) {
  for (const id of ids) {
    await prisma.course.update({ where: { id }, data: { title } }); // expect
  }
}
