/** A VS Code that can run the suite: the desktop one or the web server. */
export interface HostRun {
  /** For messages and names of files. */
  readonly name: string;
  /** Folder or `.code-workspace` file. */
  readonly open: string;
  /** The extension that is loaded from its folder: the one under test, or one that only carries the tests. */
  readonly extension: string;
  /** The module with `run()`, inside that folder. */
  readonly entry: string;
  readonly trusted: boolean;
  /** Folders of further extensions that the window has. */
  readonly extensions: readonly string[];
  /** Reaches `process.env` of the extension host. */
  readonly env: Readonly<Record<string, string>>;
  /** User settings, beside the quiet ones. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly timeoutMs: number;
}

export interface Host {
  readonly name: string;
  /** Settles when the window has ended its run. The report file, not this, tells what passed. */
  run(run: HostRun): Promise<void>;
  close(): Promise<void>;
}
