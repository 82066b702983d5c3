/** Questions and names as terms that can be compared. */
import { singular, wordsOf } from '../schema/words.ts';

/** English words of questions that name nothing in a schema. `order`, `group`, `user` and the like are no stop words here. */
const stopWords = new Set(
  (
    'a about above after all also am an and any are as at be because been before being below between both but by can could ' +
    'did do does doing down each every few find for further get give got had has have having he her here hers him his how i if ' +
    'in into is it its just kind let like list look made make many may me might more most much must my need no nor not of off ' +
    'on once one only or other our out over own please same see she should show so some such table tables tell than that the ' +
    'their them then there these they thing this those through to too under up us use used using very want was we were what ' +
    'when where which while who whom whose why will with within without would you your column columns database schema data ' +
    'entity entities field fields query queries row rows stored store keep kept'
  ).split(' '),
);

/** Distinct terms of a question in their order; everything is kept where nothing else is left. */
export function questionTerms(question: string): readonly string[] {
  const all = [...new Set(wordsOf(question).map(singular))];
  const telling = all.filter((word) => !stopWords.has(word) && word.length > 1);
  return telling.length > 0 ? telling : all;
}

export function nameTerms(name: string): readonly string[] {
  return wordsOf(name).map(singular);
}

/** Endings that English puts on the same root, longest first: `shipping`, `shipment` and `shipped` are all of `ship`. */
const endings = ['ations', 'ation', 'ments', 'ment', 'ings', 'ing', 'ions', 'ion', 'ers', 'er', 'ed', 'e', 's'];

/** Rough root of a word, for comparison alone; never shorter than three letters. */
export function rootOf(word: string): string {
  const ending = endings.find((each) => word.endsWith(each) && word.length - each.length >= 3);
  const root = ending === undefined ? word : word.slice(0, -ending.length);
  return /([bdgklmnprt])\1$/u.test(root) && root.length > 3 ? root.slice(0, -1) : root;
}
