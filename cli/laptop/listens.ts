import { connect } from 'node:net';

/** Seconds after which nothing listens: on one's own machine an answer takes no time. */
const PATIENCE = 2;

/** Whether anything listens on a port of the loopback address. */
export const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: PATIENCE * 1000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
