/** What a run inside the extension host hands back to the process that started VS Code, through a file. */
export interface SuiteReport {
  readonly tests: readonly TestResult[];
  /** Title of the test that was running when the report was written; null between tests. */
  readonly running: string | null;
  /** False while tests are still to come: the report is written anew after every one. */
  readonly finished: boolean;
  /** Measurements worth printing, one line each. */
  readonly notes: readonly string[];
}

export interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly milliseconds: number;
  /** With the stack; null unless failed. */
  readonly message: string | null;
}

/** Environment of the extension host during tests. */
export const suiteEnvironment = {
  /** Comma-separated names of the test files to run. */
  files: 'DATA_ENGINEER_SUITE_FILES',
  /** Where the report goes. */
  report: 'DATA_ENGINEER_SUITE_REPORT',
} as const;
