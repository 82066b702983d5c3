import { Router } from 'express';
import { prisma } from '../db.js';

export const searchRouter = Router();

searchRouter.get('/', async (request, response) => {
  const words = String(request.query.words ?? '');
  response.json(
    await prisma.$queryRaw`
      SELECT slug, title FROM posts
      WHERE to_tsvector('english', body) @@ plainto_tsquery('english', ${words})
      ORDER BY published_at DESC LIMIT 20`,
  );
});

searchRouter.get('/subscribers', async (request, response) => {
  response.json(await subscribersBy(String(request.query.order ?? 'email')));
});

function subscribersBy(order: string) {
  return prisma.$queryRawUnsafe(`SELECT id, email FROM subscribers WHERE confirmed ORDER BY ${order} LIMIT 100`);
}
