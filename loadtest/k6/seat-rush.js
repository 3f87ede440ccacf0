// Everybody wants the front row, at once. For an event without a waiting room (./onsale stage --rate 0 --seats 50).
import exec from 'k6/execution';
import { anySeat, buy, buyer, hold, seats, settings, thresholds } from './onsale.js';

const { people } = settings('seat-rush');

export const options = {
  scenarios: { rush: { executor: 'per-vu-iterations', vus: people, iterations: 1, maxDuration: '5m', exec: 'rush' } },
  thresholds: thresholds('seat-rush'),
};

export function rush() {
  const number = exec.scenario.iterationInTest;
  const who = buyer(number);
  const held = hold(who, null, [seats[number % Math.min(10, seats.length)]]) || anySeat(who, null);
  if (held) {
    buy(who, held);
  }
}
