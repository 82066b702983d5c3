import { prisma } from '../db.js';

const pageSize = 20;

export async function listPosts(page: number) {
  const where = { status: 'PUBLISHED' as const, deletedAt: null };
  const [posts, total] = await prisma.$transaction([
    prisma.post.findMany({
      where,
      orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
      include: { author: { select: { displayName: true } }, tags: true },
      take: pageSize,
      skip: page * pageSize,
    }),
    prisma.post.count({ where }),
  ]);
  return { posts, total };
}

export async function readPost(slug: string) {
  return prisma.post.findUnique({
    where: { slug },
    include: { author: true, tags: true, comments: { orderBy: { at: 'asc' }, take: 50 } },
  });
}

/** The latest comments below each of the latest posts. */
export async function commentsByPost() {
  const posts = await prisma.post.findMany({
    where: { status: 'PUBLISHED' },
    orderBy: { publishedAt: 'desc' },
    take: 30,
  });
  const result = [];
  for (const post of posts) {
    const comments = await prisma.comment.findMany({
      where: { postId: post.id },
      orderBy: { at: 'desc' },
      take: 3,
    });
    result.push({ slug: post.slug, comments });
  }
  return result;
}

export async function publish(id: number, editorId: string) {
  return prisma.$transaction(async (tx) => {
    const post = await tx.post.update({
      where: { id },
      data: { status: 'PUBLISHED', publishedAt: new Date() },
    });
    const number = await prisma.revision.count({ where: { postId: id } });
    await tx.revision.create({
      data: { number: number + 1, body: post.body, post: { connect: { id } }, editor: { connect: { id: editorId } } },
    });
    return post;
  });
}
