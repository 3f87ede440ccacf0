// An ordinary day: many look around, some queue and buy. BROWSERS and BUYERS a second for SECONDS; the soak is this for half an hour.
import exec from 'k6/execution';
import { sleep } from 'k6';
import { buyer, get, journey, stage, thresholds } from './onsale.js';

const duration = `${__ENV.SECONDS || 120}s`;
const browsers = Number(__ENV.BROWSERS || 20);
const buyers = Number(__ENV.BUYERS || 2);

export const options = {
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
  thresholds: thresholds('list', 'detail', 'seats', 'enter', 'status', 'hold', 'pay', 'confirm'),
};

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
