/** What the rules say, in short. */
export const open = (where: string, connection: string) =>
  `NetworkPolicy/${where}: ${connection} is open, but not in the flow table`;
