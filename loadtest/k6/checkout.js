// The purchase without the line, at RATE a second for SECONDS (./onsale stage --rate 0 --seats 5000).
import exec from 'k6/execution';
import { buy, buyer, hold, seats, settings, thresholds } from './onsale.js';

const { rate, seconds } = settings('checkout');

export const options = {
  scenarios: {
    checkout: {
      executor: 'constant-arrival-rate',
      rate,
      duration: `${seconds}s`,
      preAllocatedVUs: rate * 30,
      gracefulStop: '1m',
      exec: 'checkout',
    },
  },
  thresholds: thresholds('checkout'),
};

export function checkout() {
  const number = exec.scenario.iterationInTest;
  const who = buyer(number);
  const held = hold(who, null, [seats[number % seats.length]]);
  if (held) {
    buy(who, held);
  }
}
