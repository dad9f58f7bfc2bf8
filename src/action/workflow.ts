/** The workflow commands of a runner, as far as the Action speaks them; src/action/main.ts makes them of @actions/core. */
export type Workflow = {
  info(text: string): void;
  debug(text: string): void;
  startGroup(title: string): void;
  endGroup(): void;
  annotate(annotation: Annotation): void;
  setOutput(name: OutputName, value: string | number): void;
  setSecret(secret: string): void;
  saveState(name: string, value: string): void;
  /** Adds Markdown to the job summary. */
  summarize(markdown: string): Promise<void>;
};

export type OutputName =
  | 'score'
  | 'grade'
  | 'verdict'
  | 'violations'
  | 'report-path'
  | 'artifact-id'
  | 'artifact-url'
  | 'comment-url';

export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  /** Relative to the workspace. */
  readonly file?: string;
  readonly line?: number;
};
