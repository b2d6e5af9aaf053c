import { t } from '../../language/sentences.ts';

/** What a browser calls a picture that never was a file. */
const unnamed = /^(image\.\w+)?$/i;

const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/svg+xml': 'svg',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/quicktime': 'mov',
  'audio/webm': 'webm',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
};

/** Whether a pasted file was made for the clipboard, as a part of a picture is. */
export function isUnnamed({ name }: { readonly name: string }): boolean {
  return unnamed.test(name);
}

/** What something pasted or taken with the camera is called: its own name, or when it was pasted. */
export function pastedName(file: { readonly name: string; readonly type: string }, at: Date): string {
  if (!isUnnamed(file)) return file.name;
  const date = dateInName(at);
  const name = file.type.startsWith('image/') ? t('Picture {date}', { date }) : t('File {date}', { date });
  return name + endingOf(file.type);
}

export function voiceName(type: string, at: Date): string {
  return t('Voice message {date}', { date: dateInName(at) }) + endingOf(type);
}

function endingOf(type: string): string {
  const ending = endings[type.split(';')[0] ?? ''];
  return ending === undefined ? '' : `.${ending}`;
}

/** Sorts by itself, and no file system minds it: colons are not allowed everywhere. */
function dateInName(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
}
