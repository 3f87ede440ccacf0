// The purchase without the line, at RATE a second for SECONDS (./onsale stage --rate 0 --seats 5000).
import exec from 'k6/execution';
import { buy, buyer, hold, seats, thresholds } from './onsale.js';

const rate = Number(__ENV.RATE || 5);

export const options = {
  scenarios: {
    checkout: {
      executor: 'constant-arrival-rate',
      rate,
      duration: `${__ENV.SECONDS || 60}s`,
      preAllocatedVUs: rate * 30,
      gracefulStop: '1m',
      exec: 'checkout',
    },
  },
  thresholds: thresholds('hold', 'pay', 'confirm', 'reservation'),
};

export function checkout() {
  const number = exec.scenario.iterationInTest;
  const who = buyer(number);
  const held = hold(who, null, [seats[number % seats.length]]);
  if (held) {
    buy(who, held);
  }
}
