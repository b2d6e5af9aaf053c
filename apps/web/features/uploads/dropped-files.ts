import { isUnnamed } from './file-names.ts';

interface Brought {
  readonly files: readonly File[];
  /** Folders were among them, which are not sent. */
  readonly folders: boolean;
}

/** Whether what is dragged is files, as far as a page may know before they are dropped. */
export function bringsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') === true;
}

/** What was dropped. To be called before anything is waited for: browsers forget it then. */
export function droppedFiles({ items }: DataTransfer): Brought {
  const ofFiles = [...items].filter(({ kind }) => kind === 'file');
  const isFolder = (item: DataTransferItem) => item.webkitGetAsEntry()?.isDirectory === true;
  const files = ofFiles.filter((item) => !isFolder(item)).flatMap((item) => item.getAsFile() ?? []);
  return { files, folders: ofFiles.some(isFolder) };
}

/**
 * What was pasted, if it is files. Programs that write text put a picture of it beside it: there the text is meant.
 */
export function pastedFiles(transfer: DataTransfer): readonly File[] {
  const files = [...transfer.files];
  const isPictureOfText = files.every(isUnnamed) && transfer.getData('text/plain').trim() !== '';
  return isPictureOfText ? [] : files;
}
