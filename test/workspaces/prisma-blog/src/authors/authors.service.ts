import { prisma } from '../db.js';

export function commentsOf(authorId: string) {
  return prisma.comment.findMany({
    where: { authorId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 100,
    include: { post: { select: { slug: true, title: true } } },
  });
}

export async function forget(id: string) {
  await prisma.author.delete({ where: { id } });
}
