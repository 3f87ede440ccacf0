// The mixed day for half an hour, on apps that look for leaks. `./onsale bench soak --load none` beside it weighs their memory.
import { day } from './mixed-day.js';

export { browse, buyTicket } from './mixed-day.js';

export const options = day('soak');
