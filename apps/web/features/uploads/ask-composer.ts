/** What can be asked of a composer from anywhere on the page. */
export type Asked = 'attach' | 'record';

/** By the name of the event that a composer's field hears. */
export const askedEvent = (asked: Asked) => `confab-${asked}`;

/** The field in the conversation, or in the thread that is open beside it; what one can write in now. */
export function currentComposer(): HTMLElement | undefined {
  const fields = [...document.querySelectorAll<HTMLElement>('textarea[aria-autocomplete]')];
  return fields.findLast((each) => each.closest('main') !== null);
}

/** Whether there is a composer to do it. To be called for a key or a press: only then browsers let one choose files. */
export function askComposer(asked: Asked): boolean {
  const composer = currentComposer();
  composer?.focus();
  composer?.dispatchEvent(new Event(askedEvent(asked)));
  return composer !== undefined;
}
