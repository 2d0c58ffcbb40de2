// What the rules say, in short.

export const closed = (where: string, connection: string, why: string) =>
  `NetworkPolicy/${where}: ${connection} is closed, but the flow table has it: ${why}`;
export const open = (where: string, connection: string) =>
  `NetworkPolicy/${where}: ${connection} is open, but not in the flow table`;

export const half = (where: string, connection: string, end: string) =>
  `NetworkPolicy/${where}: ${connection} is not in the flow table, and only the ${end} end keeps it closed`;

export const DNS = 'finds the services above by name';
export const NOTEBOOKS = 'notebooks read data through the API only';
export const PROGRAMS = 'programs and browsers call /api/';
export const BOOTSTRAP = 'creates the database and its roles';
