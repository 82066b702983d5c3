import { Router } from 'express';
import { commentsOf, forget } from './authors.service.js';

export const authorsRouter = Router();

authorsRouter.get('/:id/comments', async (request, response) => {
  response.json(await commentsOf(request.params.id));
});

authorsRouter.delete('/:id', async (request, response) => {
  await forget(request.params.id);
  response.sendStatus(204);
});
