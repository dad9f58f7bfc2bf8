import { Pins } from '../../src/engines/local/host/affinity.ts';
import type { HostControl } from '../../src/engines/local/host/control.ts';

const nobody = { pid: 0, startTicks: 0, said: () => '', async stop() {} };

/** Takes every order and does nothing; what only measures does measure. Written out, so that an order that it lacks does not compile. */
export function idleHost({ observe, pins }: HostControl): HostControl {
  return { observe, pins, start: () => nobody, setAffinity: async () => {}, setSoftLimit: async () => {} };
}

/** For faults that have no business with the processes of the machine. */
export function noHost(refuse: () => never): HostControl {
  return { pins: new Pins(), start: refuse, observe: refuse, setAffinity: refuse, setSoftLimit: refuse };
}
