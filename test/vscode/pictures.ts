/** The other side of `suite/picture.ts`: the name of a picture that a line of the window's console asks for. */
export function pictureIn(line: string): string | null {
  return /\[picture\] ([\w-]+)/.exec(line)?.[1] ?? null;
}
