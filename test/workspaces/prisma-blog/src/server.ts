import express from 'express';
import { authorsRouter } from './authors/authors.router.js';
import { searchRouter } from './feeds/search.js';
import { postsRouter } from './posts/posts.router.js';

const app = express();
app.use(express.json());
app.use('/authors', authorsRouter);
app.use('/posts', postsRouter);
app.use('/search', searchRouter);

app.listen(Number(process.env.PORT ?? 3000));
