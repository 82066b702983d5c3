import { PrismaClient } from '@prisma/client';
import { scheduleJob } from 'node-schedule';

const prisma = new PrismaClient();

// bad: each look-up is awaited before the next
export async function teachers() {
  const courses = await prisma.course.findMany();
  for (const course of courses) {
    const teacher = await prisma.teacher.findUnique({ where: { id: course.teacherId } }); // expect
    console.log(teacher?.name);
  }
}

// bad: many rows each are not sent as one, whenever they are asked for
export async function minutes() {
  const courses = await prisma.course.findMany();
  return Promise.all(
    courses.map((course) => prisma.lesson.findMany({ where: { courseId: course.id } })), // expect
  );
}

// bad: nor is a count
export async function sizes() {
  const courses = await prisma.course.findMany();
  return Promise.all(courses.map((course) => prisma.lesson.count({ where: { courseId: course.id } }))); // expect
}

// trap: equal look-ups of one tick are one statement
export async function teachersAtOnce() {
  const courses = await prisma.course.findMany();
  return Promise.all(courses.map((course) => prisma.teacher.findUnique({ where: { id: course.teacherId } })));
}

// trap: loaded with the rows
export async function withLessons() {
  const courses = await prisma.course.findMany({ include: { lessons: true } });
  return courses.map((course) => course.lessons.reduce((sum, lesson) => sum + lesson.minutes, 0));
}

// trap: one query for all
export async function ofCourses() {
  const courses = await prisma.course.findMany();
  return prisma.lesson.findMany({ where: { courseId: { in: courses.map(({ id }) => id) } } });
}

// trap: registered for each, and run when its time has come
export async function remind() {
  const courses = await prisma.course.findMany();
  for (const course of courses) {
    scheduleJob(course.timetable, async () => {
      const teacher = await prisma.teacher.findUnique({ where: { id: course.teacherId } });
      console.log(teacher?.name);
    });
  }
}

// trap: the same, a call further on
export async function remindAll() {
  const courses = await prisma.course.findMany();
  for (const course of courses) await remindOf(course.id, course.timetable);
}

async function remindOf(id: number, timetable: string) {
  scheduleJob(timetable, async () => console.log(await prisma.lesson.findMany({ where: { courseId: id } })));
}

// bad: what is scheduled is read at once, before it is
export async function remindWith() {
  const courses = await prisma.course.findMany();
  for (const course of courses) {
    const lessons = await prisma.lesson.findMany({ where: { courseId: course.id } }); // expect
    scheduleJob(course.timetable, () => console.log(lessons.length));
  }
}

// trap: statements whose text is not known, each about something else
export async function repair(statements: string[]) {
  for (const statement of statements) await prisma.$executeRawUnsafe(statement);
}
