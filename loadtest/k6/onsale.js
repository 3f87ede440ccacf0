// What all scripts share: the stage, the people and the steps of a purchase.
import http from 'k6/http';
import { check, sleep } from 'k6';
import { Counter, Trend } from 'k6/metrics';
import { SharedArray } from 'k6/data';

const FILE = __ENV.STAGE || '../../.onsale/stage.json';

/** The event: {api, eventId, performanceId, opensAt}. */
export const stage = new SharedArray('stage', () => {
  const { buyers, seatIds, ...event } = JSON.parse(open(FILE));
  return [event];
})[0];
/** Best first. */
export const seats = new SharedArray('seats', () => JSON.parse(open(FILE)).seatIds);
const buyers = new SharedArray('buyers', () => JSON.parse(open(FILE)).buyers);

export const tickets = new Counter('tickets');
export const lost = new Counter('holds_lost');
const waited = new Trend('waited_in_line', true);

// 409: somebody was faster; 404: the waiting room has not heard of the event yet; 410: what they had is over. 429 and 503 count as failures.
http.setResponseCallback(http.expectedStatuses({ min: 200, max: 299 }, 404, 409, 410));

// Settings and bars of all journeys; the Gatling simulations read the same file.
const JOURNEYS = JSON.parse(open('../journeys.json'));

/** A journey's settings, e.g. {rate, seconds}: each as given by -e in upper case, or as the file has it. */
export function settings(journey) {
  const chosen = {};
  for (const [name, value] of Object.entries(JOURNEYS.journeys[journey])) {
    chosen[name] = typeof value === 'number' ? Number(__ENV[name.toUpperCase()] || value) : value;
  }
  return chosen;
}

/** The same for every script: nothing may fail, and each step has its bar. */
export function thresholds(journey) {
  const limits = { http_req_failed: ['rate==0'], checks: ['rate==1'], dropped_iterations: ['count==0'] };
  for (const step of JOURNEYS.journeys[journey].judged) {
    limits[`http_req_duration{step:${step}}`] = [`p(95)<${JOURNEYS.bars[step]}`];
  }
  return limits;
}

/** The buyer of this iteration: everybody comes once, then the first comes again. */
export function buyer(number) {
  return buyers[number % buyers.length];
}

export function key() {
  return `k6-${Date.now()}-${Math.random().toString(36).slice(2)}`;
}

/** Buyers of a load test come from a range that no real network uses, each from an address of their own. */
function params(who, step, more = {}) {
  return {
    tags: { step },
    timeout: '30s',
    headers: {
      'Authorization': `Bearer ${who.token}`,
      'X-Forwarded-For': who.address,
      'Content-Type': 'application/json',
      ...more,
    },
  };
}

export function get(who, step, path) {
  return http.get(stage.api + path, params(who, step));
}

export function post(who, step, path, body, more) {
  return http.post(stage.api + path, JSON.stringify(body), params(who, step, more));
}

export function enter(who) {
  for (let attempt = 0; attempt < 20; attempt++) {
    const reply = post(who, 'enter', '/queue/enter', { eventId: stage.eventId });
    if (reply.status !== 404) {
      check(reply, { 'entered, or the sale is closed': (r) => r.status === 200 || r.json('code') === 'SALE_CLOSED' });
      return reply.json();
    }
    sleep(1);
  }
  throw new Error('the waiting room does not know the event');
}

/** Waits as the answers say; null when the sale is over. */
export function pass(who) {
  const began = Date.now();
  let place = enter(who);
  while (place.state !== 'ADMITTED') {
    if (place.state === 'CLOSED' || place.code === 'SALE_CLOSED') {
      return null;
    }
    sleep(((place.pollAfterMillis || 2000) * (1 + Math.random() / 5)) / 1000);
    const reply = get(who, 'status', `/queue/status?eventId=${stage.eventId}`);
    place = reply.status === 404 ? enter(who) : reply.json();
  }
  waited.add(Date.now() - began);
  return place.pass;
}

/** One try; null when somebody was faster. */
export function hold(who, queuePass, seatIds) {
  const headers = { 'Idempotency-Key': key() };
  if (queuePass) {
    headers['Queue-Pass'] = queuePass;
  }
  const reply = post(who, 'hold', '/reservations/hold', { performanceId: stage.performanceId, seatIds }, headers);
  check(reply, { 'held or taken': (r) => r.status === 201 || r.status === 409 });
  if (reply.status !== 201) {
    lost.add(1);
    return null;
  }
  return reply.json();
}

export function freeSeats(who) {
  const map = get(who, 'seats', `/reservations/seats/${stage.performanceId}`).json();
  const gone = new Set([...map.held, ...map.sold]);
  return seats.filter((seat) => !gone.has(seat));
}

/** Looks, takes a random free seat, looks again; null when none is left or patience is. */
export function anySeat(who, queuePass) {
  for (let look = 0; look < 10; look++) {
    const free = freeSeats(who);
    if (free.length === 0) {
      return null;
    }
    const held = hold(who, queuePass, [free[Math.floor(Math.random() * free.length)]]);
    if (held) {
      return held;
    }
    sleep(0.5 + Math.random());
  }
  return null;
}

/** Pays at the sandbox and waits for the tickets. */
export function buy(who, held) {
  const payment = post(
    who,
    'pay',
    '/payments',
    { reservationId: held.reservationId, paymentToken: held.paymentToken, provider: 'PORTONE' },
    { 'Idempotency-Key': key() },
  );
  if (!check(payment, { 'payment prepared': (r) => r.status === 201 })) {
    return;
  }
  const paymentId = payment.json('paymentId');
  sleep(0.5 + Math.random());
  // The sandbox is not the system under test.
  http.post(`${payment.json('checkout.redirectUrl')}/approve`, null, { tags: { step: 'sandbox' } });
  const confirmed = post(
    who,
    'confirm',
    '/payments/confirm',
    { paymentId, providerReference: { paymentId } },
    { 'Idempotency-Key': key() },
  );
  check(confirmed, { 'confirmed': (r) => r.status === 200 || r.status === 202 });
  for (let round = 0; round < 60; round++) {
    const reservation = get(who, 'reservation', `/reservations/${held.reservationId}`).json();
    if (reservation.status === 'CONFIRMED' && reservation.ticketIds.length > 0) {
      tickets.add(reservation.ticketIds.length);
      return;
    }
    sleep(1);
  }
  check(null, { 'tickets within a minute': () => false });
}

/** From the line to the ticket. */
export function journey(who) {
  const queuePass = pass(who);
  const held = queuePass && anySeat(who, queuePass);
  if (held) {
    buy(who, held);
  }
}
