import { cronFault } from '../../formats/cron';

test.each([
  '30 2 * * *',
  '*/5 * * * *',
  '0 0 1,15 * *',
  '0 8-18/2 * jan-mar mon-fri',
  '@daily',
  '0 0 ? * 7',
  '5/15 0 29 2 *',
  '0 0 31 2 1',
])('comes: %s', (schedule) => expect(cronFault(schedule)).toBeUndefined());

test.each([
  ['61 3 * * *', 'has no minute from 0 to 59'],
  ['0 24 * * *', 'has no hour from 0 to 23'],
  ['0 0 0 * *', 'has no day of the month from 1 to 31'],
  ['0 0 * 13 *', 'has no month from 1 to 12'],
  ['0 0 * * mom', 'has no day of the week from 0 to 7'],
  ['*/0 * * * *', 'has no minute from 0 to 59'],
  ['5-1 * * * *', 'has no minute from 0 to 59'],
  ['0 3 * *', 'has not five fields'],
  ['daily', 'has not five fields'],
  ['0 3 31 2 *', 'is a day that no month has'],
  ['0 3 31 4,6 *', 'is a day that no month has'],
])('never comes: %s', (schedule, fault) => expect(cronFault(schedule)).toBe(fault));
