// Only the line: people enter at RATE a second for SECONDS and ask for their place every other second for a while.
import exec from 'k6/execution';
import { sleep } from 'k6';
import { buyer, enter, get, settings, stage, thresholds } from './onsale.js';

const { rate, seconds } = settings('line');

export const options = {
  scenarios: {
    line: {
      executor: 'constant-arrival-rate',
      rate,
      duration: `${seconds}s`,
      preAllocatedVUs: rate * 8,
      exec: 'wait',
    },
  },
  thresholds: thresholds('line'),
};

export function wait() {
  const who = buyer(exec.scenario.iterationInTest);
  enter(who);
  for (let ask = 0; ask < 3; ask++) {
    sleep(2);
    get(who, 'status', `/queue/status?eventId=${stage.eventId}`);
  }
}
