// Everybody comes within seconds, waits in line, buys. RATE arrivals a second for SECONDS, or with RAMP=true a ramp up to RATE.
import exec from 'k6/execution';
import { buyer, journey, settings, thresholds } from './onsale.js';

const { rate, seconds } = settings('flash-crowd');
const arrivals = { preAllocatedVUs: rate * (seconds + 1), gracefulStop: '5m', exec: 'crowd' };

export const options = {
  scenarios: {
    crowd: __ENV.RAMP
      ? { executor: 'ramping-arrival-rate', startRate: 1, stages: [{ target: rate, duration: `${seconds}s` }], ...arrivals }
      : { executor: 'constant-arrival-rate', rate, duration: `${seconds}s`, ...arrivals },
  },
  thresholds: thresholds('flash-crowd'),
};

export function crowd() {
  journey(buyer(exec.scenario.iterationInTest));
}
