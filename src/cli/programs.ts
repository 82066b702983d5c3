/** dist/programs.js: the command line and the language server in one bundle, because they share most of their code. */
export const commandLine = (): Promise<unknown> => import('./main.ts');
export const languageServer = (): Promise<unknown> => import('../server/main.ts');
