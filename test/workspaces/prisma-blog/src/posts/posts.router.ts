import { Router } from 'express';
import { commentsByPost, listPosts, publish, readPost } from './posts.service.js';

export const postsRouter = Router();

postsRouter.get('/', async (request, response) => {
  response.json(await listPosts(Number(request.query.page ?? 0)));
});

postsRouter.get('/recent-comments', async (_request, response) => {
  response.json(await commentsByPost());
});

postsRouter.get('/:slug', async (request, response) => {
  const post = await readPost(request.params.slug);
  if (post) response.json(post);
  else response.sendStatus(404);
});

postsRouter.post('/:id/publish', async (request, response) => {
  response.json(await publish(Number(request.params.id), request.body.editorId));
});
