// LISTENERS people enter and listen until they are admitted. k6 reads a stream as one long answer, so it has to end: the event's
// rate should admit everybody within SECONDS (./onsale stage --rate 100).
import exec from 'k6/execution';
import http from 'k6/http';
import { check } from 'k6';
import { buyer, enter, settings, stage, thresholds } from './onsale.js';

const { listeners, seconds } = settings('streams');

export const options = {
  scenarios: {
    listen: { executor: 'per-vu-iterations', vus: listeners, iterations: 1, maxDuration: `${seconds + 30}s`, exec: 'listen' },
  },
  thresholds: thresholds('streams'),
};

export function listen() {
  const who = buyer(exec.scenario.iterationInTest);
  if (enter(who).state === 'ADMITTED') {
    return;
  }
  const reply = http.get(`${stage.api}/queue/stream?eventId=${stage.eventId}`, {
    tags: { step: 'stream' },
    timeout: `${seconds}s`,
    headers: { 'Authorization': `Bearer ${who.token}`, 'X-Forwarded-For': who.address, 'Accept': 'text/event-stream' },
  });
  check(reply, { 'admitted on the stream': (r) => r.status === 200 && r.body.includes('event: admitted') });
}
