import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/model/scenario.ts
var tiers = ["basic", "fault", "stress", "extreme"];
var tierSchedule = {
  basic: "each commit",
  fault: "daily",
  stress: "weekly",
  extreme: "monthly"
};
var severities = ["none", "low", "medium", "high", "critical"];
var dimensions = [
  "latency-tolerance",
  "loss-recovery",
  "resource-pressure",
  "clock-tolerance",
  "fault-isolation",
  "auto-recovery"
];

export {
  tiers,
  tierSchedule,
  severities,
  dimensions
};
