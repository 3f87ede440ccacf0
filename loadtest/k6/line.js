// Only the line: people enter at RATE a second for SECONDS and ask for their place every other second for a while.
import exec from 'k6/execution';
import { sleep } from 'k6';
import { buyer, enter, get, stage, thresholds } from './onsale.js';

const rate = Number(__ENV.RATE || 100);

export const options = {
  scenarios: {
    line: {
      executor: 'constant-arrival-rate',
      rate,
      duration: `${__ENV.SECONDS || 60}s`,
      preAllocatedVUs: rate * 8,
      exec: 'wait',
    },
  },
  thresholds: thresholds('enter', 'status'),
};

export function wait() {
  const who = buyer(exec.scenario.iterationInTest);
  enter(who);
  for (let ask = 0; ask < 3; ask++) {
    sleep(2);
    get(who, 'status', `/queue/status?eventId=${stage.eventId}`);
  }
}
