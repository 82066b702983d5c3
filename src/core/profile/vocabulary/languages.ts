import type { Technology } from './technology.ts';

/** Languages of programs. */
export const languages: readonly Technology[] = [
  { id: 'typescript', label: 'TypeScript', names: ['typescript'], packages: ['typescript'] },
  { id: 'javascript', label: 'JavaScript', names: ['javascript', 'node.js', 'nodejs'] },
  { id: 'python', label: 'Python', names: ['python'] },
  { id: 'java', label: 'Java', names: ['java'] },
  { id: 'kotlin', label: 'Kotlin', names: ['kotlin'] },
  { id: 'csharp', label: 'C#', names: ['c#', 'csharp', '.net core', '.net'] },
  { id: 'go', label: 'Go', names: ['golang'] },
  { id: 'php', label: 'PHP', names: ['php'] },
  { id: 'ruby', label: 'Ruby', names: ['ruby'] },
];
