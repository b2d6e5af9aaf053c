import { expect, test } from 'vitest';
import { bringsFiles, droppedFiles, pastedFiles } from './dropped-files.ts';

const file = (name: string) => new File(['x'], name);

/** As much of a browser's own as is looked at. */
function pasted(files: readonly File[], text: string): DataTransfer {
  return { files, getData: () => text } as unknown as DataTransfer;
}

function item(name: string, isDirectory = false): DataTransferItem {
  return { kind: 'file', getAsFile: () => file(name), webkitGetAsEntry: () => ({ isDirectory }) } as DataTransferItem;
}

test('files are told from text that is dragged', () => {
  expect(bringsFiles({ types: ['text/plain', 'Files'] } as unknown as DataTransfer)).toBe(true);
  expect(bringsFiles({ types: ['text/plain'] } as unknown as DataTransfer)).toBe(false);
  expect(bringsFiles(null)).toBe(false);
});

test('folders are left out, and it is said that there were some', () => {
  const link = { kind: 'string' } as DataTransferItem;
  const items = [item('oak.png'), item('boards', true), link] as unknown as DataTransferItemList;
  const dropped = droppedFiles({ items } as DataTransfer);
  expect(dropped.files.map(({ name }) => name)).toEqual(['oak.png']);
  expect(dropped.folders).toBe(true);
});

test('text that comes with a picture of itself stays text', () => {
  expect(pastedFiles(pasted([file('image.png')], 'a b c'))).toEqual([]);
});

test('a picture alone, and files with their names beside them, are files', () => {
  expect(pastedFiles(pasted([file('image.png')], ''))).toHaveLength(1);
  expect(pastedFiles(pasted([file('oak.png')], 'oak.png'))).toHaveLength(1);
  expect(pastedFiles(pasted([], 'only text'))).toEqual([]);
});
