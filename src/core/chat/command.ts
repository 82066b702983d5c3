/** What can be asked of the data engineer in chat. */
export const chatCommands = [
  'design',
  'dto',
  'endpoint',
  'index',
  'migrate',
  'optimize',
  'repository',
  'review',
  'schema',
  'secure',
  'test',
] as const;

export type ChatCommand = (typeof chatCommands)[number];

export function isChatCommand(text: string | undefined): text is ChatCommand {
  return chatCommands.some((command) => command === text);
}

/** Most tokens of a whole prompt, by command: what a page or two of schema, findings and code take. `free` = no command. */
export const promptBudgets: Readonly<Record<ChatCommand | 'free', number>> = {
  design: 8000,
  dto: 6000,
  endpoint: 8000,
  free: 8000,
  index: 8000,
  migrate: 6000,
  optimize: 8000,
  repository: 6000,
  review: 8000,
  schema: 6000,
  secure: 8000,
  test: 8000,
};

/** Room that a model's window must leave for its answer, as a share of the window. */
const answerShare = 0.4;

/** @param window most tokens the model takes, prompt and answer together; null = not known */
export function budgetOf(command: ChatCommand | null, window: number | null): number {
  const wanted = promptBudgets[command ?? 'free'];
  return window === null ? wanted : Math.min(wanted, Math.floor(window * (1 - answerShare)));
}
