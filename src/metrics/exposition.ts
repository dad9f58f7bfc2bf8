import { createServer } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { ChaosError, messageOf } from '../base/error.ts';

/** The tool's own metrics while it runs, in Prometheus' format. */
export type Exposition = {
  readonly url: string | undefined;
  phase(scenario: string, phase: string): void;
  messages(counts: { published: number; acknowledged: number; delivered: number }): void;
  faults(inForce: number): void;
  verdict(scenario: string, verdict: string, score: number | null): void;
  close(): Promise<void>;
};

/** Serves `/metrics` on 127.0.0.1:`port`; without a port the figures are kept and not served. Rejects when the port is taken. */
export async function openExposition(port: number | undefined): Promise<Exposition> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'chaos_action_' });
  const phase = new Gauge({
    name: 'chaos_action_phase',
    help: '1 for the phase that runs',
    labelNames: ['scenario', 'phase'],
    registers: [registry],
  });
  const messages = new Gauge({
    name: 'chaos_action_messages',
    help: 'Messages of the scenario that runs, by what became of them',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const faults = new Gauge({
    name: 'chaos_action_faults_in_force',
    help: 'Faults injected and not healed',
    registers: [registry],
  });
  const verdicts = new Counter({
    name: 'chaos_action_scenarios_total',
    help: 'Scenarios that ended',
    labelNames: ['verdict'],
    registers: [registry],
  });
  const scores = new Gauge({
    name: 'chaos_action_scenario_score',
    help: 'Score of a scenario, 0 to 10',
    labelNames: ['scenario'],
    registers: [registry],
  });

  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end('only /metrics is here\n');
      return;
    }
    response.setHeader('Content-Type', registry.contentType);
    response.end(await registry.metrics());
  });
  if (port !== undefined)
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          new ChaosError(
            'port',
            `--metrics-port ${port}: ${error.code === 'EADDRINUSE' ? 'the port is taken' : messageOf(error)}`,
            {
              hint: 'choose another port; 0 takes a free one',
            },
          ),
        ),
      );
      server.listen(port, '127.0.0.1', resolve);
    });
  const address = server.address();

  return {
    url: address !== null && typeof address === 'object' ? `http://127.0.0.1:${address.port}/metrics` : undefined,
    phase(scenario, name) {
      phase.reset();
      phase.set({ scenario, phase: name }, 1);
    },
    messages(counts) {
      for (const [outcome, count] of Object.entries(counts)) messages.set({ outcome }, count);
    },
    faults: (inForce) => faults.set(inForce),
    verdict(scenario, verdict, score) {
      verdicts.inc({ verdict });
      if (score !== null) scores.set({ scenario }, score);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
