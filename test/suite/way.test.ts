import { connect, createServer, type Server } from 'node:net';
import { Way } from '../e2e/cli/program/way';

let server: Server;
let way: Way;

beforeEach(async () => {
  server = createServer((socket) => socket.on('data', (data) => socket.end(`heard ${data}`)));
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  way = new Way({ host: '127.0.0.1', port });
});
afterEach(async () => {
  await way.cut();
  await new Promise((resolve) => server.close(resolve));
});

const says = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    socket.on('data', (data) => {
      heard += data;
    });
    socket.on('error', (error) => resolve(error.message));
    socket.on('close', () => resolve(heard || 'nothing'));
    if (text) socket.write(text);
  });

test('a way leads to the server, is cut, and leads there again from the same port', async () => {
  const port = await way.repair();
  expect(await says(port, 'one')).toBe('heard one');
  await way.cut();
  expect(await says(port, 'two')).toMatch(/ECONNREFUSED/);
  expect(await way.repair()).toBe(port);
  expect(await says(port, 'three')).toBe('heard three');
});

test('who is on it when it is cut hears of it at once', async () => {
  const silence = says(await way.repair(), '');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await way.cut();
  expect(await silence).toMatch(/nothing|ECONNRESET/);
});
