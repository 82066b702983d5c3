// rules: query-in-loop
import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

// trap: a program that somebody runs by hand, and that ends when it is done
async function main(titles: string[]) {
  for (const title of titles) {
    await prisma.course.findFirst({ where: { title } });
  }
}

main(process.argv.slice(2))
  .catch(() => process.exit(1))
  .finally(() => prisma.$disconnect());
