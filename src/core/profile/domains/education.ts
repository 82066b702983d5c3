import type { Domain } from './domain.ts';

export const education: Domain = {
  id: 'education',
  label: 'education',
  names: ['education', 'e-learning', 'elearning', 'learning management', 'lms', 'university', 'edtech'],
  words: ['student', 'course', 'lesson', 'enrollment', 'enrolment', 'teacher', 'grade', 'assignment', 'quiz'],
};
