// An ordinary day: many look around, some queue and buy. BROWSERS and BUYERS a second for SECONDS.
import exec from 'k6/execution';
import { sleep } from 'k6';
import { buyer, get, journey, settings, stage, thresholds } from './onsale.js';

export const options = day('mixed-day');

/** Of this journey's length. */
export function day(name) {
  const { browsers, buyers, seconds } = settings(name);
  const duration = `${seconds}s`;
  return {
    scenarios: {
      browsers: { executor: 'constant-arrival-rate', rate: browsers, duration, preAllocatedVUs: browsers * 10, exec: 'browse' },
      buyers: {
        executor: 'constant-arrival-rate',
        rate: buyers,
        duration,
        preAllocatedVUs: buyers * 60,
        gracefulStop: '2m',
        exec: 'buyTicket',
      },
    },
    thresholds: thresholds(name),
  };
}

export function browse() {
  const who = buyer(Math.floor(Math.random() * 1e6));
  get(who, 'list', '/events?size=20');
  sleep(1 + Math.random());
  get(who, 'detail', `/events/${stage.eventId}`);
  sleep(1 + Math.random());
  get(who, 'seats', `/reservations/seats/${stage.performanceId}`);
}

export function buyTicket() {
  journey(buyer(exec.scenario.iterationInTest));
}
