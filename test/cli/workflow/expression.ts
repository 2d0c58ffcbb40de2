/** What GitHub would fill in. */
export const expression = (of: string): string => '$'.concat(`{{ ${of} }}`);
