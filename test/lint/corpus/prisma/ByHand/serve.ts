import { PrismaClient } from '@prisma/client';
import { createServer } from 'node:http';

const prisma = new PrismaClient();

// bad: the program waits for requests, and ends when it is told to
async function titled(titles: string[]) {
  for (const title of titles) {
    await prisma.course.findFirst({ where: { title } }); // expect
  }
}

createServer((request) => void titled(request.url?.split('/') ?? [])).listen(8080);
process.on('SIGTERM', () => void prisma.$disconnect());
