-- Answers what a script may answer: KEYS[1], ARGV[1], a number, a nil, a nested list.
return { KEYS[1], ARGV[1], 42, false, { 'a', 1 } }
