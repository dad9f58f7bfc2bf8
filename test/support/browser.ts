import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import WebSocket from 'ws';
import { eventually } from './eventually.ts';
import { browserProgram } from './needs.ts';

type Answer = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { message: string };
};

/** A page of a real headless Chromium, over its DevTools protocol. */
export class BrowserPage {
  readonly #child: ChildProcess;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  /** What the page had to say: exceptions, and lines of its console. */
  readonly console: string[] = [];
  #session = '';
  #last = 0;

  private constructor(child: ChildProcess, socket: WebSocket) {
    this.#child = child;
    this.#socket = socket;
    socket.on('message', (data) => this.#received(JSON.parse(String(data))));
  }

  static async open(url: string, folder: string): Promise<BrowserPage> {
    const program = browserProgram();
    if (program === undefined) throw new Error('there is no browser');
    const child = spawn(
      program,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--remote-debugging-port=0',
        `--user-data-dir=${join(folder, 'profile')}`,
      ],
      // What it keeps beside its profile goes when the folder goes.
      { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, TMPDIR: folder } },
    );
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    const address = () => /DevTools listening on (ws:\/\/\S+)/.exec(said)?.[1];
    await eventually('the browser listens', () => address() !== undefined);
    const socket = new WebSocket(address() ?? '');
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const page = new BrowserPage(child, socket);
    const { targetId } = await page.#ask<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await page.#ask<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    page.#session = sessionId;
    await page.#ask('Runtime.enable', {});
    await page.#ask('Page.navigate', { url });
    return page;
  }

  /** The value of an expression in the page; of a promise what it resolves with. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result } = await this.#ask<{ result: { value: T } }>('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    return result.value;
  }

  /** Waits until an expression is true in the page. */
  until(expression: string): Promise<void> {
    return eventually(expression, () => this.evaluate<boolean>(`Boolean(${expression})`));
  }

  /** Shows the page as on a screen of this width, in light or dark colours. */
  async show({ width, colours }: { readonly width: number; readonly colours: 'light' | 'dark' }): Promise<void> {
    await this.#ask('Emulation.setDeviceMetricsOverride', {
      width,
      height: 900,
      deviceScaleFactor: 1,
      mobile: width < 600,
    });
    await this.#ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: colours }] });
  }

  /** Drags the mouse over an element, from one share of its width to another. */
  async drag(selector: string, fromShare: number, toShare: number): Promise<void> {
    const box = await this.evaluate<{ x: number; y: number; width: number; height: number }>(
      `{ const one = document.querySelector('${selector}'); one.scrollIntoView({ block: 'center' }); const { x, y, width, height } = one.getBoundingClientRect(); ({ x, y, width, height }) }`,
    );
    const y = box.y + box.height / 2;
    const at = (share: number): { x: number; y: number } => ({ x: box.x + box.width * share, y });
    const mouse = (type: string, place: { x: number; y: number }) =>
      this.#ask('Input.dispatchMouseEvent', { type, ...place, button: 'left', buttons: 1, clickCount: 1 });
    await mouse('mousePressed', at(fromShare));
    await mouse('mouseMoved', at((fromShare + toShare) / 2));
    await mouse('mouseMoved', at(toShare));
    await mouse('mouseReleased', at(toShare));
  }

  /** A picture of the whole page, as PNG. */
  async picture(): Promise<Buffer> {
    const { data } = await this.#ask<{ data: string }>('Page.captureScreenshot', { captureBeyondViewport: true });
    return Buffer.from(data, 'base64');
  }

  /** Asks the browser to end, so that no child of it still writes into its folder. */
  async close(): Promise<void> {
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    this.#socket.send(JSON.stringify({ id: ++this.#last, method: 'Browser.close' }));
    await exited;
    clearTimeout(late);
    this.#socket.terminate();
  }

  #ask<T>(method: string, params: object): Promise<T> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result as T)));
      const session = this.#session === '' ? {} : { sessionId: this.#session };
      this.#socket.send(JSON.stringify({ id, method, params, ...session }));
    });
  }

  #received(answer: Answer): void {
    if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    else if (answer.method === 'Runtime.exceptionThrown' || answer.method === 'Runtime.consoleAPICalled')
      this.console.push(JSON.stringify(answer.params));
  }
}
