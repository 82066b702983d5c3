import { Router } from 'express';
import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();
const router = Router();

// bad unbounded-list: every booking that there ever was
router.get('/bookings', async (_req, res) => { // expect unbounded-list
  const bookings = await prisma.booking.findMany({ orderBy: { startsAt: 'desc' } });
  res.json(bookings);
});

// bad unbounded-list: those of the past grow with the years
router.get('/bookings/past', async (_req, res) => { // expect unbounded-list
  res.json(await prisma.booking.findMany({ where: { endsAt: { lt: new Date() } } }));
});

// trap unbounded-list: a page
router.get('/bookings/page', async (req, res) => {
  res.json(await prisma.booking.findMany({ orderBy: { id: 'asc' }, take: 50, skip: Number(req.query.skip ?? 0) }));
});

// trap unbounded-list: a number
router.get('/bookings/count', async (_req, res) => {
  res.json({ count: await prisma.booking.count() });
});

export default router;
