export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
};

type Command = {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
};

const commandNames = [
  ...['add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'notice', 'remove-matcher'],
  ...['save-state', 'set-env', 'set-output', 'stop-commands', 'warning'],
];

/**
 * What the runner makes of the lines that a step prints, on either stream: workflow commands are obeyed wherever they come from, all else is
 * log. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export class WorkflowLog {
  /** All that was printed, secrets and commands included. */
  raw = '';
  /** The log as a reader sees it, secrets masked from the moment on that they were named. */
  readonly lines: string[] = [];
  readonly groups: { readonly title: string; readonly lines: string[] }[] = [];
  readonly annotations: Annotation[] = [];
  readonly debug: string[] = [];
  /** What `add-mask` named. */
  readonly masks: string[] = [];
  /** What a runner would complain of, or show otherwise than it was meant. */
  readonly defects: string[] = [];
  readonly #secrets: Set<string>;
  readonly #showsDebug: boolean;
  #isGroupOpen = false;
  #stopToken: string | undefined;

  /** The runner knows the job's tokens as secrets from the start. */
  constructor({ secrets, debug }: { secrets: readonly string[]; debug: boolean }) {
    this.#secrets = new Set(secrets);
    this.#showsDebug = debug;
  }

  add(line: string): void {
    this.raw += `${line}\n`;
    const command = parseCommand(line, this.#stopToken === undefined ? commandNames : [this.#stopToken]);
    if (!command) this.#show(line);
    else if (command.name === this.#stopToken) this.#stopToken = undefined;
    else this.#obey(command);
  }

  /** Called once the step has ended. */
  end(): void {
    if (this.#isGroupOpen) this.defects.push(`group "${this.groups.at(-1)?.title}" was not ended`);
    if (this.#stopToken !== undefined) this.defects.push('commands were stopped and not resumed');
  }

  #obey({ name, properties, data }: Command): void {
    switch (name) {
      case 'group':
        if (this.#isGroupOpen)
          this.defects.push(`group "${data}" is within group "${this.groups.at(-1)?.title}": groups do not nest`);
        this.#show(`##[group]${data}`);
        this.groups.push({ title: this.#masked(data), lines: [] });
        this.#isGroupOpen = true;
        break;
      case 'endgroup':
        if (!this.#isGroupOpen) this.defects.push('endgroup where no group is open');
        this.#isGroupOpen = false;
        this.#show('##[endgroup]');
        break;
      case 'error':
      case 'warning':
      case 'notice':
        this.annotations.push(annotationOf(name, this.#masked(data), properties));
        this.#show(`##[${name}]${data}`);
        break;
      case 'debug':
        this.debug.push(this.#masked(data));
        if (this.#showsDebug) this.#show(`##[debug]${data}`);
        break;
      case 'add-mask':
        if (data.trim() === '') this.defects.push('add-mask without a secret');
        else this.masks.push(data);
        // Output is masked line by line, so that each line of a secret is one.
        for (const secret of [data, ...data.split(/\r?\n/)]) if (secret.trim() !== '') this.#secrets.add(secret);
        break;
      case 'stop-commands':
        this.#stopToken = data;
        break;
      case 'set-env':
      case 'add-path':
      case 'set-output':
      case 'save-state':
        this.defects.push(`${name} as a command is disabled or deprecated: it belongs into a file`);
        break;
    }
  }

  #show(text: string): void {
    const line = this.#masked(text);
    this.lines.push(line);
    if (this.#isGroupOpen) this.groups.at(-1)?.lines.push(line);
  }

  #masked(text: string): string {
    // The longest first: a part of a secret may be one too.
    const secrets = [...this.#secrets].sort((a, b) => b.length - a.length);
    return secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
  }
}

/** `::name key=value,...::data` at the start of a line, or `##[name key=value;...]data` anywhere in it. */
function parseCommand(line: string, names: readonly string[]): Command | undefined {
  const known = (name: string | undefined): string | undefined =>
    names.find((candidate) => candidate.toLowerCase() === name?.toLowerCase());
  const [, name, properties = '', data = ''] = /^\s*::([^ :]+)(?: (.*?))?::(.*)$/s.exec(line) ?? [];
  const command = known(name);
  if (command !== undefined)
    return { name: command, properties: parseProperties(properties, ',', unescapeProperty), data: unescapeData(data) };
  const [, oldName, oldProperties = '', oldData = ''] = /##\[([^ \]]+)(?: (.*?))?\](.*)$/s.exec(line) ?? [];
  const oldCommand = known(oldName);
  return oldCommand === undefined
    ? undefined
    : { name: oldCommand, properties: parseProperties(oldProperties, ';', unescapeOld), data: unescapeOld(oldData) };
}

function parseProperties(text: string, separator: string, unescaped: (text: string) => string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const property of text.split(separator)) {
    const [, key, value] = /^\s*([^=]+)=(.+)$/s.exec(property) ?? [];
    if (key !== undefined && value !== undefined) properties[key] = unescaped(value);
  }
  return properties;
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}

function unescapeOld(text: string): string {
  return unescapeData(text.replaceAll('%3B', ';').replaceAll('%5D', ']'));
}

function annotationOf(level: Annotation['level'], message: string, properties: Command['properties']): Annotation {
  const { title, file, line, endLine, col } = properties;
  return {
    level,
    message,
    ...(title === undefined ? {} : { title }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(endLine === undefined ? {} : { endLine: Number(endLine) }),
    ...(col === undefined ? {} : { column: Number(col) }),
  };
}

/** Reads GITHUB_OUTPUT, GITHUB_STATE or GITHUB_ENV: `name=value`, or `name<<END`, lines of the value, `END`. */
export function parseFileCommand(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    // Whichever of the two comes first says which form it is.
    const [, name, sign, rest = ''] = /^(.+?)(=|<<)(.*)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`Invalid format '${line}'`);
    if (sign === '=') {
      values[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest);
    if (rest === '' || end < 0) throw new Error(`Invalid value. Matching delimiter not found '${rest}'`);
    values[name] = lines.splice(0, end).join('\n');
    lines.shift();
  }
  return values;
}
