import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function byCode(code: string) {
  return prisma.booking.findFirst({ where: { code } });
}

export async function settle(batch: string) {
  await prisma.booking.updateMany({ where: { batch }, data: { paid: true } });
}

export async function byReceipt(receipt: string) {
  return prisma.booking.findUnique({ where: { receipt } });
}

export async function unpaid() {
  return prisma.booking.findMany({ where: { paid: false } });
}

export async function ofGuest(guest: string) {
  return prisma.booking.findMany({ where: { guest } });
}

// bad range-before-equality: the index begins with the moment
export async function upcoming(hall: string, now: Date) {
  return prisma.booking.findMany({ where: { hall, startsAt: { gte: now } } }); // expect range-before-equality
}

// bad range-before-equality: a day of one hall
export async function countOfDay(hall: string, from: Date, to: Date) {
  return prisma.booking.count({ where: { startsAt: { gte: from, lt: to }, hall: { equals: hall } } }); // expect range-before-equality
}

// trap range-before-equality: the organizer stands first
export async function ending(organizer: string, until: Date) {
  return prisma.booking.findMany({ where: { organizer, endsAt: { lte: until } } });
}

// trap range-before-equality: a range alone
export async function since(now: Date) {
  return prisma.booking.findMany({ where: { startsAt: { gte: now } } });
}
